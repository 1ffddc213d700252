use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use maud::html;
use platform::StoreError;
use platform::cds_client::ClientError;
use platform::ehr::roles::{Denied, RoleError};
use platform::engine::InterfaceError;
use platform::fhir::{FhirError, Refusal};
use platform::flow::FlowTrouble;
use platform::identity::IdentityError;
use platform::labs::LabError;
use platform::lake::LakeError;
use platform::models::StudyError;
use platform::people::PeopleError;
use platform::sandboxes::SandboxError;
use platform::transparency::LogError;

use crate::problem::Problem;
use crate::web::ui::{Look, Page, Tone, link_button, narrow_sheet, notice, page};

/// Why a page cannot be shown.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// There is nothing here, or nothing for this person.
    Missing(String),
    /// The session ended while a form was open.
    SignedOut,
    /// The form's token is not the session's.
    OutOfDate,
    /// The form's fields cannot be read.
    Unreadable,
    /// It cannot be done as asked; the words say why.
    Refused(String),
    /// The role worked as may not do this; the words say which one may.
    Denied(String),
    /// The chart is restricted, and opens to whoever gives a reason.
    Restricted(String),
    /// We failed.
    Broken,
}

impl Fault {
    fn parts(&self) -> (StatusCode, &str, &str) {
        match self {
            Self::Missing(what) => (StatusCode::NOT_FOUND, "Nothing here", what),
            Self::SignedOut => (
                StatusCode::UNAUTHORIZED,
                "You are signed out",
                "Sign in again; what you typed was not saved.",
            ),
            Self::OutOfDate => (
                StatusCode::FORBIDDEN,
                "This page is out of date",
                "Go back, load the page again, and send the form once more. Nothing was changed.",
            ),
            Self::Unreadable => (
                StatusCode::BAD_REQUEST,
                "This form could not be read",
                "Go back and send it again. Nothing was changed.",
            ),
            Self::Refused(why) => (StatusCode::UNPROCESSABLE_ENTITY, "That cannot be done", why),
            Self::Denied(why) => (StatusCode::FORBIDDEN, "Not permitted", why),
            Self::Restricted(why) => (StatusCode::FORBIDDEN, "This chart is restricted", why),
            Self::Broken => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Practicum failed",
                "Nothing was changed. Try again; if it stays so, the server's log says why.",
            ),
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let (status, title, why) = self.parts();
        let next = match &self {
            Self::SignedOut => link_button("Sign in", "/sign-in", Look::Primary),
            _ => link_button("Home", "/", Look::Primary),
        };
        let content = html! { (notice(Tone::Bad, None, &html! { p { (why) } })) p { (next) } };
        let shown = page(&Page { title, ..Page::default() }, &narrow_sheet(title, &content));
        let mut response = (status, shown).into_response();
        if matches!(self, Self::Denied(_) | Self::Restricted(_)) {
            // Inside a hospital it is drawn there, beside the switch to another role.
            response.extensions_mut().insert(self);
        }
        response
    }
}

impl From<SandboxError> for Fault {
    fn from(error: SandboxError) -> Self {
        match error {
            SandboxError::NotYours(_) => Self::Missing(error.to_string()),
            SandboxError::Invalid(why) => Self::Refused(why),
            SandboxError::Store(error) => error.into(),
        }
    }
}

impl From<FlowTrouble> for Fault {
    fn from(error: FlowTrouble) -> Self {
        match error {
            FlowTrouble::Store(error) => error.into(),
            other => Self::Refused(other.to_string()),
        }
    }
}

impl From<LakeError> for Fault {
    fn from(error: LakeError) -> Self {
        match error {
            LakeError::NoSnapshot | LakeError::UnknownSnapshot(_) => Self::Missing(error.to_string()),
            LakeError::Denied(_) | LakeError::Refused(_) => Self::Denied(error.to_string()),
            LakeError::Store(error) => error.into(),
            other => Self::Refused(other.to_string()),
        }
    }
}

impl From<StudyError> for Fault {
    fn from(error: StudyError) -> Self {
        match error {
            StudyError::Unknown(why) => Self::Missing(why),
            StudyError::Denied(denied) => denied.into(),
            StudyError::Store(error) => error.into(),
            other => Self::Refused(other.to_string()),
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound { .. } => Self::Missing(error.to_string()),
            StoreError::Conflict { .. } | StoreError::Full { .. } => Self::Refused(error.to_string()),
            other => {
                tracing::error!(error = %other, "a page could not be shown");
                Self::Broken
            }
        }
    }
}

impl From<LabError> for Fault {
    fn from(error: LabError) -> Self {
        match error {
            LabError::NoSuchLab(_)
            | LabError::NoSuchPart { .. }
            | LabError::NotYours(_)
            | LabError::NotInstructor => Self::Missing(error.to_string()),
            LabError::Sandbox(error) => error.into(),
            LabError::Store(error) => error.into(),
            LabError::Resolve(_) | LabError::Fault { .. } => {
                tracing::error!(%error, "a lab could not be started");
                Self::Refused(format!("This lab cannot be started in this hospital: {error}"))
            }
            other => Self::Refused(other.to_string()),
        }
    }
}

impl From<Denied> for Fault {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied.to_string())
    }
}

impl From<LogError> for Fault {
    fn from(error: LogError) -> Self {
        match error {
            LogError::NoEntry { .. } | LogError::NoSize { .. } | LogError::NoWitness(_) => {
                Self::Missing(error.to_string())
            }
            LogError::OneHistory | LogError::Rewritten { .. } => Self::Refused(error.to_string()),
            LogError::Store(error) => error.into(),
        }
    }
}

impl From<ClientError> for Fault {
    fn from(error: ClientError) -> Self {
        match error {
            ClientError::Unknown(what) => Self::Missing(what),
            ClientError::Invalid(_) => Self::Refused(error.to_string()),
            ClientError::Denied(denied) => denied.into(),
            ClientError::Fhir(error) => error.into(),
            ClientError::Store(error) => error.into(),
        }
    }
}

impl From<IdentityError> for Fault {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::Store(error) => error.into(),
            other => Self::Refused(other.to_string()),
        }
    }
}

impl From<InterfaceError> for Fault {
    fn from(error: InterfaceError) -> Self {
        match error {
            InterfaceError::NoChannel(_)
            | InterfaceError::NoVersion { .. }
            | InterfaceError::NoMessage(_) => Self::Missing(error.to_string()),
            InterfaceError::Denied(denied) => denied.into(),
            InterfaceError::Store(error) => error.into(),
            InterfaceError::NotStarted { .. }
            | InterfaceError::OtherName { .. }
            | InterfaceError::Problems(_) => Self::Refused(error.to_string()),
        }
    }
}

impl From<RoleError> for Fault {
    fn from(error: RoleError) -> Self {
        match error {
            RoleError::Unknown { .. } => Self::Refused(error.to_string()),
            RoleError::Store(error) => error.into(),
        }
    }
}

/// What an error says, without the word for its kind.
fn said(error: &FhirError) -> String {
    let all: Vec<&str> = error.issues.iter().map(|issue| issue.diagnostics.as_str()).collect();
    all.join("; ")
}

impl From<FhirError> for Fault {
    fn from(error: FhirError) -> Self {
        match error.refusal {
            Refusal::NotFound | Refusal::Gone => Self::Missing(error.to_string()),
            // The platform has logged what the store said.
            Refusal::Internal => Self::Broken,
            Refusal::Forbidden => Self::Denied(said(&error)),
            Refusal::Restricted => Self::Restricted(said(&error)),
            _ => Self::Refused(error.to_string()),
        }
    }
}

impl From<PeopleError> for Fault {
    fn from(error: PeopleError) -> Self {
        match error {
            PeopleError::Store(error) => error.into(),
            other => Self::Refused(other.to_string()),
        }
    }
}

/// What every address that is nothing else shows: a page, or a problem document under `/api` and `/s`.
pub(super) async fn no_such_page(uri: Uri) -> Response {
    let path = uri.path();
    let what = format!("There is nothing at '{path}'.");
    if path.starts_with("/api") || path.starts_with("/s/") {
        return Problem::new(StatusCode::NOT_FOUND, what).into_response();
    }
    Fault::Missing(what).into_response()
}
