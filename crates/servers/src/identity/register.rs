use axum::Json;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use platform::identity::Registered;
use serde_json::{Value, json};

use super::gate::{Gate, refused};
use super::token::owner;

/// `POST …/auth/register` (RFC 7591).
pub(super) async fn register(gate: Gate, headers: HeaderMap, body: Bytes) -> Response {
    let by = owner(&gate, &headers).await;
    match gate.run(move |platform, access| platform.register_app(access, &body, by.as_deref())).await {
        Ok(registered) => {
            let body = Json(described(&registered));
            (StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], body).into_response()
        }
        Err(refusal) => refused(&refusal),
    }
}

/// What was registered, as the standard has it told (RFC 7591, 3.2.1).
fn described(registered: &Registered) -> Value {
    let client = &registered.client;
    let mut said = json!({
        "client_id": client.id,
        "client_id_issued_at": client.registered_us / 1_000_000,
        "client_name": client.name,
        "redirect_uris": client.redirect_uris,
        "token_endpoint_auth_method": client.authentication,
        "grant_types": client.grant_types,
        "response_types": ["code"],
    });
    if let Some(secret) = &registered.secret {
        said["client_secret"] = json!(secret);
        said["client_secret_expires_at"] = json!(0);
    }
    if let Some(scopes) = &client.scopes {
        said["scope"] = json!(scopes);
    }
    if let Some(launch_url) = &client.launch_url {
        said["launch_url"] = json!(launch_url);
    }
    if let Some(jwks) = &client.jwks {
        said["jwks"] = jwks.clone();
    }
    if let Some(address) = &client.jwks_uri {
        said["jwks_uri"] = json!(address);
    }
    said
}
