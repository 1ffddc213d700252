use axum::extract::State;
use maud::{Markup, html};
use platform::Platform;
use platform::labs::{LabError, LabState, LearnerRow, Overview};

use super::accounts::add_form;
use super::guard::check_teaches;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::standing::standing_tag;
use crate::web::pages::visitor::Visitor;
use crate::web::ui::{Column, Icon, Row, card, empty, figures, filtered, sheet, table};

const INTRO: &str = "Where everyone is in every lab. Stuck means: for ten minutes nothing has come to pass, and a check fails.";

/// `GET /class`: learners down, labs across.
pub(crate) async fn class(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    check_teaches(&visitor)?;
    let person = visitor.person.clone();
    let overview = app.run(move |platform| in_order(platform, platform.overview(&person)?)).await?;
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack {
            (glance(&overview))
            h2.visually-hidden { "Learners and labs" }
            div.table-frame.matrix { (matrix(&overview)) }
            (stuck(&overview))
            (card("Add a learner", &html! {}, &add_form(&visitor.csrf, None)))
        }
    };
    Ok(framed(&visitor, Place::Class, "Class", None, &sheet(&[], "Class", Some(INTRO), &content)))
}

/// The labs in the order of the tracks, as learners meet them.
fn in_order(platform: &Platform, mut overview: Overview) -> Result<Overview, LabError> {
    let catalogue = platform.catalogue();
    let order: Vec<&str> =
        catalogue.tracks.iter().flat_map(|track| &track.labs).map(String::as_str).collect();
    let place = |lab: &str| order.iter().position(|id| *id == lab).unwrap_or(order.len());
    overview.labs.sort_by_key(|lab| place(&lab.id));
    overview.learners.iter_mut().for_each(|row| row.labs.sort_by_key(|cell| place(&cell.lab)));
    Ok(overview)
}

fn glance(overview: &Overview) -> Markup {
    let in_state = |wanted: LabState| {
        let cells = overview.learners.iter().flat_map(|row| &row.labs);
        cells.filter(|cell| cell.state == wanted).count().to_string()
    };
    let (at_work, stuck, done) =
        (in_state(LabState::InProgress), in_state(LabState::Stuck), in_state(LabState::Finished));
    let learners = overview.learners.len().to_string();
    figures(&[
        ("Learners", &learners, None),
        ("Labs in progress", &at_work, None),
        ("Stuck", &stuck, None),
        ("Labs finished", &done, None),
    ])
}

fn matrix(overview: &Overview) -> Markup {
    let mut columns = vec![Column::text("Learner")];
    columns.extend(overview.labs.iter().map(|lab| Column::text(&lab.title)));
    let rows: Vec<Row> = overview.learners.iter().map(row).collect();
    let nobody = empty(
        Icon::Person,
        "No learners yet",
        "Add the first one below, and hand them the link that signs them in.",
        &html! {},
    );
    if rows.is_empty() {
        return nobody;
    }
    filtered(
        "filter-class",
        "Filter the learners",
        rows.len(),
        &table("Learners and labs", &columns, &rows, &nobody),
    )
}

fn row(learner: &LearnerRow) -> Row {
    let person = &learner.person;
    let mut cells = vec![html! {
        a href={ "/class/" (person.id) } { (person.name) }
        br;
        span.quiet.small { (person.login) }
    }];
    cells.extend(learner.labs.iter().map(standing_tag));
    Row::new(cells)
}

/// Who is stuck, and at what.
fn stuck(overview: &Overview) -> Markup {
    let mut stuck = Vec::new();
    for row in &overview.learners {
        for (cell, lab) in row.labs.iter().zip(&overview.labs) {
            if cell.state == LabState::Stuck {
                stuck.push((row, cell, lab));
            }
        }
    }
    if stuck.is_empty() {
        return html! {};
    }
    let body = html! {
        ul.plain.stack.stack-tight {
            @for (row, cell, lab) in &stuck {
                li {
                    a href={ "/class/" (row.person.id) } { (row.person.name) } " in " (lab.title)
                    @if let Some(failing) = &cell.failing { ": " q { (failing) } }
                }
            }
        }
    };
    card("Stuck now", &html! {}, &body)
}
