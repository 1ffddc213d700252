use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::people::PersonId;
use platform::programme::{Grade, GradeChange, ProgrammeError};
use serde::Deserialize;

use super::fault::said_at;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::standing::standing_tag;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{at, iso, percent};
use crate::web::ui::{
    Column, Field, Icon, Link, Look, Row, Takes, card, empty, facts, link_button, moment, or_none, post_form,
    sheet, submit, submit_as, table,
};

/// What the page is about.
struct Known {
    cohort: String,
    learner: String,
    lab: String,
    grade: Grade,
    changes: Vec<GradeChange>,
}

/// `GET /programme/cohorts/{cohort}/gradebook/{person}/{lab}`: one grade, and the way to change it.
pub(super) async fn grade(
    State(app): State<App>,
    visitor: Visitor,
    Path((cohort, person, lab)): Path<(String, String, String)>,
) -> Result<Markup, Fault> {
    let (instructor, id, who, what) = (visitor.person.clone(), cohort.clone(), person.clone(), lab.clone());
    let known = app.run(move |platform| {
        let mut book = platform.gradebook(&instructor, &id)?;
        let missing = || ProgrammeError::Missing { what: "learner", id: who.clone() };
        let at = book.labs.iter().position(|lab| lab.id == what).ok_or_else(missing)?;
        let row =
            book.rows.iter().position(|row| row.member.person.id.as_str() == who).ok_or_else(missing)?;
        let row = book.rows.swap_remove(row);
        book.changes.retain(|change| change.person.as_str() == who && change.lab == what);
        Ok::<_, ProgrammeError>(Known {
            cohort: book.cohort.title,
            learner: row.member.person.name,
            lab: book.labs.swap_remove(at).title,
            grade: row.grades[at].clone(),
            changes: book.changes,
        })
    });
    let known = known.await?;
    let action = format!("/programme/cohorts/{cohort}/gradebook/{person}/{lab}");
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack {
            (card("The grade", &standing_tag(&known.grade.cell), &now(&known, &person)))
            (card("Change it by hand", &html! {}, &form(&action, &known, &visitor.csrf)))
            (card("History", &html! {}, &history(&known)))
        }
    };
    let (root, book) =
        (format!("/programme/cohorts/{cohort}"), format!("/programme/cohorts/{cohort}/gradebook"));
    let title = format!("{} in {}", known.learner, known.lab);
    let crumbs = [
        Link::to("Programme", "/programme"),
        Link::to(&known.cohort, &root),
        Link::to("Gradebook", &book),
        Link::to(&title, ""),
    ];
    Ok(framed(&visitor, Place::Programme, &title, None, &sheet(&crumbs, &title, None, &content)))
}

fn now(known: &Known, person: &str) -> Markup {
    let grade = &known.grade;
    let computed = grade.cell.attempt.as_ref().map(|_| percent(grade.cell.score));
    let counts = grade.score().map(percent);
    html! {
        (facts(&[
            ("Counts", or_none(counts.as_deref())),
            ("Computed by the checks", or_none(computed.as_deref())),
            ("Hints", html! { (grade.cell.hints) }),
            ("Days late", html! { (grade.late_days) }),
        ]))
        div.row { (link_button("Look at the evidence", &format!("/class/{person}"), Look::Plain)) }
    }
}

fn form(action: &str, known: &Known, csrf: &str) -> Markup {
    let value = known.grade.score().map_or(String::new(), |score| format!("{:.0}", score * 100.0));
    let body = html! {
        div.form-grid {
            (Field::new("score", "Grade").takes(Takes::Number).unit("%").value(&value))
            (Field::new("reason", "Reason").hint("It stays on record with your login.").required())
        }
        div.form-actions {
            (submit("Change the grade", Look::Primary))
            @if known.grade.changed.is_some() { (submit_as("Take the change back", Look::Plain, "back", "yes")) }
        }
    };
    post_form(action, csrf, &body)
}

fn history(known: &Known) -> Markup {
    let columns = [Column::text("When"), Column::number("Grade"), Column::text("By"), Column::wide("Why")];
    let row = |change: &GradeChange| {
        Row::new(vec![
            moment(&iso(change.at_us), &at(change.at_us)),
            html! { @match change.score { Some(score) => (percent(score)), None => "taken back" } },
            html! { (change.by) },
            html! { (change.reason) },
        ])
    };
    let rows: Vec<Row> = known.changes.iter().map(row).collect();
    table(
        "History of this grade",
        &columns,
        &rows,
        &empty(Icon::Note, "Never changed by hand", "The checks' own grade counts.", &html! {}),
    )
}

#[derive(Deserialize)]
pub(super) struct Change {
    #[serde(default)]
    score: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    back: String,
}

/// `POST` to the same address.
pub(super) async fn change(
    State(app): State<App>,
    Path((cohort, person, lab)): Path<(String, String, String)>,
    form: PageForm<Change>,
) -> Result<Response, Fault> {
    let path = format!("/programme/cohorts/{cohort}/gradebook/{person}/{lab}");
    let (instructor, sent) = (form.visitor.person, form.fields);
    // What is no number is refused as a grade that is none.
    let typed = sent.score.trim().replace(',', ".").parse::<f64>().map_or(f64::NAN, |score| score / 100.0);
    let score = sent.back.is_empty().then_some(typed);
    let id = PersonId::from(person);
    let done = app
        .run(move |platform| platform.change_grade(&instructor, &cohort, (&id, &lab), score, &sent.reason));
    said_at(done.await, &path, |()| "The grade is changed, and the change is on record.".to_owned())
}
