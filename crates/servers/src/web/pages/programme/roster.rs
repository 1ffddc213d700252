use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::programme::{ProgrammeError, RosterReport, Version};

use super::frame::{View, programme_page};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::files::SentFiles;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::capital;
use crate::web::ui::{
    Column, Look, Row, Tone, card, facts, file_field, link_button, notice, submit, table, upload_form,
};

const INTRO: &str =
    "Take class lists from a school's own system, and give them back, as OneRoster 1.1 or 1.2 in CSV.";

/// Mistakes that are listed; who has more mends these first.
const LISTED: usize = 100;

/// `GET /programme/roster`.
pub(super) async fn roster(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    app.run(move |platform| platform.cohorts(&person)).await?;
    Ok(page(&visitor, &html! {}))
}

fn page(visitor: &Visitor, said: &Markup) -> Markup {
    let hint = "A ZIP archive, or the files one by one: orgs, users, classes, enrollments; academicSessions for the days, roles for 1.2. \
        Passwords, telephone numbers and demographics are never looked at.";
    let take = upload_form(
        "/programme/roster",
        &visitor.csrf,
        &html! {
            (file_field("Files", ".csv,.zip,text/csv,application/zip", hint))
            div.form-actions { (submit("Read the class list", Look::Primary)) }
        },
    );
    let give = html! {
        p { "All cohorts that belong to a school, with who is in them. What came from a class list goes out under the ids it came with." }
        div.row {
            (link_button("OneRoster 1.2", "/programme/roster/1.2", Look::Plain))
            (link_button("OneRoster 1.1", "/programme/roster/1.1", Look::Plain))
        }
    };
    let content = html! {
        (said)
        (card("Read a class list", &html! {}, &html! {
            p { "A list is taken whole or not at all. Taking it again changes nothing; a row marked " code { "tobedeleted" } " takes somebody out of a class and never deletes a person." }
            (take)
        }))
        (card("Give class lists out", &html! {}, &give))
    };
    programme_page(visitor, View::Roster, "Class lists", INTRO, &content)
}

/// `POST /programme/roster`: says what it changed, or every mistake with its line.
pub(super) async fn take(State(app): State<App>, sent: SentFiles) -> Result<Response, Fault> {
    let (visitor, files) = (sent.visitor, sent.files);
    let person = visitor.person.clone();
    let taken = app.run(move |platform| platform.read_roster(&person, &files)).await;
    match taken {
        Ok(report) => Ok(page(&visitor, &changed(&report)).into_response()),
        Err(ProgrammeError::Mistakes(mistakes)) => {
            let told = mistaken(&mistakes.0);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&visitor, &told)).into_response())
        }
        Err(ProgrammeError::Invalid { what, .. }) => {
            let told = html! { div role="alert" { (notice(Tone::Bad, Some("Nothing was read"), &html! { p { (capital(&what)) "." } })) } };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&visitor, &told)).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

fn changed(report: &RosterReport) -> Markup {
    let left = &report.left_out;
    let words = html! {
        (facts(&[
            ("New accounts", html! { (report.accounts) }),
            ("Here already", html! { (report.known) @if report.renamed > 0 { ", " (report.renamed) " renamed" } }),
            ("New organisations", html! { (report.organisations) }),
            ("New cohorts", html! { (report.cohorts) }),
            ("In a cohort", html! { (report.enrolments) @if report.over > 0 { ", " (report.over) " no longer" } }),
            ("Left out", html! { (left.other_roles) " with other roles, " (left.disabled) " not enabled, " (left.deleted) " marked deleted, " (left.enrolments) " enrolments of these" }),
        ]))
        @if report.accounts > 0 { p { "New accounts have no password. Open a learner under Class to make the link that signs them in." } }
        p { a href="/programme" { "See the cohorts" } }
    };
    html! { div role="status" { (notice(Tone::Good, Some("The class list is taken"), &words)) } }
}

fn mistaken(problems: &[platform::programme::Problem]) -> Markup {
    let columns = [Column::text("Where"), Column::wide("What"), Column::wide("What to do")];
    let row = |problem: &platform::programme::Problem| {
        Row::new(vec![
            html! { code { (problem.file) ":" (problem.line) } },
            html! { (capital(&problem.what)) },
            html! { (capital(&problem.advice)) },
        ])
    };
    let rows: Vec<Row> = problems.iter().take(LISTED).map(row).collect();
    let count = problems.len();
    let words = html! { p { "There " @if count == 1 { "is one mistake" } @else { "are " (count) " mistakes" } " in the files. Nothing was changed." } };
    html! {
        div role="alert" { (notice(Tone::Bad, Some("The class list was not taken"), &words)) }
        div.table-frame { (table("Mistakes in the files", &columns, &rows, &html! {})) }
        @if count > LISTED { p.quiet { "And " (count - LISTED) " more." } }
    }
}

/// `GET /programme/roster/{version}`: all class lists as an archive.
pub(super) async fn give(
    State(app): State<App>,
    visitor: Visitor,
    Path(version): Path<String>,
) -> Result<Response, Fault> {
    let wanted = match version.as_str() {
        "1.1" => Version::V1_1,
        "1.2" => Version::V1_2,
        _ => return Err(Fault::Missing("OneRoster is given out as 1.1 or 1.2.".to_owned())),
    };
    let bytes = app.run(move |platform| platform.write_roster(&visitor.person, wanted)).await?;
    let disposition = format!("attachment; filename=\"oneroster-{version}.zip\"");
    Ok((
        [(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_DISPOSITION, disposition)],
        bytes,
    )
        .into_response())
}
