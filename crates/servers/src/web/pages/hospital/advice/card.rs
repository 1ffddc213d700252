use maud::{Markup, html};
use platform::cds_client::{Answered, GivenCard, GivenLink, Hook, Indicator, KeptCard, Told};

use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{
    Choice, Field, Icon, Look, Select, Tone, csrf_field, markdown_compact, submit, tag_with,
};

/// A card of a service: `place` is its call and where it stood there. Whatever it says is somebody else's text, shown and never
/// run.
pub(super) fn card(
    inside: &Inside,
    patient: &str,
    hook: Hook,
    told: &Told,
    place: (u64, usize),
    kept: &KeptCard,
) -> Markup {
    let card = &kept.card;
    let (call, at) = place;
    let id = format!("advice-{}-{call}-{at}", told.service);
    let form = Form { inside, patient, hook, service: &told.service, place, id: &id };
    html! {
        article.advice-card data-indicator=(card.indicator.word()) id=(id) {
            header {
                (weight(card.indicator))
                h3 { (card.summary) }
            }
            @if let Some(detail) = &card.detail { (markdown_compact(detail)) }
            @if let Some(answered) = &kept.answered { (settled(answered)) }
            @else { (form.answers(card)) }
            footer.quiet.small {
                span {
                    @match &card.source.url {
                        Some(url) => a href=(url) rel="noopener noreferrer" target="_blank" { (card.source.label) },
                        None => (card.source.label),
                    }
                }
                @for link in &card.links { (leads(inside, patient, link)) }
                a href=(inside.to(&format!("build/service?name={}", told.service))) { "Called: " (told.title) }
            }
        }
    }
}

fn weight(indicator: Indicator) -> Markup {
    match indicator {
        Indicator::Info => tag_with(Tone::Info, Icon::Info, "to know"),
        Indicator::Warning => tag_with(Tone::Warn, Icon::Alert, "warning"),
        Indicator::Critical => tag_with(Tone::Bad, Icon::Alert, "critical"),
    }
}

/// What became of the card.
pub(super) fn settled(answered: &Answered) -> Markup {
    let words = match (answered.accepted, &answered.taken, &answered.reason) {
        (true, Some(taken), _) => format!("Done: {taken}"),
        (true, None, _) => "Done".to_owned(),
        (false, _, Some(reason)) => format!("Overridden: {reason}"),
        (false, _, None) => "Overridden".to_owned(),
    };
    html! { p.advice-settled { (Icon::Check) span { (words) } } }
}

/// A link of a card. An app is opened from the chart, with the context it needs.
fn leads(inside: &Inside, patient: &str, link: &GivenLink) -> Markup {
    match link.kind.as_str() {
        "smart" => html! { a href=(inside.to_chart(patient, "launch")) { (link.label) " (an app)" } },
        _ => html! { a href=(link.url) rel="noopener noreferrer" target="_blank" { (link.label) } },
    }
}

struct Form<'a> {
    inside: &'a Inside,
    patient: &'a str,
    hook: Hook,
    service: &'a str,
    place: (u64, usize),
    id: &'a str,
}

impl Form<'_> {
    fn answers(&self, card: &GivenCard) -> Markup {
        html! {
            div.advice-answers {
                @for (at, suggestion) in card.suggestions.iter().enumerate() {
                    (self.form(&html! {
                        input type="hidden" name="suggestion" value=(at);
                        (submit(&suggestion.label, Look::Plain))
                        @let does: Vec<&str> = suggestion.actions.iter().map(|action| action.description.as_str()).collect();
                        @if !does.is_empty() { span.quiet.small { (does.join(" ")) } }
                    }, false))
                }
                details {
                    summary { "Override…" }
                    (self.form(&self.reasons(card), true))
                }
            }
        }
    }

    fn reasons(&self, card: &GivenCard) -> Markup {
        let mut choices = vec![Choice::new("", "Choose…")];
        choices.extend(card.override_reasons.iter().map(|reason| Choice::new(&reason.code, &reason.display)));
        let id = format!("{}-reason", self.id);
        html! {
            @if card.override_reasons.is_empty() {
                (Field::new("reason", "Why").id(&id).autocomplete("off"))
            } @else {
                (Select::new("reason", "Why", &choices).id(&id))
            }
            (submit("Override", Look::Plain))
        }
    }

    /// A form that answers. An override changes nothing but the card, so it is done in place.
    fn form(&self, fields: &Markup, in_place: bool) -> Markup {
        let action = self.inside.to_chart(self.patient, "advice/answer");
        let target = format!("#{}", self.id);
        html! {
            form.row method="post" action=(action) hx-post=[in_place.then_some(&action)] hx-target=[in_place.then_some(&target)] hx-swap=[in_place.then_some("outerHTML")] {
                (csrf_field(&self.inside.visitor.csrf))
                input type="hidden" name="hook" value=(self.hook.word());
                input type="hidden" name="service" value=(self.service);
                input type="hidden" name="call" value=(self.place.0);
                input type="hidden" name="card" value=(self.place.1);
                (fields)
            }
        }
    }
}
