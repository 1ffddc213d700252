//! Storing (STOW-RS; PS3.18, 10.5).

use axum::body::Bytes;
use axum::extract::{FromRequest, Request as HttpRequest};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use platform::access::Access;
use platform::imaging::dimse::status;
use platform::imaging::{Incoming, KeepError, Kept, keep};
use serde_json::{Value, json};

use super::call::{Call, Request};
use super::multipart::{parameter, parts};
use crate::problem::Problem;
use crate::state::App;

/// A body, or why it is not taken.
pub(super) struct Files(Bytes);

impl FromRequest<App> for Files {
    type Rejection = Response;

    async fn from_request(request: HttpRequest, app: &App) -> Result<Self, Response> {
        let body = Bytes::from_request(request, app).await;
        body.map(Self)
            .map_err(|rejection| Problem::new(rejection.status(), rejection.body_text()).into_response())
    }
}

/// Keeps the files of a body, each for itself: what is wrong with one does not keep the others out.
pub(super) async fn store(call: Call, Files(body): Files) -> Response {
    call.serve(move |_, access, request| {
        let content_type = request.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let content_type = content_type.unwrap_or_default();
        let media = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let files = match media.as_str() {
            "multipart/related" => {
                let boundary = parameter(content_type, "boundary").unwrap_or_default();
                parts(&body, boundary).map_err(|what| Problem::new(StatusCode::BAD_REQUEST, what))?
            }
            "application/dicom" => vec![&body[..]],
            _ => {
                let what = "files are taken as multipart/related; type=\"application/dicom\", or one as application/dicom";
                return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, what));
            }
        };
        if files.is_empty() {
            return Err(Problem::new(StatusCode::BAD_REQUEST, "the body holds no part"));
        }
        Ok(report(request, &kept(access, request, &files)?))
    })
    .await
}

/// One file: kept, or the status and reason that says why not.
type Outcome = Result<Kept, (u16, String)>;

fn kept(access: &Access, request: &Request, files: &[&[u8]]) -> Result<Vec<Outcome>, Problem> {
    let one = |file: &&[u8]| {
        let kept = match &request.scope.study {
            Some(study) => platform::imaging::keep_in_study(access, file, study),
            None => keep(access, Incoming::File(file)),
        };
        match kept {
            Ok(kept) => Ok(Ok(kept)),
            Err(KeepError::Store(error)) => Err(error.into()),
            Err(error) => Ok(Err((code(&error), error.to_string()))),
        }
    };
    files.iter().map(one).collect()
}

fn code(error: &KeepError) -> u16 {
    match error {
        KeepError::Unreadable(_) => status::CANNOT_UNDERSTAND,
        KeepError::Mismatch { .. } => status::DOES_NOT_MATCH,
        KeepError::Other(_) => status::ALREADY_OTHERWISE,
        KeepError::Full => status::OUT_OF_RESOURCES,
        KeepError::Store(_) => status::PROCESSING_FAILURE,
    }
}

/// What became of each file (PS3.18, 10.5.3 and I.2).
fn report(request: &Request, outcomes: &[Outcome]) -> Response {
    let ui = |value: &str| json!({"vr": "UI", "Value": [value]});
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    let mut study = None;
    for outcome in outcomes {
        match outcome {
            Ok(Kept { indexed, .. }) => {
                let of_study = format!("{}/studies/{}", request.base_url, indexed.study);
                let url = format!("{of_study}/series/{}/instances/{}", indexed.series, indexed.sop_instance);
                study.get_or_insert(of_study);
                good.push(json!({
                    "00081150": ui(&indexed.sop_class),
                    "00081155": ui(&indexed.sop_instance),
                    "00081190": {"vr": "UR", "Value": [url]},
                }));
            }
            Err((code, what)) => bad.push(json!({
                "00081197": {"vr": "US", "Value": [code]},
                "00741048": {"vr": "LO", "Value": [what.chars().take(64).collect::<String>()]},
            })),
        }
    }
    let status = match (good.is_empty(), bad.is_empty()) {
        (false, true) => StatusCode::OK,
        (false, false) => StatusCode::ACCEPTED,
        _ => StatusCode::CONFLICT,
    };
    let mut body = json!({});
    if let Some(study) = study {
        body["00081190"] = json!({"vr": "UR", "Value": [study]});
    }
    let mut put = |tag: &str, items: Vec<Value>| {
        if !items.is_empty() {
            body[tag] = json!({"vr": "SQ", "Value": items});
        }
    };
    put("00081199", good);
    put("00081198", bad);
    super::search::json(status, &body)
}
