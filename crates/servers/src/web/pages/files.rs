use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use platform::programme::NamedFile;

use super::fault::Fault;
use super::form::again;
use super::visitor::Visitor;
use crate::signed_in::find;
use crate::state::App;

/// Files that a signed-in person sent from one of our pages, once the form's CSRF token is found right.
pub(crate) struct SentFiles {
    pub(crate) visitor: Visitor,
    pub(crate) files: Vec<NamedFile>,
}

impl FromRequest<App> for SentFiles {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let headers = request.headers().clone();
        let signed_in = find(app, &headers).await.map_err(|_| Fault::Broken.into_response())?;
        let signed_in = signed_in.ok_or_else(|| again(&headers, &Fault::SignedOut))?;
        let mut form =
            Multipart::from_request(request, app).await.map_err(|_| Fault::Unreadable.into_response())?;
        let (mut token, mut files) = (String::new(), Vec::new());
        while let Some(field) = form.next_field().await.map_err(|error| refusal(&error))? {
            match field.name() {
                Some("csrf") => token = field.text().await.map_err(|error| refusal(&error))?,
                Some("files") => {
                    let name = field.file_name().unwrap_or_default().to_owned();
                    let bytes = field.bytes().await.map_err(|error| refusal(&error))?;
                    if !name.is_empty() {
                        files.push(NamedFile { name, bytes: bytes.to_vec() });
                    }
                }
                _ => {}
            }
        }
        if !signed_in.csrf.as_ref().is_some_and(|known| known.matches(&token)) {
            return Err(again(&headers, &Fault::OutOfDate));
        }
        Ok(Self { visitor: Visitor::of(signed_in, &headers), files })
    }
}

/// Work that a signed-in person sent from one of our pages, once the form's CSRF token is found right: fields, and one file or none.
pub(crate) struct SentWork {
    pub(crate) visitor: Visitor,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) file: Option<NamedFile>,
}

impl FromRequest<App> for SentWork {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let headers = request.headers().clone();
        let signed_in = find(app, &headers).await.map_err(|_| Fault::Broken.into_response())?;
        let signed_in = signed_in.ok_or_else(|| again(&headers, &Fault::SignedOut))?;
        let mut form =
            Multipart::from_request(request, app).await.map_err(|_| Fault::Unreadable.into_response())?;
        let (mut token, mut fields, mut file) = (String::new(), Vec::new(), None);
        while let Some(field) = form.next_field().await.map_err(|error| refusal(&error))? {
            let name = field.name().unwrap_or_default().to_owned();
            if name == "file" {
                let called = field.file_name().unwrap_or_default().to_owned();
                let bytes = field.bytes().await.map_err(|error| refusal(&error))?;
                file = (!called.is_empty()).then(|| NamedFile { name: called, bytes: bytes.to_vec() });
                continue;
            }
            let text = field.text().await.map_err(|error| refusal(&error))?;
            if name == "csrf" { token = text } else { fields.push((name, text)) }
        }
        if !signed_in.csrf.as_ref().is_some_and(|known| known.matches(&token)) {
            return Err(again(&headers, &Fault::OutOfDate));
        }
        Ok(Self { visitor: Visitor::of(signed_in, &headers), fields, file })
    }
}

/// A model that a signed-in person sent from one of our pages, once the form's CSRF token is found right.
pub(crate) struct SentModel {
    pub(crate) fields: ModelFields,
    pub(crate) file: Vec<u8>,
}

/// What goes with the file of a model.
#[derive(Debug, Default)]
pub(crate) struct ModelFields {
    pub(crate) name: String,
    pub(crate) task: String,
    pub(crate) columns: String,
}

impl FromRequest<App> for SentModel {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let headers = request.headers().clone();
        let signed_in = find(app, &headers).await.map_err(|_| Fault::Broken.into_response())?;
        let signed_in = signed_in.ok_or_else(|| again(&headers, &Fault::SignedOut))?;
        let mut form =
            Multipart::from_request(request, app).await.map_err(|_| Fault::Unreadable.into_response())?;
        let (mut token, mut fields, mut file) = (String::new(), ModelFields::default(), Vec::new());
        while let Some(field) = form.next_field().await.map_err(|error| refusal(&error))? {
            let name = field.name().unwrap_or_default().to_owned();
            if name == "files" {
                file = field.bytes().await.map_err(|error| refusal(&error))?.to_vec();
                continue;
            }
            let text = field.text().await.map_err(|error| refusal(&error))?.trim().to_owned();
            match name.as_str() {
                "csrf" => token = text,
                "name" => fields.name = text,
                "task" => fields.task = text,
                "columns" => fields.columns = text,
                _ => {}
            }
        }
        if !signed_in.csrf.as_ref().is_some_and(|known| known.matches(&token)) {
            return Err(again(&headers, &Fault::OutOfDate));
        }
        Ok(Self { fields, file })
    }
}

fn refusal(error: &MultipartError) -> Response {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Fault::Refused(
            "The files are larger than 16 MB together; send them as a ZIP archive.".to_owned(),
        )
        .into_response();
    }
    Fault::Unreadable.into_response()
}
