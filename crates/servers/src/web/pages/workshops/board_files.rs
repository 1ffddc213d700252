use axum::extract::{Path, State};
use axum::response::Response;

use super::report::file;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::visitor::Visitor;

/// `GET /workshops/{workshop}/board.md`.
pub(super) async fn markdown(
    State(app): State<App>,
    visitor: Visitor,
    Path(workshop): Path<String>,
) -> Result<Response, Fault> {
    let text = app.run(move |platform| platform.board_markdown(&visitor.person, &workshop)).await?;
    Ok(file("board.md", "text/markdown; charset=utf-8", text))
}

/// `GET /workshops/{workshop}/board-cards.csv`.
pub(super) async fn cards(
    State(app): State<App>,
    visitor: Visitor,
    Path(workshop): Path<String>,
) -> Result<Response, Fault> {
    let text = app.run(move |platform| platform.board_cards_csv(&visitor.person, &workshop)).await?;
    Ok(file("board-cards.csv", "text/csv; charset=utf-8", text))
}

/// `GET /workshops/{workshop}/board-table.csv`.
pub(super) async fn table(
    State(app): State<App>,
    visitor: Visitor,
    Path(workshop): Path<String>,
) -> Result<Response, Fault> {
    let text = app.run(move |platform| platform.board_table_csv(&visitor.person, &workshop)).await?;
    Ok(file("board-table.csv", "text/csv; charset=utf-8", text))
}
