//! Two who take part in the match as one: the question, the answer, and the pairs of places they wish for.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::placements::{MyCouple, PairOfPlaces};
use serde::Deserialize;

use super::fault::said_at;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::ui::{Choice, Field, Look, Select, post_form, submit};

/// How many pairs the form has room for.
const PAIRS: usize = 12;

/// What was asked and is open, and the form that asks.
pub(super) fn questions(couples: &[MyCouple], csrf: &str) -> Markup {
    html! {
        p { "Two learners can take part as one: they wish for pairs of places, and get both places of a pair or neither." }
        @for one in couples {
            @if one.asked {
                p { "You have asked " b { (one.partner.name) } "; the answer is open." }
                (one_button(one, "part", "Take it back", Look::Plain, csrf))
            } @else {
                p { b { (one.partner.name) } " asks you to take part as one. Your own list then rests; you write one of pairs together." }
                div.row {
                    (one_button(one, "agree", "Agree", Look::Primary, csrf))
                    (one_button(one, "part", "Decline", Look::Plain, csrf))
                }
            }
        }
        (post_form("/places/couples", csrf, &html! {
            (Field::new("login", "Login of the other").autocomplete("off").required())
            div.form-actions { (submit("Ask them", Look::Plain)) }
        }))
    }
}

fn one_button(one: &MyCouple, deed: &str, words: &str, look: Look, csrf: &str) -> Markup {
    post_form(&format!("/places/couples/{}/{deed}", one.id), csrf, &html! { div { (submit(words, look)) } })
}

/// The pairs of places that a couple wishes for; `open` are the places one can wish for, each with its title.
pub(super) fn pairs_form(couple: &MyCouple, open: &[(String, String)], csrf: &str) -> Markup {
    let mut choices = vec![Choice::new("", "Nothing")];
    choices.extend(open.iter().map(|(id, title)| Choice::new(id, title)));
    let chosen = |number: usize, side: usize| {
        couple.wishes.get(number).and_then(|pair| pair[side].as_deref()).unwrap_or_default()
    };
    let name = &couple.partner.name;
    html! {
        p { "You and " (name) " take part as one. Put first the pair you want most; “nothing” on one side means that this one would go without. Either of you writes this list." }
        (post_form(&format!("/places/couples/{}/wishes", couple.id), csrf, &html! {
            @for number in 0..PAIRS.min(open.len().pow(2)).max(1) {
                @let (own, own_label) = (format!("own-{}", number + 1), format!("Pair {}: you", number + 1));
                @let (theirs, their_label) = (format!("partner-{}", number + 1), format!("Pair {}: {name}", number + 1));
                div.form-grid {
                    (Select::new(&own, &own_label, &choices).chosen(chosen(number, 0)))
                    (Select::new(&theirs, &their_label, &choices).chosen(chosen(number, 1)))
                }
            }
            div.form-actions { (submit("Keep this list", Look::Primary)) }
        }))
        (one_button(couple, "part", "Take part alone again", Look::Danger, csrf))
    }
}

#[derive(Deserialize)]
pub(super) struct Question {
    #[serde(default)]
    login: String,
}

/// `POST /places/couples`.
pub(super) async fn ask(State(app): State<App>, form: PageForm<Question>) -> Result<Response, Fault> {
    let (person, login) = (form.visitor.person, form.fields.login);
    let done = app.run(move |platform| platform.ask_to_couple(&person, &login)).await;
    said_at(done, "/places", "They are asked. You take part as one when they agree.")
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /places/couples/{couple}/agree`.
pub(super) async fn agree(
    State(app): State<App>,
    Path(couple): Path<String>,
    form: PageForm<Nothing>,
) -> Result<Response, Fault> {
    let done = app.run(move |platform| platform.agree_to_couple(&form.visitor.person, &couple)).await;
    said_at(done, "/places", "You take part as one. Write the pairs of places you wish for.")
}

/// `POST /places/couples/{couple}/part`.
pub(super) async fn part(
    State(app): State<App>,
    Path(couple): Path<String>,
    form: PageForm<Nothing>,
) -> Result<Response, Fault> {
    let done = app.run(move |platform| platform.part_couple(&form.visitor.person, &couple)).await;
    said_at(done, "/places", "You take part alone; your own list counts.")
}

#[derive(Deserialize)]
pub(super) struct Pairs {
    #[serde(flatten)]
    fields: BTreeMap<String, String>,
}

impl Pairs {
    /// The pairs in the order of their fields, without those that were left empty on both sides.
    fn pairs(&self) -> Vec<PairOfPlaces> {
        let field = |name: String| self.fields.get(&name).filter(|place| !place.is_empty()).cloned();
        let pair = |number: usize| [field(format!("own-{number}")), field(format!("partner-{number}"))];
        (1..=PAIRS).map(pair).filter(|pair| pair.iter().any(Option::is_some)).collect()
    }
}

/// `POST /places/couples/{couple}/wishes`.
pub(super) async fn wish(
    State(app): State<App>,
    Path(couple): Path<String>,
    form: PageForm<Pairs>,
) -> Result<Response, Fault> {
    let (person, pairs) = (form.visitor.person, form.fields.pairs());
    let done = app.run(move |platform| platform.wish_as_couple(&person, &couple, &pairs)).await;
    said_at(done, "/places", "Your list of pairs is kept. It can be changed until the match is run.")
}
