//! The FHIR console: a client for the learner's own hospital, inside the page.

use maud::{Markup, html};

use super::choice::{Choice, Select};
use super::code::copy_button;
use super::field::{Field, Takes};
use super::icon::Icon;
use super::states::empty;

const METHODS: [Choice<'static>; 5] = [
    Choice { value: "GET", label: "GET", note: None },
    Choice { value: "POST", label: "POST", note: None },
    Choice { value: "PUT", label: "PUT", note: None },
    Choice { value: "PATCH", label: "PATCH", note: None },
    Choice { value: "DELETE", label: "DELETE", note: None },
];

/// What the console starts with.
#[derive(Debug, Clone, Copy)]
pub struct Console<'a> {
    /// The FHIR base of the sandbox, for example `/s/q3fzm2ka/fhir`.
    pub base: &'a str,
    /// The sandbox, under whose name this browser keeps the history.
    pub sandbox: &'a str,
    /// The method chosen at first.
    pub method: &'a str,
    /// The path filled in at first.
    pub path: &'a str,
    /// The profiles that a resource can be validated against, by their canonical URLs.
    pub profiles: &'a [&'a str],
}

/// The console. The island `fhir-console` wires it; without scripts a note says so.
#[must_use]
pub fn fhir_console(console: &Console<'_>) -> Markup {
    html! {
        noscript { p.notice { "The console needs JavaScript. Any FHIR client does the same; the base address is " code { (console.base) } "." } }
        fhir-console base=(console.base) sandbox=(console.sandbox) {
            div.console {
                div.stack { (request(console)) (response(console)) }
                (history())
            }
        }
    }
}

fn request(console: &Console<'_>) -> Markup {
    html! {
        form.card autocomplete="off" {
            div.card-body.console-request {
                div.console-line {
                    (Select::new("method", "Method", &METHODS).chosen(console.method))
                    div.field {
                        label for="path" { "Path" }
                        div.console-path {
                            span { (console.base) "/" }
                            input.control #path name="path" value=(console.path) placeholder="Patient?name=…" spellcheck="false" autocapitalize="off";
                        }
                    }
                    button.button.button-primary type="submit" data-send { (Icon::Send) "Send" }
                }
                (headers())
                (body(console.profiles))
                p.console-keys { kbd { "Ctrl" } " " kbd { "Enter" } " sends from any field." }
            }
        }
    }
}

fn headers() -> Markup {
    html! {
        div.console-headers { (Field::new("If-Match", "If-Match").placeholder("W/\"1\"")) }
        details data-more {
            summary { "More headers" }
            div.console-headers {
                (Field::new("If-None-Match", "If-None-Match").placeholder("W/\"1\" or *"))
                (Field::new("If-None-Exist", "If-None-Exist").placeholder("identifier=system|value"))
                (Field::new("Prefer", "Prefer").placeholder("return=representation"))
            }
        }
    }
}

fn body(profiles: &[&str]) -> Markup {
    html! {
        div.console-editor data-body hidden {
            (Field::new("body", "Body").takes(Takes::Block))
            div.console-lint {
                span.row {
                    span data-verdict {}
                    button.button.button-small type="button" data-to-fault hidden { "Go there" }
                }
                span.row {
                    span data-caret {}
                    button.button.button-small type="button" data-tidy { "Tidy" }
                }
            }
            div.console-validate {
                div.field {
                    label for="profile" { "Profile, beside those it claims" }
                    input.control #profile name="profile" list="profiles" placeholder="none" spellcheck="false" autocapitalize="off";
                    datalist id="profiles" { @for profile in profiles { option value=(profile) {} } }
                }
                button.button type="button" data-validate { (Icon::Check) "Validate" }
            }
            section.console-outcome data-outcome aria-label="What validation found" hidden {
                p { b data-outcome-verdict {} }
                ol data-outcome-lines {}
            }
        }
    }
}

fn response(console: &Console<'_>) -> Markup {
    html! {
        section.card aria-label="Answer" {
            div data-idle { (empty(Icon::Send, "No answer yet", "Send a request and the answer appears here, headers and all.", &html! {})) }
            div data-response hidden {
                div.card-head {
                    div.console-status { span.tag data-status {} code data-asked {} span.quiet.small data-ms {} }
                    div.row {
                        button.button.button-small type="button" data-edit hidden { (Icon::Note) "Edit and update" }
                        button.button.button-small type="button" data-validate-answer hidden { (Icon::Check) "Validate" }
                        (copy_button("console-answer"))
                    }
                }
                div.card-body {
                    details { summary { "Headers" } div.code { pre tabindex="0" role="region" aria-label="Answer headers" { code data-headers {} } } }
                    div.code { json-view base=(console.base) { pre tabindex="0" role="region" aria-label="Answer body" { code #console-answer {} } } }
                }
            }
        }
    }
}

fn history() -> Markup {
    html! {
        section.card.console-history aria-label="Requests sent" {
            div.card-head { h2 { "Sent before" } button.button.button-quiet.button-small type="button" data-clear hidden { "Clear" } }
            p.state data-no-history { "Requests you send are kept here, in this browser only. Choose one to bring it back." }
            ol data-history {}
        }
    }
}
