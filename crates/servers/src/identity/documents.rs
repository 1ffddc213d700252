use axum::Json;
use axum::response::Response;
use serde_json::{Value, json};

use super::gate::{Gate, refused};

/// What of SMART is offered (SMART App Launch 2.2, 8.1).
const CAPABILITIES: [&str; 17] = [
    "launch-ehr",
    "launch-standalone",
    "authorize-post",
    "client-public",
    "client-confidential-symmetric",
    "client-confidential-asymmetric",
    "sso-openid-connect",
    "context-banner",
    "context-ehr-patient",
    "context-ehr-encounter",
    "context-standalone-patient",
    "permission-offline",
    "permission-online",
    "permission-patient",
    "permission-user",
    "permission-v1",
    "permission-v2",
];

/// `GET …/fhir/.well-known/smart-configuration`, and the same under `auth`.
pub(crate) async fn smart_configuration(gate: Gate) -> Json<Value> {
    let mut document = described(&gate);
    document["capabilities"] = json!(CAPABILITIES);
    Json(document)
}

/// `GET …/auth/.well-known/openid-configuration` (OIDC Discovery 1.0).
pub(super) async fn openid_configuration(gate: Gate) -> Json<Value> {
    let mut document = described(&gate);
    document["subject_types_supported"] = json!(["public"]);
    document["id_token_signing_alg_values_supported"] = json!(["ES384"]);
    document["claims_supported"] = json!(["iss", "sub", "aud", "exp", "iat", "nonce", "fhirUser", "name"]);
    Json(document)
}

/// `GET …/auth/jwks`.
pub(super) async fn jwks(gate: Gate) -> Response {
    match gate.run(|platform, access| Ok(platform.jwks(access)?)).await {
        Ok(keys) => axum::response::IntoResponse::into_response(Json(keys)),
        Err(refusal) => refused(&refusal),
    }
}

fn described(gate: &Gate) -> Value {
    json!({
        "issuer": gate.issuer(),
        "jwks_uri": gate.at("jwks"),
        "authorization_endpoint": gate.at("authorize"),
        "token_endpoint": gate.at("token"),
        "registration_endpoint": gate.at("register"),
        "introspection_endpoint": gate.at("introspect"),
        "revocation_endpoint": gate.at("revoke"),
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none", "client_secret_basic", "private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ["ES384", "RS384"],
        "authorization_response_iss_parameter_supported": true,
        "scopes_supported": [
            "openid", "fhirUser", "profile", "launch", "launch/patient", "launch/encounter", "offline_access",
            "online_access", "patient/*.cruds", "user/*.cruds", "system/*.cruds",
        ],
    })
}
