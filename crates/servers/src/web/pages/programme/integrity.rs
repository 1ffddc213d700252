use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::integrity::{Integrity, IntegrityDecision, IntegrityError, IntegrityLook, ShownSign, Sign};
use platform::labs::Attempt;
use platform::people::Person;
use platform::programme::ProgrammeError;
use serde::Deserialize;

use super::frame::{CohortTab, cohort_page};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::said::Said;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{at, capital, counted, iso, percent, query_value};
use crate::web::ui::{
    Choice, Field, Icon, Look, Select, Tone, card, empty, facts, link_button, moment, post_form, submit, tag,
};

const INTRO: &str = "What to look at before work is taken for a learner's own. A sign is no proof and changes no grade: look at both attempts, speak with the people, and write down what you came to.";

const DECISIONS: [(IntegrityDecision, &str); 3] = [
    (IntegrityDecision::Explained, "Explained: nothing follows"),
    (IntegrityDecision::Spoken, "Spoken about with the learner"),
    (IntegrityDecision::Again, "To be done again"),
];

#[derive(Deserialize)]
pub(super) struct Compared {
    #[serde(default)]
    lab: String,
}

impl Compared {
    fn lab(&self) -> Option<&str> {
        Some(self.lab.as_str()).filter(|lab| !lab.is_empty())
    }
}

/// `GET /programme/cohorts/{cohort}/integrity`.
pub(super) async fn integrity(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(compared): Query<Compared>,
) -> Result<Markup, Fault> {
    let (person, wanted) = (visitor.person.clone(), id.clone());
    let found = app.run(move |platform| platform.cohort_integrity(&person, &wanted, compared.lab())).await?;
    let content = html! {
        h2.visually-hidden { "Integrity" }
        (card("What is compared", &html! {}, &compared_card(&id, &found)))
        @for sign in &found.signs { (sign_card(&id, &found, sign, &visitor.csrf)) }
        @if found.signs.is_empty() {
            div.card { (empty(Icon::Check, "Nothing stands out", "No answer, time or text asks for a look.", &html! {})) }
        }
    };
    Ok(cohort_page(&visitor, (&id, &found.cohort.title), CohortTab::Integrity, INTRO, &content))
}

fn compared_card(cohort: &str, found: &Integrity) -> Markup {
    let chosen = found.lab.as_deref().unwrap_or_default();
    let mut choices = vec![Choice::new("", "All labs: answers and times")];
    choices.extend(found.labs.iter().map(|(id, title)| Choice::new(id, title)));
    html! {
        p {
            "Answers that are right in another's hospital alone, and first attempts finished in less than a fifth of the usual time, in "
            (counted(found.attempts, "attempt", "attempts")) ". For one lab also what was written: rules, questions to the lake, channels and papers."
        }
        form.stack method="get" action=(format!("/programme/cohorts/{cohort}/integrity")) {
            div.form-grid { (Select::new("lab", "Lab", &choices).chosen(chosen)) }
            div.form-actions { (submit("Compare", Look::Plain)) }
        }
    }
}

fn sign_card(cohort: &str, found: &Integrity, one: &ShownSign, csrf: &str) -> Markup {
    let lab = &one.attempt.lab;
    let lab = found.labs.iter().find(|(slug, _)| slug == lab).map_or(lab, |(_, title)| title);
    let (kind, words) = told(one);
    let body = html! {
        p { (words) }
        (facts(&[("Lab", html! { (lab) }), ("Shown by", side(&one.person, &one.attempt)), ("The other", html! { @match &one.of { Some((person, attempt)) => (side(person, attempt)), None => span.quiet { "nobody" } } })]))
        div.row {
            (link_button(&format!("The attempts of {}", one.person.name), &format!("/class/{}", one.person.id), Look::Plain))
            (link_button("Play it back", &format!("/attempts/{}/replay", one.attempt.id), Look::Quiet))
            @if let Some((person, attempt)) = &one.of {
                (link_button(&format!("The attempts of {}", person.name), &format!("/class/{}", person.id), Look::Plain))
                (link_button("Play the other back", &format!("/attempts/{}/replay", attempt.id), Look::Quiet))
            }
        }
        @if !one.looks.is_empty() { ul { @for look in &one.looks { (look_line(look)) } } }
        (decide_form(cohort, found.lab.as_deref(), one, csrf))
    };
    let state = match one.looks.last().map(|look| look.decision) {
        None => tag(Tone::Warn, "not looked at"),
        Some(IntegrityDecision::Explained) => tag(Tone::Good, "explained"),
        Some(IntegrityDecision::Spoken) => tag(Tone::Info, "spoken about"),
        Some(IntegrityDecision::Again) => tag(Tone::Neutral, "to be done again"),
    };
    card(&format!("{}: {kind}", one.person.name), &state, &body)
}

/// What was found, in a word and in a sentence.
fn told(one: &ShownSign) -> (&'static str, Markup) {
    let other = one.of.as_ref().map_or("somebody else", |(person, _)| person.name.as_str());
    match &one.sign {
        Sign::Foreign { check, value, at_us, .. } => (
            "an answer from another hospital",
            html! {
                "To " code { (check) } " the answer was “" (value) "” on " (moment(&iso(*at_us), &at(*at_us)))
                ". It is wrong in this hospital and right in that of " (other) " alone, who had given it before."
            },
        ),
        Sign::Quick { took_us, middle_us, others } => (
            "very quick",
            html! {
                "The first attempt was finished in " (minutes(*took_us)) "; half of the " (others) " others took "
                (minutes(*middle_us)) " or more."
            },
        ),
        Sign::Alike { what, of_what, share, passages, .. } => (
            "a text like another",
            html! {
                (percent(*share)) " of the passages of five words of the shorter text stand in both the " (what) " and the " (of_what) " of "
                (other) ", of " (passages) " that do not stand in most."
            },
        ),
    }
}

fn minutes(us: i64) -> String {
    counted(usize::try_from(us / 60_000_000).unwrap_or(0), "minute", "minutes")
}

fn side(person: &Person, attempt: &Attempt) -> Markup {
    html! { (person.name) ", attempt " (attempt.number) ", begun " (moment(&iso(attempt.started_us), &at(attempt.started_us))) }
}

fn look_line(look: &IntegrityLook) -> Markup {
    let words =
        DECISIONS.iter().find(|(decision, _)| *decision == look.decision).map_or("", |(_, words)| *words);
    html! { li { (moment(&iso(look.at_us), &at(look.at_us))) ", " (look.by) ": " (words) ". " (look.note) } }
}

fn decide_form(cohort: &str, lab: Option<&str>, one: &ShownSign, csrf: &str) -> Markup {
    let choices = DECISIONS.map(|(decision, words)| Choice::new(decision.word(), words));
    let key = &one.key;
    let body = html! {
        input type="hidden" name="sign" value=(key);
        input type="hidden" name="lab" value=(lab.unwrap_or_default());
        div.form-grid {
            (Select::new("decision", "What you came to", &choices).id(&format!("decision-{}", slug(key))))
            (Field::new("note", "Why").id(&format!("note-{}", slug(key))).hint("It stays on record with your login.").required())
        }
        div.form-actions { (submit("Keep the decision", Look::Plain)) }
    };
    post_form(&format!("/programme/cohorts/{cohort}/integrity"), csrf, &body)
}

/// A key as part of an id on the page.
fn slug(key: &str) -> String {
    key.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-")
}

#[derive(Deserialize)]
pub(super) struct Decided {
    sign: String,
    #[serde(default)]
    lab: String,
    decision: String,
    #[serde(default)]
    note: String,
}

/// `POST` to the same address.
pub(super) async fn decide(
    State(app): State<App>,
    Path(cohort): Path<String>,
    form: PageForm<Decided>,
) -> Result<Response, Fault> {
    let (instructor, sent) = (form.visitor.person, form.fields);
    let lab = query_value(&sent.lab);
    let path = format!("/programme/cohorts/{cohort}/integrity?lab={lab}");
    let decision = IntegrityDecision::from_word(&sent.decision)
        .ok_or_else(|| Fault::Refused("choose what you came to".to_owned()))?;
    let done = app.run(move |platform| {
        let lab = Some(sent.lab.as_str()).filter(|lab| !lab.is_empty());
        platform.decide_on_sign(&instructor, (&cohort, lab), &sent.sign, decision, &sent.note)
    });
    match done.await {
        Ok(()) => Ok(Said::well("The decision is kept, with its reason.").at(&path)),
        Err(IntegrityError::Programme(error @ ProgrammeError::Invalid { .. })) => {
            Ok(Said::badly(format!("{}.", capital(&error.to_string()))).at(&path))
        }
        Err(other) => Err(other.into()),
    }
}
