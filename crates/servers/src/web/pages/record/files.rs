use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::visitor::Visitor;

/// `GET /record/{id}/hours.csv`.
pub(super) async fn hours(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let text = app.run(move |platform| platform.record_hours_csv(&visitor.person, &id)).await?;
    Ok(file("text/csv; charset=utf-8", "hours.csv", text.into_bytes()))
}

/// `GET /record/{id}/record.zip`.
pub(super) async fn archive(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let bytes = app.run(move |platform| platform.record_archive(&visitor.person, &id)).await?;
    Ok(file("application/zip", "record.zip", bytes))
}

/// `GET /record/due.ics`: what the visitor has to do.
pub(super) async fn due(State(app): State<App>, visitor: Visitor) -> Result<Response, Fault> {
    let text = app.run(move |platform| platform.record_calendar(&visitor.person)).await?;
    Ok(file("text/calendar; charset=utf-8", "apprenticeship.ics", text.into_bytes()))
}

fn file(media_type: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}
