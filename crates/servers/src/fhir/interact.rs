//! One handler for each kind of request.

use axum::extract::OriginalUri;
use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use platform::fhir::{Answer, HistoryParameters, Interaction, pairs_of, part_of};
use standards::fhir::outcome::IssueCode;

use super::call::{Asked, Call, Instance, Request, Type, Version};
use super::headers;
use super::respond::outcome;
use super::wishes::Wishes;
use crate::body::{FhirBody, PatchBody, ResourceBody};

pub(super) async fn read(call: Call<Instance>) -> Response {
    call.perform(|request, ask| {
        let Instance { kind, id } = &request.at;
        let known_version = headers::version(&request.headers, &header::IF_NONE_MATCH).unwrap_or_default();
        let given = ask(&Interaction::Read { kind, id, known_version })?;
        shaped(request, given)
    })
    .await
}

pub(super) async fn vread(call: Call<Version>) -> Response {
    call.perform(|request, ask| {
        let Version { kind, id, version } = &request.at;
        let given = ask(&Interaction::Vread { kind, id, version })?;
        shaped(request, given)
    })
    .await
}

pub(super) async fn create(call: Call<Type>, ResourceBody(body): ResourceBody) -> Response {
    call.perform(move |request, ask| {
        let if_none_exist = headers::text(&request.headers, "if-none-exist");
        let if_none_exist = if_none_exist.as_deref();
        ask(&Interaction::Create { kind: &request.at.kind, body: &body, if_none_exist })
    })
    .await
}

pub(super) async fn update(call: Call<Instance>, ResourceBody(body): ResourceBody) -> Response {
    call.perform(move |request, ask| {
        let Instance { kind, id } = &request.at;
        let if_match = headers::version(&request.headers, &header::IF_MATCH)?;
        ask(&Interaction::Update { kind, id, body: &body, if_match })
    })
    .await
}

pub(super) async fn update_where(call: Call<Type>, ResourceBody(body): ResourceBody) -> Response {
    call.perform(move |request, ask| {
        let Request { at: Type { kind }, query, .. } = request;
        ask(&Interaction::ConditionalUpdate { kind, condition: query, body: &body })
    })
    .await
}

pub(super) async fn patch(call: Call<Instance>, PatchBody(patch): PatchBody) -> Response {
    call.perform(move |request, ask| {
        let Instance { kind, id } = &request.at;
        let if_match = headers::version(&request.headers, &header::IF_MATCH)?;
        ask(&Interaction::Patch { kind, id, patch: &patch, if_match })
    })
    .await
}

pub(super) async fn patch_where(call: Call<Type>, PatchBody(patch): PatchBody) -> Response {
    call.perform(move |request, ask| {
        let Request { at: Type { kind }, query: condition, .. } = request;
        let if_match = headers::version(&request.headers, &header::IF_MATCH)?;
        ask(&Interaction::ConditionalPatch { kind, condition, patch: &patch, if_match })
    })
    .await
}

pub(super) async fn delete_where(call: Call<Type>) -> Response {
    call.perform(|request, ask| {
        let Request { at: Type { kind }, query: condition, .. } = request;
        ask(&Interaction::ConditionalDelete { kind, condition })
    })
    .await
}

pub(super) async fn delete(call: Call<Instance>) -> Response {
    call.perform(|request, ask| {
        let Instance { kind, id } = &request.at;
        let if_match = headers::version(&request.headers, &header::IF_MATCH)?;
        ask(&Interaction::Delete { kind, id, if_match })
    })
    .await
}

pub(super) async fn history(call: Call<Instance>) -> Response {
    call.perform(|request, ask| {
        let Instance { kind, id } = &request.at;
        let parameters = HistoryParameters::read(&pairs_of(&request.query))?;
        ask(&Interaction::History { kind, id: Some(id), parameters })
    })
    .await
}

pub(super) async fn system_history(call: Call<()>) -> Response {
    call.perform(|request, ask| {
        let parameters = HistoryParameters::read(&pairs_of(&request.query))?;
        ask(&Interaction::SystemHistory { parameters })
    })
    .await
}

pub(super) async fn type_history(call: Call<Type>) -> Response {
    call.perform(|request, ask| {
        let parameters = HistoryParameters::read(&pairs_of(&request.query))?;
        ask(&Interaction::History { kind: &request.at.kind, id: None, parameters })
    })
    .await
}

pub(super) async fn bundle(call: Call<()>, FhirBody(body): FhirBody) -> Response {
    call.perform(move |request, ask| {
        let give = Wishes::of_entries(&request.headers);
        ask(&Interaction::Bundle { body: &body, give })
    })
    .await
}

pub(super) async fn no_such_address(OriginalUri(uri): OriginalUri) -> Response {
    let what =
        format!("'{}' is not an address of this FHIR server; see /metadata for what it offers", uri.path());
    outcome(StatusCode::NOT_FOUND, IssueCode::NotFound, &what)
}

pub(super) async fn no_such_method(method: Method, OriginalUri(uri): OriginalUri) -> Response {
    let what = format!("{method} is not offered at '{}'; see /metadata for what is", uri.path());
    outcome(StatusCode::METHOD_NOT_ALLOWED, IssueCode::NotSupported, &what)
}

/// What a read gave, as far as the client does not have it already, and as much of it as was asked for.
fn shaped<P>(request: &Request<P>, given: Answer) -> Asked {
    match given {
        Answer::Resource(stored) if headers::has_since(&request.headers, stored.updated_us) => {
            Ok(Answer::NotModified(stored))
        }
        Answer::Resource(stored) => Ok(Answer::Resource(part_of(stored, &pairs_of(&request.query))?)),
        other => Ok(other),
    }
}
