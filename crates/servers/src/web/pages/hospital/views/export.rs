use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use platform::fhir::{Answer, Context, Interaction, Place, perform};
use serde_json::json;

use super::bench::Written;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::inside::Inside;

/// `POST …/views/export`: every row as CSV, by the operation that clients ask for too.
pub(crate) async fn export(
    State(app): State<App>,
    inside: Inside,
    form: PageForm<Written>,
) -> Result<Response, Fault> {
    let text = form.fields.text;
    let name = serde_json::from_str::<serde_json::Value>(&text).ok();
    let name = name.and_then(|view| view["name"].as_str().map(plain)).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| "view".to_owned());
    let (enter, base_url) = (inside.access(), inside.fhir());
    let made = app.run(move |platform| {
        let access = enter(platform)?;
        let context = Context {
            access: &access,
            base_url: &base_url,
            entropy: platform.entropy(),
            limits: &platform.limits().json,
        };
        let parameters = [json!({"name": "viewResource", "valueString": text})];
        let body = json!({"resourceType": "Parameters", "parameter": parameters}).to_string().into_bytes();
        let query = [("_format".to_owned(), "csv".to_owned())];
        let place = Place::Type("ViewDefinition");
        let asked = Interaction::Operation { name: "run", place, query: &query, body: Some(&body) };
        perform(&context, &asked).map_err(Fault::from)
    });
    let Answer::Content { media_type, body } = made.await? else { return Err(Fault::Broken) };
    let kept = format!("attachment; filename=\"{name}.csv\"");
    let headers = [(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, kept)];
    Ok((headers, body).into_response())
}

/// A name as it can stand in a file's.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter)).take(60).collect()
}
