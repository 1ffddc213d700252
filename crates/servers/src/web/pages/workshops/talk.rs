use maud::{Markup, html};
use platform::workshops::{HandOffSeen, MessageSeen};

use super::drawn::Drawn;
use crate::web::pages::words::{at, iso};
use crate::web::ui::{
    Event as Shown, Field, Icon, Look, Select, Takes, Tone, card, submit, tag, tag_with, timeline,
};

/// The hospital's hour; in the lobby there is none yet.
fn hour(at_us: i64) -> String {
    if at_us == 0 {
        return "before it began".to_owned();
    }
    at(at_us).rsplit(' ').next().unwrap_or_default().to_owned()
}

impl Drawn<'_> {
    /// What came, newest first.
    pub(super) fn happened(&self) -> Markup {
        let happened = &self.view.seen.happened;
        if happened.is_empty() {
            return html! { p.quiet { "Nothing has come yet." } };
        }
        let rows: Vec<(String, String, Markup, Markup)> = happened
            .iter()
            .rev()
            .map(|one| {
                let title = html! { strong { (one.title) } " · " (one.from) ", " (one.medium) @if one.private { " " (tag_with(Tone::Accent, Icon::Lock, "not to everybody")) } };
                (iso(one.at_us), hour(one.at_us), title, html! { p { (one.says) } })
            })
            .collect();
        let shown: Vec<Shown<'_>> = rows
            .iter()
            .map(|(iso, when, title, detail)| Shown {
                iso,
                when,
                tone: Tone::Warn,
                title: title.clone(),
                detail: detail.clone(),
            })
            .collect();
        timeline("What came, newest first", &shown)
    }

    /// Saying something, and what was said, newest first.
    pub(super) fn talk(&self) -> Markup {
        let messages = &self.view.seen.messages;
        html! {
            @if !self.view.seen.over {
                (self.form("say", &html! {
                    (Field::new("text", "Say something").takes(Takes::Block))
                    (Select::new("to", "To", &self.addressees(Some("Everybody"))).id("say-to"))
                    div.form-actions { (submit("Say it", Look::Plain)) }
                }))
            }
            @if messages.is_empty() { p.quiet { "Nothing has been said here. Most of it you say aloud." } }
            ol.plain.stack.stack-tight role="list" { @for one in messages.iter().rev() { li { (message(one)) } } }
        }
    }

    /// Hand-offs from and to the reader.
    pub(super) fn hand_offs(&self) -> Markup {
        let hand_offs = &self.view.seen.hand_offs;
        html! {
            @if hand_offs.is_empty() { p.quiet { "Nothing was handed to you or by you." } }
            @for one in hand_offs.iter().rev() { (self.hand_off(one)) }
            @if self.is_on() && self.view.seen.role.is_some() {
                details { summary { "Hand something over" } (self.hand_over_form()) }
            }
        }
    }

    fn hand_off(&self, one: &HandOffSeen) -> Markup {
        let number = one.number.to_string();
        let state = match (one.closed, one.read_back.is_some()) {
            (true, _) => tag_with(Tone::Good, Icon::Check, "closed"),
            (false, true) => tag(Tone::Info, "read back"),
            (false, false) => tag_with(Tone::Warn, Icon::Clock, "open"),
        };
        html! {
            section.ws-fact {
                p { strong { (one.from) " to " (one.to) } " · " (hour(one.at_us)) " " (state) }
                dl.facts {
                    dt { "Situation" } dd { (one.sbar.situation) }
                    dt { "Background" } dd { (one.sbar.background) }
                    dt { "Assessment" } dd { (one.sbar.assessment) }
                    dt { "Recommendation" } dd { (one.sbar.recommendation) }
                    @if let Some(text) = &one.read_back { dt { "Read back" } dd { (text) } }
                }
                @if one.to_read_back {
                    (self.form("read-back", &html! {
                        input type="hidden" name="number" value=(number);
                        (Field::new("text", "Read back what you understood").id(&format!("read-back-{number}")).required())
                        div.form-actions { (submit("Read back", Look::Primary)) }
                    }))
                }
                @if one.to_confirm {
                    div.row {
                        (self.button("confirm", "That is right", &one.to, Look::Primary, &[("number", &number), ("right", "yes")]))
                        (self.button("confirm", "That is not what I said", &one.to, Look::Plain, &[("number", &number), ("right", "no")]))
                    }
                }
            }
        }
    }

    fn hand_over_form(&self) -> Markup {
        self.form("hand-off", &html! {
            (Select::new("to", "To", &self.addressees(None)).id("hand-off-to"))
            (Field::new("situation", "Situation").hint("What is happening.").required())
            (Field::new("background", "Background").hint("What led to it.").required())
            (Field::new("assessment", "Assessment").hint("What you think it is.").required())
            (Field::new("recommendation", "Recommendation").hint("What you want done, by when.").required())
            div.form-actions { (submit("Hand it over", Look::Plain)) }
        })
    }

    /// What went well and what to change; a card that stands there only while it is asked.
    pub(super) fn hot_wash(&self) -> Markup {
        let asked = self.is_on() && self.view.seen.phase.as_ref().is_some_and(|phase| phase.hot_wash);
        if !asked {
            return html! {};
        }
        let form = self.form(
            "hot-wash",
            &html! {
                (Field::new("well", "What went well"))
                (Field::new("change", "What to change"))
                div.form-actions { (submit("Write it down", Look::Plain)) }
            },
        );
        card("Hot wash", &html! {}, &html! { p.quiet { "Each in turn; it stands in the report." } (form) })
    }
}

fn message(one: &MessageSeen) -> Markup {
    let by = one.role.as_ref().map_or_else(|| one.by.clone(), |role| format!("{} ({role})", one.by));
    html! {
        p {
            strong { (by) } " · " (hour(one.at_us)) " "
            @if one.nudge { (tag_with(Tone::Accent, Icon::Hint, "nudge")) " " }
            @if let Some(to) = &one.to { (tag_with(Tone::Accent, Icon::Lock, &format!("to the {to} alone"))) }
        }
        p { (one.text) }
    }
}
