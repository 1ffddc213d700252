//! The marks of one rater as a form, and what two do about marks that are far apart.

use std::collections::BTreeMap;

use maud::{Markup, html};
use platform::workshops::{Act, Behaviour, LEVELS, Mark, Rated, RatedBehaviour, RatingSeen};

use super::fields::Fields;
use crate::web::ui::{Choice, Field, Look, Select, Takes, Tone, card, notice, post_form, radios, submit};

/// What is sent for a behaviour that could not be seen.
const UNSEEN: &str = "unseen";

impl Fields {
    /// The fields as they are filled in when these marks were handed in.
    pub(super) fn of_marks(marks: &BTreeMap<String, Mark>) -> Self {
        let filled = marks.iter().flat_map(|(id, mark)| {
            let level = mark.level.map_or_else(|| UNSEEN.to_owned(), |level| level.to_string());
            [(format!("level-{id}"), level), (format!("note-{id}"), mark.note.clone())]
        });
        Self(filled.collect())
    }

    /// What a rater wants done, and what is said when it is; nothing for a form that none of our pages sends.
    pub(super) fn rating_act(&self) -> Option<(Act, &'static str)> {
        let behaviour = self.text("behaviour");
        Some(match self.text("do").as_str() {
            "rate" => {
                (Act::Rate { marks: self.marks() }, "Your marks are in; nobody sees them before both are.")
            }
            "settle" => {
                let level = self.number("level").and_then(|level| usize::try_from(level).ok());
                let level = level.unwrap_or_default();
                (
                    Act::Settle { behaviour, level, why: self.text("why") },
                    "Proposed; the other rater agrees or does not.",
                )
            }
            "agree" => (Act::Agree { behaviour }, "Settled."),
            _ => return None,
        })
    }

    /// The marks that were chosen; a level that is none is refused with the others.
    fn marks(&self) -> BTreeMap<String, Mark> {
        let mark = |(name, value): &(String, String)| {
            let id = name.strip_prefix("level-")?;
            let level = (value != UNSEEN).then(|| value.parse().unwrap_or_default());
            Some((id.to_owned(), Mark { level, note: self.text(&format!("note-{id}")) }))
        };
        self.0.iter().filter_map(mark).collect()
    }
}

/// The rubric, to be read.
pub(super) fn behaviours(rating: &RatingSeen) -> Markup {
    html! {
        @for one in &rating.behaviours {
            section.ws-decision {
                h3 { (one.title) }
                p.quiet { (one.look) }
                ol.prose { @for level in &one.levels { li { (level) } } }
            }
        }
    }
}

/// The rubric, to be filled in.
pub(super) fn own_marks(rating: &RatingSeen, filled: &Fields, to: &str, csrf: &str) -> Markup {
    let again = rating.raters.iter().any(|one| one.is_me && one.is_in);
    post_form(
        to,
        csrf,
        &html! {
            input type="hidden" name="do" value="rate";
            p { "For each, choose what comes closest to what the team as a whole did, and write down what you saw." }
            @for one in &rating.behaviours { (behaviour(one, filled)) }
            div.form-actions { (submit(if again { "Hand in anew" } else { "Hand in" }, Look::Primary)) }
        },
    )
}

fn behaviour(one: &Behaviour, filled: &Fields) -> Markup {
    let (level, note) = (format!("level-{}", one.id), format!("note-{}", one.id));
    let numbers: Vec<String> = (1..=LEVELS).map(|number| number.to_string()).collect();
    let says: Vec<String> =
        numbers.iter().zip(&one.levels).map(|(number, says)| format!("{number} · {says}")).collect();
    let levels = numbers.iter().zip(&says).map(|(number, says)| Choice::new(number, says));
    let choices: Vec<Choice<'_>> =
        levels.chain([Choice::new(UNSEEN, "It could not be seen; I say why below.")]).collect();
    html! {
        section.ws-decision aria-labelledby={ "behaviour-" (one.id) } {
            h3 id={ "behaviour-" (one.id) } { (one.title) }
            p.quiet { (one.look) }
            (radios(&level, "What comes closest to what the team did?", &choices, &filled.text(&level)))
            (Field::new(&note, "What you saw or heard").takes(Takes::Block).value(&filled.text(&note)).hint("Who did or said what; or why it could not be seen."))
        }
    }
}

/// What the two have to settle; nothing where they are nowhere far apart.
pub(super) fn settling(rating: &RatingSeen, rated: &Rated, to: &str, csrf: &str) -> Markup {
    if !rated.behaviours.iter().any(|one| one.far) {
        return html! {};
    }
    let open = rated.behaviours.iter().filter(|one| rating.to_settle.contains(&one.behaviour));
    let body = html! {
        p { "Where you are two levels apart or more, each says what they saw, and then you agree on one level and why. What each marked before stays beside it." }
        @for one in open { (settle(rating, one, to, csrf)) }
        @if rating.to_settle.is_empty() { p.quiet { @if rating.is_rater { "Everything is settled." } @else { "That is for the two who rated." } } }
    };
    card("To settle", &html! {}, &body)
}

fn settle(rating: &RatingSeen, one: &RatedBehaviour, to: &str, csrf: &str) -> Markup {
    let id = one.behaviour.as_str();
    let says = rating.behaviours.iter().find(|behaviour| behaviour.id == id);
    let numbers: Vec<String> = (1..=LEVELS).map(|number| number.to_string()).collect();
    let titles: Vec<String> = says
        .iter()
        .flat_map(|behaviour| numbers.iter().zip(&behaviour.levels))
        .map(|(number, says)| format!("{number}: {says}"))
        .collect();
    let choices: Vec<Choice<'_>> =
        numbers.iter().zip(&titles).map(|(number, title)| Choice::new(number, title)).collect();
    let hidden = |act: &str| html! { input type="hidden" name="do" value=(act); input type="hidden" name="behaviour" value=(id); };
    html! {
        section.ws-decision aria-labelledby={ "settle-" (id) } {
            h3 id={ "settle-" (id) } { (one.title) }
            @if let Some(settled) = &one.settled {
                (notice(Tone::Info, Some(&format!("{} proposes {}", settled.by, settled.level)), &html! { p { (settled.why) } }))
                @if rating.to_agree.iter().any(|open| open == id) {
                    (post_form(to, csrf, &html! { (hidden("agree")) div.form-actions { button.button.button-primary type="submit" { "Agree" span.visually-hidden { ": " (one.title) } } } }))
                } @else { p.quiet { "The other rater agrees, or proposes something else." } }
            }
            details open[one.settled.is_none()] {
                summary { @if one.settled.is_some() { "Propose something else" } @else { "Propose a level" } span.visually-hidden { ": " (one.title) } }
                (post_form(to, csrf, &html! {
                    (hidden("settle"))
                    (Select::new("level", "It comes to", &choices).id(&format!("settle-level-{id}")))
                    (Field::new("why", "Because").id(&format!("settle-why-{id}")).hint("What one of you had seen and the other had not.").required())
                    div.form-actions { (submit("Propose it", Look::Plain)) }
                }))
            }
        }
    }
}
