use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::Response;
use platform::imaging::{Level, WebQuery};
use serde_json::Value;

use super::call::Call;
use crate::problem::Problem;

/// The DICOM JSON model (PS3.18, F).
pub(super) const DICOM_JSON: &str = "application/dicom+json";

/// Searches (QIDO-RS; PS3.18, 10.6).
pub(super) async fn search(call: Call, level: Level) -> Response {
    call.serve(move |_, access, request| {
        request.refuse_unless_takes(&[DICOM_JSON, "application/json"])?;
        let within = (request.scope.study.as_deref(), request.scope.series.as_deref());
        let query = WebQuery { level, within, pairs: &request.pairs };
        let found = platform::imaging::search(access, &request.base_url, &query)?;
        let (found, more) = found.map_err(|what| Problem::new(StatusCode::BAD_REQUEST, what))?;
        let mut response = json(StatusCode::OK, &Value::Array(found));
        if more {
            let what = header::HeaderValue::from_static(
                "299 practicum \"There are more results; ask for them with offset\"",
            );
            response.headers_mut().insert(header::WARNING, what);
        }
        Ok(response)
    })
    .await
}

/// A document of the DICOM JSON model.
pub(super) fn json(status: StatusCode, value: &Value) -> Response {
    let mut response = Response::new(Body::from(value.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(DICOM_JSON));
    response
}
