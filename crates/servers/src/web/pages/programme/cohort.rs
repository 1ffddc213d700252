use axum::extract::{Path, State};
use maud::{Markup, html};

use super::cohorts::learners;
use super::frame::{CohortTab, cohort_page};
use super::grid::grid;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::visitor::Visitor;
use crate::web::ui::filtered;

/// `GET /programme/cohorts/{cohort}`: the matrix, which looks again by itself.
pub(super) async fn cohort(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Markup, Fault> {
    let (person, wanted) = (visitor.person.clone(), id.clone());
    let matrix = app.run(move |platform| platform.cohort_matrix(&person, &wanted)).await?;
    let intro = format!(
        "{}, {} labs. Stuck means: for ten minutes nothing has come to pass, and a check fails. This page looks again every ten seconds.",
        learners(matrix.rows.len()),
        matrix.labs.len()
    );
    let live = html! {
        div.stack hx-get={ "/programme/cohorts/" (id) "/matrix" } hx-trigger="every 10s" hx-swap="innerHTML" { (grid(&matrix)) }
    };
    let content = filtered("filter-matrix", "Filter the learners", matrix.rows.len(), &live);
    Ok(cohort_page(&visitor, (&id, &matrix.cohort.title), CohortTab::Matrix, &intro, &content))
}
