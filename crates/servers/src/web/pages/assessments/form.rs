use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::assessments::{Assessment, AssessmentError, CHOICES, MyAssessment, Sitting, Told};
use platform::people::Role;
use serde::Deserialize;

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::{Said, said};
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{capital, percent};
use crate::web::ui::{
    Choice, Icon, Link, Look, Tone, card, link_button, notice, post_form, radios, sheet, submit, tag_with,
};

/// `GET /assessments/{assessment}`: the form that comes next, or, when both are over, what was right and why.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let one = app.run(move |platform| platform.my_assessment(&person, &id)).await?;
    let learns = visitor.person.role == Role::Learner;
    let assessment = one.assessment;
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack {
            @match (one.next(), learns) {
                (Some(sitting), true) => (open_form(&one, sitting, visitor.person.id.as_str(), &visitor.csrf)),
                (Some(_), false) => (notice(Tone::Info, None, &html! { p { "Learners take this; what a cohort learned stands among its outcomes." } })),
                (None, _) => (over(&one)),
            }
        }
    };
    let crumbs = [
        Link::to("Portfolio", "/portfolio"),
        Link::to("Assessments", "/assessments"),
        Link::to(&assessment.title, ""),
    ];
    let page = sheet(&crumbs, &assessment.title, Some(&assessment.about), &content);
    Ok(framed(&visitor, Place::Portfolio, &assessment.title, None, &page))
}

fn open_form(one: &MyAssessment, sitting: Sitting, person: &str, csrf: &str) -> Markup {
    let assessment = one.assessment;
    let form = assessment.form_of(person, sitting);
    let numbers: Vec<String> = (1..=CHOICES).map(|number| number.to_string()).collect();
    let words = match sitting {
        Sitting::First => {
            "This is your first form. Guess where you have to; it is the difference to your last day that counts."
        }
        Sitting::Last => {
            "This is your last form. Take it when you are done here: it can be handed in once, and then you see what was right and why."
        }
    };
    let body = html! {
        input type="hidden" name="sitting" value=(sitting.word());
        @for (at, pair) in assessment.pairs.iter().enumerate() {
            @let item = pair.item(form);
            @let choices: Vec<Choice<'_>> = numbers.iter().zip(&item.choices).map(|(number, words)| Choice::new(number, words)).collect();
            (radios(&format!("answer-{}", at + 1), &format!("{}. {}", at + 1, item.ask), &choices, ""))
        }
        div.form-actions { (submit("Hand it in", Look::Primary)) }
    };
    let title = match sitting {
        Sitting::First => "First day",
        Sitting::Last => "Last day",
    };
    html! {
        @if let Some(first) = &one.first { p { "On your first day " (percent(first.share)) " was right." } }
        (card(title, &html! {}, &html! { p { (words) } (post_form(&format!("/assessments/{}", assessment.id), csrf, &body)) }))
    }
}

fn over(one: &MyAssessment) -> Markup {
    html! {
        @if let (Some(first), Some(last)) = (&one.first, &one.last) {
            (notice(Tone::Good, Some("Both forms are in"), &html! { p { "On your first day " (percent(first.share)) " was right, on your last " (percent(last.share)) "." } }))
            @for (title, told) in [("Last day", last), ("First day", first)] { (card(title, &html! {}, &marked(one.assessment, told))) }
        }
        div.row { (link_button("Back to your portfolio", "/portfolio", Look::Plain)) }
    }
}

/// Every question of a form with what was chosen, what is right, and why.
fn marked(assessment: &Assessment, told: &Told) -> Markup {
    html! {
        ol {
            @for (at, pair) in assessment.pairs.iter().enumerate() {
                @let item = pair.item(told.form);
                @let choice = |number: u8| item.choices.get(usize::from(number) - 1).map_or("", String::as_str);
                li {
                    p { (item.ask) }
                    p {
                        @if told.marks.get(at) == Some(&true) { (tag_with(Tone::Good, Icon::Check, "right")) } @else { (tag_with(Tone::Bad, Icon::Cross, "not right")) }
                        @match told.answers.get(at).copied().flatten() {
                            Some(chosen) => { " You chose: " (choice(chosen)) },
                            None => " You chose nothing.",
                        }
                    }
                    @if told.marks.get(at) != Some(&true) { p { "Right is: " (choice(item.right)) } }
                    p.quiet { (item.because) }
                }
            }
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Answers {
    #[serde(flatten)]
    fields: BTreeMap<String, String>,
}

impl Answers {
    fn sitting(&self) -> Option<Sitting> {
        Sitting::from_word(self.fields.get("sitting")?)
    }

    /// The choice for each question, from 1; nothing where none was made.
    fn choices(&self, questions: usize) -> Vec<Option<u8>> {
        let choice = |number: usize| self.fields.get(&format!("answer-{number}"))?.parse().ok();
        (1..=questions).map(choice).collect()
    }
}

/// `POST` to the same address.
pub(super) async fn hand_in(
    State(app): State<App>,
    Path(id): Path<String>,
    form: PageForm<Answers>,
) -> Result<Response, Fault> {
    let (person, sent) = (form.visitor.person, form.fields);
    let Some(sitting) = sent.sitting() else {
        return Err(Fault::Refused("This form says neither first nor last day.".to_owned()));
    };
    let path = format!("/assessments/{}", platform::assessments::assessment(&id).map_or("", |one| &one.id));
    let done = app.run(move |platform| {
        let questions = platform.my_assessment(&person, &id)?.assessment.pairs.len();
        platform.hand_in(&person, (&id, sitting), &sent.choices(questions))
    });
    match (done.await, sitting) {
        (Ok(()), Sitting::First) => {
            Ok(Said::well("It is in. You see what was right when you have taken the last form.")
                .at("/assessments"))
        }
        (Ok(()), Sitting::Last) => Ok(Said::well("It is in. Here is what was right, and why.").at(&path)),
        (Err(AssessmentError::Store(platform::StoreError::Conflict { what })), _) => {
            Ok(Said::badly(format!("{}.", capital(&what))).at(&path))
        }
        (Err(error), _) => Err(error.into()),
    }
}
