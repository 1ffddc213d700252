use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::labs::{LabCell, LabState};
use platform::programme::{CohortMatrix, Member};

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::percent;
use crate::web::ui::{Column, Icon, Row, card, empty, figures, table};

/// `GET /programme/cohorts/{cohort}/matrix`: the matrix alone, for the page that looks again.
pub(super) async fn fragment(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Markup, Fault> {
    let matrix = app.run(move |platform| platform.cohort_matrix(&visitor.person, &id)).await?;
    Ok(grid(&matrix))
}

/// The matrix with what it comes to.
pub(super) fn grid(matrix: &CohortMatrix) -> Markup {
    html! {
        (glance(matrix))
        (held_up(matrix))
        h2.visually-hidden { "Learners and labs" }
        div.table-frame.matrix { (cells(matrix)) }
    }
}

fn glance(matrix: &CohortMatrix) -> Markup {
    let count = |wanted: LabState| {
        let cells = matrix.rows.iter().flat_map(|(_, cells)| cells);
        cells.filter(|cell| cell.state == wanted).count().to_string()
    };
    let (open, stuck, done) =
        (count(LabState::InProgress), count(LabState::Stuck), count(LabState::Finished));
    let learners = matrix.rows.len().to_string();
    figures(&[
        ("Learners", &learners, None),
        ("Labs in progress", &open, None),
        ("Stuck", &stuck, None),
        ("Labs finished", &done, None),
    ])
}

/// What holds up several, and who is stuck.
fn held_up(matrix: &CohortMatrix) -> Markup {
    let stuck: Vec<(&Member, &LabCell, &str)> = matrix
        .rows
        .iter()
        .flat_map(|(member, cells)| {
            cells.iter().zip(&matrix.labs).map(move |(cell, lab)| (member, cell, lab.title.as_str()))
        })
        .filter(|(_, cell, _)| cell.state == LabState::Stuck)
        .collect();
    html! {
        @if !matrix.common.is_empty() {
            (card("What holds up several", &html! {}, &html! {
                ul.plain { @for one in &matrix.common { li { b { (one.learners) } " in " (one.lab) ": " q { (one.check) } } } }
            }))
        }
        @if !stuck.is_empty() {
            (card("Stuck now", &html! {}, &html! {
                ul.plain {
                    @for (member, cell, lab) in &stuck {
                        li { a href={ "/class/" (member.person.id) } { (member.person.name) } " in " (lab) @if let Some(check) = &cell.failing { ": " q { (check) } } }
                    }
                }
            }))
        }
    }
}

fn cells(matrix: &CohortMatrix) -> Markup {
    let mut columns = vec![Column::text("Learner")];
    columns.extend(matrix.labs.iter().map(|lab| Column::text(&lab.title)));
    let row = |(member, cells): &(Member, Vec<LabCell>)| {
        let name = html! { a href={ "/class/" (member.person.id) } { (member.person.name) } };
        Row::new(std::iter::once(name).chain(cells.iter().map(cell)).collect())
    };
    let rows: Vec<Row> = matrix.rows.iter().map(row).collect();
    let why = "Read a class list, or add people under “People and tracks”.";
    table(
        "Learners and labs",
        &columns,
        &rows,
        &empty(Icon::Person, "Nobody is in this cohort yet", why, &html! {}),
    )
}

/// A cell in few words: a cohort of five hundred has thousands.
fn cell(cell: &LabCell) -> Markup {
    match cell.state {
        LabState::NotStarted => html! { span.quiet { "–" span.visually-hidden { "not started" } } },
        LabState::InProgress => html! { (cell.green) " of " (cell.musts) },
        LabState::Stuck => {
            html! { span.tag.tag-warn { (Icon::Alert) "stuck, " (cell.green) " of " (cell.musts) } }
        }
        LabState::Finished => html! { span.tag.tag-good { (Icon::Check) (percent(cell.score)) } },
    }
}
