//! Words: states, notes, prose, code.

use maud::{Markup, html};

use crate::web::ui::{
    Icon, Tone, ago, code_block, empty, facts, failure, json_block, loading, markdown, moment, notice,
    or_none, tag, tag_with,
};

const BRIEF: &str = "\
## What happened\n\nThe front desk registered **Rosalind Whitcombe** twice. One chart has her *penicillin* reaction, the other has tonight's \
order.\n\n1. Find every pair. Ask `Patient?birthdate=` before you trust a name.\n2. Link them with `Patient.link`, `replaced-by`.\n\n\
> A chart is never deleted: someone may have acted on it.\n\n| field | chart A | chart B |\n|---|---|---|\n| MRN | 0041877 | 0052210 |\n";

pub(super) fn status() -> Markup {
    let tones = [Tone::Neutral, Tone::Accent, Tone::Info, Tone::Good, Tone::Warn, Tone::Bad];
    let words = ["planned", "in progress", "transferred", "finished", "on hold", "entered in error"];
    html! {
        p.row { @for (tone, word) in tones.into_iter().zip(words) { (tag(tone, word)) } (tag_with(Tone::Warn, Icon::Lock, "read only")) }
        div.pair {
            div.stack.stack-tight {
                (notice(Tone::Info, None, &html! { p { "This hospital is yours alone. Break it: a reset takes less than a second." } }))
                (notice(Tone::Good, Some("Lab passed"), &html! { p { "All five checks hold. Next: " a href="#next" { "FHIR by hand" } "." } }))
                (notice(Tone::Warn, Some("The clock is paused"), &html! { p { "Results will not arrive until it runs again." } }))
                (notice(Tone::Bad, Some("The chart has changed"), &html! { p { "Someone wrote version 4 while you were editing version 3. Read it again, then repeat your change." } }))
            }
            div.stack.stack-tight {
                (facts(&[("Encounter", html! { "Inpatient, since 3 Mar 2031 22:10" }), ("Ward", html! { "3 East" }), ("Attending", or_none(None)), ("Version", html! { code { "W/\"3\"" } })]))
                (loading("Building the hospital: 640 of 1,000 patients"))
            }
        }
        div.cards {
            div.card { (empty(Icon::Pill, "No medications", "Nothing has been ordered in this stay.", &html! { a.button href="#order" { "Order a medication" } })) }
            div.card { (failure("The results could not be read", "The hospital is being reset.", &html! { a.button href="#again" { "Try again" } })) }
        }
        p.row.quiet { @for icon in Icon::ALL { (icon) } }
    }
}

pub(super) fn texts() -> Markup {
    html! {
        div.pair {
            (markdown(BRIEF))
            div.stack.stack-tight {
                p { "Sent " (ago("2026-11-24T03:05:00Z", "24 Nov 2026, 03:05")) ", about what happened at " (moment("2031-03-04T06:38:27", "06:38")) "." }
                (code_block("gallery-curl", "From your own terminal", "curl -H 'Authorization: Bearer …' \\\n  http://127.0.0.1:8080/s/q3fzm2ka/fhir/Patient?_count=5"))
                (json_block("gallery-json", "Observation/4tq2mzk7aaab", r#"{"resourceType":"Observation","status":"final","subject":{"reference":"Patient/4tq2mzk7aaaa"},"valueQuantity":{"value":4.10,"unit":"mmol/L"},"interpretation":[],"_issued":null}"#))
            }
        }
    }
}
