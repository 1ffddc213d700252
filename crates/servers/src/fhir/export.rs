//! Bulk data (Bulk Data Access IG, STU 2): asking for an export, looking after it, and fetching its files.

use std::fs::File;
use std::io::{self, Read};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::OriginalUri;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::Response;
use axum::routing::get;
use futures_util::stream::try_unfold;
use platform::exports::{ExportStatus, Level};
use platform::fhir::{FhirError, Refusal};
use serde::Deserialize;
use standards::fhir::outcome::IssueCode;

use super::call::{Call, Instance, Request, Type};
use super::headers::prefers;
use super::interact::no_such_address;
use super::respond::{done, fhir_json, refusal, set};
use crate::body::FhirBody;
use crate::http_date::http_date;
use crate::state::App;

/// The export operation, by the type that it is offered on, none for the service base, with its definition.
pub(super) const EXPORTS: [(Option<&str>, &str); 3] = [
    (None, "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/export"),
    (Some("Group"), "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/group-export"),
    (Some("Patient"), "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/patient-export"),
];

const NDJSON: &str = "application/fhir+ndjson";
/// Seconds after which looking again is worth while.
const LOOK_AGAIN_S: &str = "1";
/// Bytes of a file that are read at a time.
const CHUNK_BYTES: usize = 256 << 10;

/// The address of an export.
#[derive(Deserialize)]
struct OfJob {
    job: String,
}

/// The address of a file of an export.
#[derive(Deserialize)]
struct OfFile {
    job: String,
    file: String,
}

/// Adds the addresses of exports.
pub(super) fn with_exports(router: Router<App>) -> Router<App> {
    router
        .route("/$export", get(|call| of_system(call, None)).post(|call, body| of_system(call, Some(body))))
        .route(
            "/{kind}/$export",
            get(|uri, call| of_type(uri, call, None)).post(|uri, call, body| of_type(uri, call, Some(body))),
        )
        .route(
            "/{kind}/{id}/$export",
            get(|uri, call| of_instance(uri, call, None))
                .post(|uri, call, body| of_instance(uri, call, Some(body))),
        )
        .route("/$export-status/{job}", get(status).delete(cancel))
        .route("/$export-file/{job}/{file}", get(fetch))
}

async fn of_system(call: Call<()>, body: Option<FhirBody>) -> Response {
    start(call, body, |()| Level::System).await
}

async fn of_type(uri: OriginalUri, call: Call<Type>, body: Option<FhirBody>) -> Response {
    match call.request.at.kind.as_str() {
        "Patient" => start(call, body, |_| Level::Patients).await,
        _ => no_such_address(uri).await,
    }
}

async fn of_instance(uri: OriginalUri, call: Call<Instance>, body: Option<FhirBody>) -> Response {
    match call.request.at.kind.as_str() {
        "Group" => start(call, body, |Instance { id, .. }| Level::Group(id)).await,
        _ => no_such_address(uri).await,
    }
}

async fn start<P: Send + 'static>(
    call: Call<P>,
    body: Option<FhirBody>,
    level: impl FnOnce(&P) -> Level<'_> + Send + 'static,
) -> Response {
    call.serve(move |platform, context, request: &Request<P>| {
        if !prefers(&request.headers, "respond-async") {
            let what = "an export takes a while; ask for it with the header Prefer: respond-async";
            return refusal(&FhirError::new(Refusal::Malformed, IssueCode::Processing, what));
        }
        let lenient = prefers(&request.headers, "handling=lenient");
        let Request { at, query, .. } = request;
        let body = body.as_ref().map(|FhirBody(body)| body.as_ref());
        match platform.start_export(context, level(at), query, body, lenient) {
            Ok(job) => {
                let place = format!("{}/$export-status/{job}", context.base_url);
                let mut response =
                    fhir_json(StatusCode::ACCEPTED, done("the export has begun; look at Content-Location"));
                set(&mut response, header::CONTENT_LOCATION, &place);
                response
            }
            Err(error) => refusal(&error),
        }
    })
    .await
}

async fn status(call: Call<OfJob>) -> Response {
    call.serve(|platform, context, request| {
        match platform.export_status(context.access, context.base_url, &request.at.job) {
            Ok(ExportStatus::Running { progress }) => {
                let mut response = Response::new(Body::empty());
                *response.status_mut() = StatusCode::ACCEPTED;
                set(&mut response, HeaderName::from_static("x-progress"), &progress);
                set(&mut response, header::RETRY_AFTER, LOOK_AGAIN_S);
                response
            }
            Ok(ExportStatus::Done { manifest, expires_us }) => {
                let mut response = Response::new(Body::from(manifest));
                set(&mut response, header::CONTENT_TYPE, "application/json");
                set(&mut response, header::EXPIRES, &http_date(expires_us));
                response
            }
            Err(error) => refusal(&error),
        }
    })
    .await
}

async fn cancel(call: Call<OfJob>) -> Response {
    call.serve(|platform, context, request| match platform.cancel_export(context.access, &request.at.job) {
        Ok(()) => fhir_json(StatusCode::ACCEPTED, done("the export is ended, and its files are deleted")),
        Err(error) => refusal(&error),
    })
    .await
}

async fn fetch(call: Call<OfFile>) -> Response {
    call.serve(|platform, context, request| {
        let OfFile { job, file } = &request.at;
        match platform.export_file(context.access, job, file) {
            Ok(found) => {
                let mut response = Response::new(stream(found.file));
                set(&mut response, header::CONTENT_TYPE, NDJSON);
                set(&mut response, header::CONTENT_LENGTH, &found.size_bytes.to_string());
                response
            }
            Err(error) => refusal(&error),
        }
    })
    .await
}

/// A file as a body, read as fast as the client takes it.
fn stream(file: File) -> Body {
    let chunks = try_unfold(file, |mut file| async {
        let read = tokio::task::spawn_blocking(move || {
            let mut chunk = vec![0; CHUNK_BYTES];
            let length = file.read(&mut chunk)?;
            chunk.truncate(length);
            Ok::<_, io::Error>((length > 0).then(|| (Bytes::from(chunk), file)))
        });
        read.await.map_err(io::Error::other)?
    });
    Body::from_stream(chunks)
}
