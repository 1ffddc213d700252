use axum::Json;
use axum::body::Bytes;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use platform::transparency::{self, Conduct, Edit, Submitted, TellSecond};
use serde::Deserialize;

use super::call::{Call, given};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    second: Option<TellSecond>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Behaves {
    conduct: Conduct,
}

/// `GET /log`: size, keys and witnesses.
pub(super) async fn summary(call: Call) -> Response {
    call.serve(|platform, access, _| Ok(Json(transparency::summary(platform, access)?).into_response())).await
}

/// `GET /log/checkpoint`: the newest, signed and cosigned.
pub(super) async fn checkpoint(call: Call) -> Response {
    let work = call.serve(|platform, access, request| {
        Ok(text(&transparency::checkpoint(platform, access, request.history?)?))
    });
    work.await
}

/// `GET /log/entries/{index}`: an entry's bytes, as the archive has them.
pub(super) async fn entry(call: Call) -> Response {
    let work = call.serve(|platform, access, request| {
        let bytes = transparency::entry(platform, access, request.number()?)?;
        let media = HeaderValue::from_static("application/octet-stream");
        Ok(([(header::CONTENT_TYPE, media)], bytes).into_response())
    });
    work.await
}

/// `GET /log/proofs/{index}`: that an entry is in the log.
pub(super) async fn proof(call: Call) -> Response {
    let work = call.serve(|platform, access, request| {
        let index = request.number()?;
        Ok(text(&transparency::proof(platform, access, index, request.history?)?))
    });
    work.await
}

/// `GET /log/growth/{old}`: that the log has only grown since it had so many entries.
pub(super) async fn growth(call: Call) -> Response {
    let work = call.serve(|platform, access, request| {
        let old = request.number()?;
        Ok(text(&transparency::growth(platform, access, old, request.history?)?))
    });
    work.await
}

/// `POST /log/entries/{index}`: what the archive says of an entry, changed by who administers it.
pub(super) async fn edit(call: Call, body: Bytes) -> Response {
    let work = call.serve(move |platform, access, request| {
        let edit: Edit = given(&body)?;
        transparency::edit(platform, access, request.number()?, &edit)?;
        Ok(Json(transparency::summary(platform, access)?).into_response())
    });
    work.await
}

/// `POST /log/verify`: whether a proof of anybody's log holds for an entry.
pub(super) async fn verify(call: Call, body: Bytes) -> Response {
    let work = call.serve(move |_, _, _| {
        let submitted: Submitted = given(&body)?;
        Ok(Json(transparency::verify(&submitted)).into_response())
    });
    work.await
}

/// `POST /log/operator`: whether the operator tells two histories.
pub(super) async fn operator(call: Call, body: Bytes) -> Response {
    let work = call.serve(move |platform, access, _| {
        let Told { second } = given(&body)?;
        transparency::tell_second(platform, access, second.as_ref())?;
        Ok(Json(transparency::summary(platform, access)?).into_response())
    });
    work.await
}

/// `POST /log/witnesses/{name}`: how a witness behaves.
pub(super) async fn witness(call: Call, body: Bytes) -> Response {
    let work = call.serve(move |platform, access, request| {
        let Behaves { conduct } = given(&body)?;
        transparency::set_conduct(platform, access, &request.part, conduct)?;
        Ok(Json(transparency::summary(platform, access)?).into_response())
    });
    work.await
}

fn text(form: &impl std::fmt::Display) -> Response {
    let media = HeaderValue::from_static("text/plain; charset=utf-8");
    ([(header::CONTENT_TYPE, media)], form.to_string()).into_response()
}
