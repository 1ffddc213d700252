use axum::Json;
use axum::body::Bytes;
use axum::extract::RawQuery;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use platform::exchange::{self, Decision, ExchangeError, Settings};
use serde::Deserialize;
use serde_json::json;

use super::call::{Call, given};
use crate::base_url::BaseUrl;
use crate::problem::Problem;

/// Where the second hospital's staff show their credential.
const CREDENTIAL: &str = "staff-credential";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Staff {
    name: String,
    role: String,
}

/// `GET /exchange`: how the gateway is set.
pub(super) async fn settings(call: Call) -> Response {
    let work = call.serve(|_, access, _| {
        let settings = exchange::settings(access)?.ok_or(ExchangeError::NotSet)?;
        Ok(Json(settings).into_response())
    });
    work.await
}

/// `PUT /exchange`: sets the gateway.
pub(super) async fn set(call: Call, body: Bytes) -> Response {
    let work = call.serve(move |_, access, _| {
        let settings: Settings = given(&body)?;
        Ok(Json(exchange::set(access, settings)?).into_response())
    });
    work.await
}

/// `GET /exchange/fhir/{*path}`: what the second hospital reads. A refusal is an OperationOutcome; what proves the decision
/// stands in the headers of both.
pub(super) async fn read(
    call: Call,
    BaseUrl(house): BaseUrl,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let credential = headers.get(CREDENTIAL).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let work = call.serve(move |platform, access, request| {
        let query = query.unwrap_or_default();
        let base = format!("{house}/s/{}/exchange/fhir", access.sandbox().id());
        let read = exchange::read(platform, access, (&request.part, &query), &base, credential.as_deref())?;
        let (status, body) = match read.body {
            Some(body) => (StatusCode::OK, body),
            None => (StatusCode::FORBIDDEN, refusal(&read.decision)),
        };
        let mut response = (status, body).into_response();
        let media = HeaderValue::from_static("application/fhir+json");
        response.headers_mut().insert(header::CONTENT_TYPE, media);
        prove(response.headers_mut(), &read.decision);
        Ok(response)
    });
    work.await
}

/// `POST /exchange/staff`: a credential for somebody of the second hospital.
pub(super) async fn issue(call: Call, BaseUrl(house): BaseUrl, body: Bytes) -> Response {
    let work = call.serve(move |platform, access, _| {
        let Staff { name, role } = given(&body)?;
        Ok(Json(exchange::issue(platform, access, &house, (&name, &role))?).into_response())
    });
    work.await
}

/// `DELETE /exchange/staff/{number}`: a credential, revoked.
pub(super) async fn revoke(call: Call) -> Response {
    let work = call.serve(|_, access, request| {
        let number = u32::try_from(request.number()?).unwrap_or(u32::MAX);
        exchange::revoke(access, number)?;
        Ok(StatusCode::NO_CONTENT.into_response())
    });
    work.await
}

/// `GET /exchange/status`: the signed list of revoked credentials.
pub(super) async fn status(call: Call, BaseUrl(house): BaseUrl) -> Response {
    let work = call.serve(move |platform, access, _| {
        let list = exchange::status_list(platform, access, &house)?;
        let media = HeaderValue::from_static("application/vc+jwt");
        Ok(([(header::CONTENT_TYPE, media)], list).into_response())
    });
    work.await
}

fn refusal(decision: &Decision) -> Vec<u8> {
    let issue = json!({"severity": "error", "code": "forbidden", "diagnostics": decision.why});
    json!({"resourceType": "OperationOutcome", "issue": [issue]}).to_string().into_bytes()
}

fn prove(headers: &mut HeaderMap, decision: &Decision) {
    let block = format!("{} {}", decision.block, decision.block_hash);
    let event = decision.event.as_ref().map(|event| event.transaction.clone());
    for (name, value) in [("consent-block", Some(block)), ("consent-transaction", event)] {
        let value = value.and_then(|value| HeaderValue::try_from(value).ok());
        if let Some(value) = value {
            headers.insert(name, value);
        }
    }
}

impl From<ExchangeError> for Problem {
    fn from(error: ExchangeError) -> Self {
        let status = match error {
            ExchangeError::NotSet => StatusCode::CONFLICT,
            ExchangeError::NoCredential(_) => StatusCode::NOT_FOUND,
            ExchangeError::Settings(_) | ExchangeError::Path(_) => StatusCode::UNPROCESSABLE_ENTITY,
            ExchangeError::Store(error) => return error.into(),
        };
        Self::new(status, error.to_string())
    }
}
