//! Frames as pictures (WADO-RS rendered; PS3.18, 10.4.1.1.3).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use platform::imaging::dataset::read;
use platform::imaging::picture::{Frame, PictureError, Window, frame_bytes};

use super::call::{Call, Request};
use super::retrieve::{numbers, one, unfit, whole};
use crate::problem::Problem;

/// JPEG Baseline, which every browser draws.
const JPEG_BASELINE: &str = "1.2.840.10008.1.2.4.50";

/// One frame as PNG, or as the JPEG it is kept as.
pub(super) async fn rendered(call: Call) -> Response {
    call.serve(|_, access, request| {
        request.refuse_unless_takes(&["image/png", "image/jpeg", "image/*"])?;
        let window = window(request)?;
        let object = one(access, request, "rendered")?;
        let syntax = object.meta().syntax.clone();
        let [number] = numbers(&request.frames)?[..] else {
            return Err(Problem::new(StatusCode::BAD_REQUEST, "one frame is drawn at a time"));
        };
        let (header, layout) = read(object.dataset(), &syntax).map_err(|error| unfit(&error))?;
        let mut response = if syntax == JPEG_BASELINE {
            let frame = frame_bytes(&header, &layout, object.dataset(), number);
            whole("image/jpeg", frame.map_err(|error| problem(&error))?.to_vec())
        } else {
            let frame = Frame::read(&header, &layout, object.dataset(), &syntax, number);
            whole("image/png", frame.and_then(|frame| frame.png(window)).map_err(|error| problem(&error))?)
        };
        // An object never changes under its UID, and is nobody else's to see.
        let keep = HeaderValue::from_static("private, max-age=3600");
        response.headers_mut().insert(header::CACHE_CONTROL, keep);
        Ok(response)
    })
    .await
}

fn problem(error: &PictureError) -> Problem {
    let status = match error {
        PictureError::NoPixels | PictureError::NoFrame { .. } => StatusCode::NOT_FOUND,
        PictureError::Unfit(_) => StatusCode::UNPROCESSABLE_ENTITY,
        PictureError::NotDrawn(_) => StatusCode::NOT_ACCEPTABLE,
    };
    Problem::new(status, error.to_string())
}

/// `window=center,width`, with or without the function after it, which is always the linear one.
fn window(request: &Request) -> Result<Option<Window>, Problem> {
    let Some((_, text)) = request.pairs.iter().find(|(name, _)| name == "window") else { return Ok(None) };
    let mut values = text.split(',');
    let mut number = || values.next()?.trim().parse().ok().filter(|number: &f64| number.is_finite());
    match (number(), number().filter(|width| *width >= 1.0)) {
        (Some(center), Some(width)) => Ok(Some(Window { center, width })),
        _ => {
            let what = format!(
                "window is '{text}', but it must be a center and a width of at least 1, such as 40,80"
            );
            Err(Problem::new(StatusCode::BAD_REQUEST, what))
        }
    }
}
