//! How two raters saw a team, beside each other.

use maud::{Markup, html};
use platform::workshops::{LEVELS, Mark, Rated, RatedBehaviour};

use crate::web::ui::{Icon, Tone, tag, tag_with};

/// Both ratings with what they agree in; the same for everybody who took part.
pub(super) fn compared(rated: &Rated) -> Markup {
    let agreement = &rated.agreement;
    let of_both = |count: usize| html! { (count) " of " (agreement.seen_by_both) };
    html! {
        dl.figures {
            div { dt { "Marked alike" } dd { (of_both(agreement.exact)) } }
            div { dt { "Within one level" } dd { (of_both(agreement.within_one)) } }
            div { dt { "Weighted kappa" } dd { @match agreement.kappa { Some(kappa) => { (format!("{:.2}", kappa.value)) } None => { "none" } } } }
        }
        p.small.quiet { "Levels from 1 to " (LEVELS) ". " (agreement.kappa_words()) }
        @for one in &rated.behaviours { (behaviour(rated, one)) }
    }
}

fn behaviour(rated: &Rated, one: &RatedBehaviour) -> Markup {
    let id = format!("rated-{}", one.behaviour);
    let settled = one.settled.as_ref().filter(|settled| settled.agreed);
    html! {
        section.ws-decision aria-labelledby=(id) {
            h3 id=(id) { (one.title) " " (apart(one)) }
            dl.facts {
                @for (name, given) in rated.raters.iter().zip(&one.marks) { dt { (name) } dd { (mark(given)) } }
                dt { "Stands" }
                dd {
                    strong { (one.stands()) }
                    @if let Some(says) = &one.says { ": " (says) }
                    @if let Some(settled) = settled { p.small { "Because: " (settled.why) } }
                }
            }
        }
    }
}

/// One rater's mark, with what they saw.
fn mark(mark: &Mark) -> Markup {
    html! {
        @match mark.level {
            Some(level) => { strong { (level) } @if !mark.note.is_empty() { ": " (mark.note) } }
            None => { (tag(Tone::Neutral, "not seen")) " " (mark.note) }
        }
    }
}

fn apart(one: &RatedBehaviour) -> Markup {
    match one.apart {
        None => html! {},
        Some(0) => tag_with(Tone::Good, Icon::Check, "alike"),
        Some(1) => tag(Tone::Info, "1 level apart"),
        Some(levels) => tag_with(Tone::Warn, Icon::Alert, &format!("{levels} levels apart")),
    }
}
