use axum::Json;
use axum::body::Bytes;
use axum::response::{IntoResponse, Response};
use platform::chains;
use serde_json::json;

use super::call::Call;

/// `GET /eth`: the accounts that everybody may use, with their keys.
pub(super) async fn accounts(call: Call) -> Response {
    call.serve(|_, _, _| Ok(Json(json!({"accounts": chains::accounts()})).into_response())).await
}

/// `POST /eth`: Ethereum's JSON-RPC. The status is 200 whatever the answer says, as clients expect.
pub(super) async fn rpc(call: Call, body: Bytes) -> Response {
    call.serve(move |platform, access, _| Ok(Json(chains::serve(platform, access, &body)?).into_response()))
        .await
}
