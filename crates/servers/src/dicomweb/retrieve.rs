//! Retrieving (WADO-RS; PS3.18, 10.4): objects, their attributes, their frames.

use std::convert::Infallible;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use platform::imaging::dataset::{first, is_encapsulated, read, to_json};
use platform::imaging::picture::frame_bytes;
use platform::imaging::{Archive, Object, Scope, look_up, tags};
use serde_json::Value;

use super::call::{Call, Request, not_there};
use super::multipart::{BOUNDARY, end, part};
use super::search::{DICOM_JSON, json};
use crate::problem::Problem;

const DICOM: &str = "application/dicom";
const BYTES: &str = "application/octet-stream";
/// Frames that one request retrieves.
const FRAMES_MAX: usize = 1_000;

/// Every object of a study or series, or one of them, as files: each is fetched when its turn comes. A client that takes
/// `application/dicom` alone gets a single object without a part around it.
pub(super) async fn objects(call: Call) -> Response {
    let way_in = call.way_in();
    let alone = call.request.scope.sop_instance.is_some() && !call.request.takes(&["multipart/related"]);
    let found = call
        .serve(move |_, access, request| {
            request.refuse_unless_takes(&[DICOM, "multipart/related"])?;
            let found = look_up(access, &request.scope, "objects")?;
            if found.is_empty() {
                return Err(not_there());
            }
            if alone {
                let object = Archive::of(access).named(&request.scope)?.ok_or_else(not_there)?;
                return Ok(whole(DICOM, object.plain_file()));
            }
            let mut response = Response::new(Body::empty());
            response.extensions_mut().insert(Listed(found.iter().map(scope_of).collect()));
            Ok(response)
        })
        .await;
    let Some(Listed(objects)) = found.extensions().get::<Listed>().cloned() else { return found };
    let parts = unfold((objects.into_iter(), way_in, false), |(mut objects, way_in, over)| async move {
        if over {
            return None;
        }
        let Some(scope) = objects.next() else { return Some((Ok(end().into()), (objects, way_in, true))) };
        let (app, who, sandbox) = way_in.clone();
        let loaded = app.run(move |platform| {
            let access = platform.enter(&who.person, &sandbox, who.source)?;
            Ok::<_, platform::sandboxes::SandboxError>(Archive::of(&access).named(&scope)?)
        });
        let bytes: Bytes = match loaded.await {
            Ok(Some(object)) => part(&type_of(&object), &object.plain_file()).into(),
            // It went while others were sent; what is listed after it still comes.
            Ok(None) => Bytes::new(),
            Err(error) => {
                tracing::error!(%error, "a study could not be retrieved to its end");
                return None;
            }
        };
        Some((Ok::<_, Infallible>(bytes), (objects, way_in, false)))
    });
    multipart(DICOM, Body::from_stream(parts))
}

/// The objects that an answer is to hold.
#[derive(Clone)]
struct Listed(Vec<Scope>);

fn scope_of(header: &platform::imaging::dataset::Dataset) -> Scope {
    Scope {
        patient_id: Some(first(header, tags::PATIENT_ID)).filter(|id| !id.is_empty()),
        study: Some(first(header, tags::STUDY_INSTANCE_UID)),
        series: Some(first(header, tags::SERIES_INSTANCE_UID)),
        sop_instance: Some(first(header, tags::SOP_INSTANCE_UID)),
    }
}

/// The attributes of every object, without pixels and values of more than four kilobytes.
pub(super) async fn metadata(call: Call) -> Response {
    call.serve(|_, access, request| {
        request.refuse_unless_takes(&[DICOM_JSON, "application/json"])?;
        let found = look_up(access, &request.scope, "metadata")?;
        if found.is_empty() {
            return Err(not_there());
        }
        Ok(json(StatusCode::OK, &Value::Array(found.iter().map(to_json).collect())))
    })
    .await
}

/// Frames as they are kept: uncompressed bytes, or one compressed picture each.
pub(super) async fn frames(call: Call) -> Response {
    call.serve(|_, access, request| {
        let object = one(access, request, "frames")?;
        let (header, layout) =
            read(object.dataset(), &object.meta().syntax).map_err(|error| unfit(&error))?;
        let media = frame_type(&object.meta().syntax);
        request.refuse_unless_takes(&[BYTES, media, "multipart/related"])?;
        let mut body = Vec::new();
        for number in numbers(&request.frames)? {
            let frame =
                frame_bytes(&header, &layout, object.dataset(), number).map_err(|error| unfit(&error))?;
            body.extend(part(&format!("{media}; transfer-syntax={}", object.meta().syntax), frame));
        }
        body.extend(end());
        Ok(multipart(media, Body::from(body)))
    })
    .await
}

/// The object that the address names; retrieving it is journalled.
pub(super) fn one(
    access: &platform::access::Access,
    request: &Request,
    taken: &str,
) -> Result<Object, Problem> {
    if look_up(access, &request.scope, taken)?.is_empty() {
        return Err(not_there());
    }
    Archive::of(access).named(&request.scope)?.ok_or_else(not_there)
}

/// What an object does not have.
pub(super) fn unfit(error: &dyn std::fmt::Display) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, error.to_string())
}

/// Frame numbers from 1, parted by commas.
pub(super) fn numbers(text: &str) -> Result<Vec<usize>, Problem> {
    let read: Option<Vec<usize>> = text.split(',').map(|number| number.trim().parse().ok()).collect();
    read.filter(|numbers| (1..=FRAMES_MAX).contains(&numbers.len()) && !numbers.contains(&0)).ok_or_else(
        || {
            let what = format!("frames are numbers from 1, parted by commas; found '{text}'");
            Problem::new(StatusCode::BAD_REQUEST, what)
        },
    )
}

fn frame_type(syntax: &str) -> &'static str {
    match syntax {
        "1.2.840.10008.1.2.4.50"
        | "1.2.840.10008.1.2.4.51"
        | "1.2.840.10008.1.2.4.57"
        | "1.2.840.10008.1.2.4.70" => "image/jpeg",
        "1.2.840.10008.1.2.4.80" | "1.2.840.10008.1.2.4.81" => "image/jls",
        "1.2.840.10008.1.2.4.90" | "1.2.840.10008.1.2.4.91" => "image/jp2",
        "1.2.840.10008.1.2.5" => "image/dicom-rle",
        other if is_encapsulated(other) => "image/jphc",
        _ => BYTES,
    }
}

fn type_of(object: &Object) -> String {
    format!("{DICOM}; transfer-syntax={}", object.meta().syntax)
}

fn multipart(media: &str, body: Body) -> Response {
    let content_type = format!("multipart/related; type=\"{media}\"; boundary={BOUNDARY}");
    ([(header::CONTENT_TYPE, content_type)], body).into_response()
}

/// A body that is no multipart.
pub(super) fn whole(media: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    response
}
