use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::labs::LabState;
use platform::programme::{Grade, GradeChange, Gradebook, GradebookRow};

use super::frame::{CohortTab, cohort_page};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{at, counted, iso, percent};
use crate::web::ui::{
    Column, Icon, Look, Row, Tone, card, empty, filtered, link_button, moment, or_none, table, tag,
};

const INTRO: &str =
    "What the checks computed, and what was changed by hand, with its reason. Choose a grade to change it.";

/// `GET /programme/cohorts/{cohort}/gradebook`.
pub(super) async fn gradebook(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Markup, Fault> {
    let (person, wanted) = (visitor.person.clone(), id.clone());
    let book = app.run(move |platform| platform.gradebook(&person, &wanted)).await?;
    let content = html! {
        h2.visually-hidden { "Grades" }
        div.table-frame.matrix { (grades(&id, &book)) }
        div.row { (link_button("Gradebook as CSV", &format!("/programme/cohorts/{id}/gradebook.csv"), Look::Plain)) }
        (card("Changes by hand", &html! {}, &changes(&book.changes, &book)))
    };
    Ok(cohort_page(&visitor, (&id, &book.cohort.title), CohortTab::Gradebook, INTRO, &content))
}

/// `GET …/gradebook.csv`.
pub(super) async fn csv(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let text = app.run(move |platform| platform.gradebook_csv(&visitor.person, &id)).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"gradebook.csv\""),
    ];
    Ok((headers, text).into_response())
}

fn grades(cohort: &str, book: &Gradebook) -> Markup {
    let mut columns = vec![Column::text("Learner"), Column::number("Mean")];
    columns.extend(book.labs.iter().map(|lab| Column::number(&lab.title)));
    let row = |row: &GradebookRow| {
        let person = &row.member.person;
        let name = html! { a href={ "/class/" (person.id) } { (person.name) } };
        let mean = row.mean().map(percent);
        let grade = |grade: &Grade| {
            let href = format!("/programme/cohorts/{cohort}/gradebook/{}/{}", person.id, grade.cell.lab);
            html! { a href=(href) { (words(grade)) } (marks(grade)) }
        };
        Row::new([name, or_none(mean.as_deref())].into_iter().chain(row.grades.iter().map(grade)).collect())
    };
    let rows: Vec<Row> = book.rows.iter().map(row).collect();
    if rows.is_empty() {
        return empty(Icon::Person, "Nobody is in this cohort yet", "Add people first.", &html! {});
    }
    filtered("filter-grades", "Filter the learners", rows.len(), &table("Grades", &columns, &rows, &html! {}))
}

fn words(grade: &Grade) -> Markup {
    match (grade.score(), grade.cell.state) {
        (Some(score), _) => html! { (percent(score)) },
        (None, LabState::NotStarted) => {
            html! { span aria-hidden="true" { "–" } span.visually-hidden { "not started" } }
        }
        (None, _) => html! { "open" },
    }
}

fn marks(grade: &Grade) -> Markup {
    html! {
        @if grade.changed.is_some() { " " (tag(Tone::Info, "by hand")) }
        @if grade.late_days > 0 { " " (tag(Tone::Warn, &counted(grade.late_days as usize, "day late", "days late"))) }
    }
}

fn changes(changes: &[GradeChange], book: &Gradebook) -> Markup {
    let columns = [
        Column::text("When"),
        Column::text("Learner"),
        Column::text("Lab"),
        Column::number("Grade"),
        Column::number("Computed then"),
        Column::text("By"),
        Column::wide("Why"),
    ];
    let name = |change: &GradeChange| {
        let row = book.rows.iter().find(|row| row.member.person.id == change.person);
        row.map_or(change.person.to_string(), |row| row.member.person.name.clone())
    };
    let title = |change: &GradeChange| {
        book.labs.iter().find(|lab| lab.id == change.lab).map_or(change.lab.clone(), |lab| lab.title.clone())
    };
    let row = |change: &GradeChange| {
        Row::new(vec![
            moment(&iso(change.at_us), &at(change.at_us)),
            html! { (name(change)) },
            html! { (title(change)) },
            html! { @match change.score { Some(score) => (percent(score)), None => "taken back" } },
            html! { (percent(change.computed)) },
            html! { (change.by) },
            html! { (change.reason) },
        ])
    };
    let rows: Vec<Row> = changes.iter().map(row).collect();
    let why = "Every change stays here, those that were taken back too.";
    table(
        "Changes by hand",
        &columns,
        &rows,
        &empty(Icon::Note, "Nothing was changed by hand", why, &html! {}),
    )
}
