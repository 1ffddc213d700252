use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use platform::kits::kit;
use platform::kits::report::{page, test_report};
use serde::Deserialize;

use super::begin::OfKit;
use super::run::load;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;

#[derive(Deserialize)]
pub(crate) struct OfReport {
    kit: String,
    run: String,
    form: String,
}

/// `GET …/kits/{kit}/{run}/report/{form}`: the report to take away: `page`, `json` or `fhir`.
pub(crate) async fn report(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfReport>,
) -> Result<Response, Fault> {
    let (kit, view) = (kit(&of.kit)?, load(&app, &inside, &of.run).await?);
    let record = &view.record;
    let pretty = |value: &serde_json::Value| serde_json::to_string_pretty(value).unwrap_or_default();
    let (kind, ending, text) = match of.form.as_str() {
        "page" => ("text/html; charset=utf-8", "html", page(kit, record)),
        "fhir" => ("application/fhir+json", "fhir.json", pretty(&test_report(record))),
        "json" => {
            let value = serde_json::to_value(record).map_err(|_| Fault::Broken)?;
            ("application/json", "json", pretty(&value))
        }
        other => return Err(Fault::Missing(format!("There is no report of the form '{other}'."))),
    };
    Ok(file(kind, &format!("{}-{}.{ending}", of.kit, of.run), text))
}

/// `GET …/kits/{kit}/sample`: what a server can be filled with.
pub(crate) async fn sample(_: Inside, Path(of): Path<OfKit>) -> Result<Response, Fault> {
    let sample = kit(&of.kit)?.sample;
    let sample = sample.ok_or_else(|| Fault::Missing("This kit needs no sample.".to_owned()))?;
    Ok(file("application/fhir+json", &format!("{}-sample.json", of.kit), sample.to_owned()))
}

/// A file to keep. It is not shown here: what is in it came from a stranger's server.
fn file(kind: &'static str, name: &str, text: String) -> Response {
    let name: String =
        name.chars().filter(|letter| letter.is_ascii_alphanumeric() || "-.".contains(*letter)).collect();
    let kept = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, kept)], text).into_response()
}
