use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use platform::fhir::Refusal;
use serde_json::{Value, json};

use crate::fhir;

/// An error of the JSON API as a problem document (RFC 9457).
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    status: StatusCode,
    detail: String,
    more: Vec<(&'static str, Value)>,
}

impl Problem {
    /// A problem: what happened, and what to try.
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), more: Vec::new() }
    }

    /// The same with a member of its own.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.more.push((name, value.into()));
        self
    }

    /// A failure of ours: logged whole, told in brief.
    pub(crate) fn internal(error: &dyn std::error::Error) -> Self {
        tracing::error!(error = %error, "a request failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the server failed and changed nothing; its log says why",
        )
    }
}

impl From<Problem> for Response<Body> {
    fn from(problem: Problem) -> Self {
        let mut body = json!({
            "type": "about:blank",
            "title": problem.status.canonical_reason().unwrap_or("Error"),
            "status": problem.status.as_u16(),
            "detail": problem.detail,
        });
        for (name, value) in problem.more {
            body[name] = value;
        }
        let mut response = Response::new(Body::from(body.to_string()));
        *response.status_mut() = problem.status;
        let media = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, media);
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response<Body> {
        self.into()
    }
}

impl From<platform::sandboxes::SandboxError> for Problem {
    fn from(error: platform::sandboxes::SandboxError) -> Self {
        use platform::sandboxes::SandboxError;
        match error {
            SandboxError::NotYours(_) => Self::new(StatusCode::NOT_FOUND, error.to_string()),
            SandboxError::Invalid(what) => Self::new(StatusCode::UNPROCESSABLE_ENTITY, what),
            SandboxError::Store(error) => error.into(),
        }
    }
}

impl From<platform::StoreError> for Problem {
    fn from(error: platform::StoreError) -> Self {
        use platform::StoreError;
        match error {
            StoreError::NotFound { .. } => Self::new(StatusCode::NOT_FOUND, error.to_string()),
            StoreError::Conflict { .. } => Self::new(StatusCode::CONFLICT, error.to_string()),
            StoreError::Full { .. } => Self::new(StatusCode::TOO_MANY_REQUESTS, error.to_string()),
            other => Self::internal(&other),
        }
    }
}

impl From<platform::cds_services::ServiceError> for Problem {
    fn from(error: platform::cds_services::ServiceError) -> Self {
        use platform::cds_services::ServiceError;
        let status = match error {
            ServiceError::Unknown(_) => StatusCode::NOT_FOUND,
            ServiceError::Stopped(_) => StatusCode::SERVICE_UNAVAILABLE,
            ServiceError::Invalid(_) => StatusCode::BAD_REQUEST,
            // The code that CDS Hooks 2.0 asks for where prefetched data is lacking.
            ServiceError::Missing { .. } => StatusCode::PRECONDITION_FAILED,
            ServiceError::Store(error) => return error.into(),
        };
        Self::new(status, error.to_string())
    }
}

impl From<platform::models::StudyError> for Problem {
    fn from(error: platform::models::StudyError) -> Self {
        use platform::models::StudyError;
        let said = error.to_string();
        match error {
            StudyError::Unknown(_) => Self::new(StatusCode::NOT_FOUND, said),
            StudyError::Busy(_) => Self::new(StatusCode::CONFLICT, said),
            StudyError::Invalid(_) | StudyError::Model(_) | StudyError::Lake { .. } => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, said)
            }
            StudyError::Denied(denied) => Self::new(StatusCode::FORBIDDEN, said)
                .with("role", denied.role)
                .with("permission", denied.permission),
            StudyError::Store(error) => error.into(),
        }
    }
}

impl From<platform::cds_client::ClientError> for Problem {
    fn from(error: platform::cds_client::ClientError) -> Self {
        use platform::cds_client::ClientError;
        let said = error.to_string();
        match error {
            ClientError::Unknown(_) => Self::new(StatusCode::NOT_FOUND, said),
            ClientError::Invalid(problems) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, said).with("problems", problems)
            }
            ClientError::Denied(denied) => Self::new(StatusCode::FORBIDDEN, said)
                .with("role", denied.role)
                .with("permission", denied.permission),
            ClientError::Fhir(error) => error.into(),
            ClientError::Store(error) => error.into(),
        }
    }
}

impl From<platform::ehr::roles::RoleError> for Problem {
    fn from(error: platform::ehr::roles::RoleError) -> Self {
        use platform::ehr::roles::RoleError;
        match error {
            RoleError::Unknown { .. } => Self::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()),
            RoleError::Store(error) => error.into(),
        }
    }
}

impl From<platform::people::PeopleError> for Problem {
    fn from(error: platform::people::PeopleError) -> Self {
        use platform::people::PeopleError;
        match error {
            PeopleError::WrongPassword | PeopleError::WrongLink => {
                Self::new(StatusCode::UNAUTHORIZED, error.to_string())
            }
            PeopleError::TooMany { wait_s } => {
                Self::new(StatusCode::TOO_MANY_REQUESTS, error.to_string()).with("wait_s", wait_s)
            }
            PeopleError::Invalid { field, .. } => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()).with("field", field)
            }
            PeopleError::Store(error) => error.into(),
        }
    }
}

impl From<platform::labs::LabError> for Problem {
    fn from(error: platform::labs::LabError) -> Self {
        use platform::labs::LabError;
        let status = match error {
            LabError::NoSuchLab(_) | LabError::NotYours(_) => StatusCode::NOT_FOUND,
            LabError::NotInstructor => StatusCode::FORBIDDEN,
            LabError::NoSandbox | LabError::Over(_) | LabError::NotBegun(_) | LabError::Hint(_) => {
                StatusCode::CONFLICT
            }
            LabError::NoSuchPart { .. }
            | LabError::TooLong { .. }
            | LabError::Resolve(_)
            | LabError::Fault { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            LabError::Sandbox(error) => return error.into(),
            LabError::Store(error) => return error.into(),
        };
        Self::new(status, error.to_string())
    }
}

impl From<platform::engine::InterfaceError> for Problem {
    fn from(error: platform::engine::InterfaceError) -> Self {
        use platform::engine::InterfaceError;
        let said = error.to_string();
        match error {
            InterfaceError::NoChannel(_)
            | InterfaceError::NoVersion { .. }
            | InterfaceError::NoMessage(_) => Self::new(StatusCode::NOT_FOUND, said),
            InterfaceError::NotStarted { .. } => Self::new(StatusCode::CONFLICT, said),
            InterfaceError::OtherName { .. } => Self::new(StatusCode::UNPROCESSABLE_ENTITY, said),
            InterfaceError::Problems(problems) => {
                let told = serde_json::to_value(problems).unwrap_or_default();
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, said).with("problems", told)
            }
            InterfaceError::Denied(denied) => Self::new(StatusCode::FORBIDDEN, said)
                .with("role", denied.role)
                .with("permission", denied.permission),
            InterfaceError::Store(error) => error.into(),
        }
    }
}

impl From<platform::fhir::FhirError> for Problem {
    fn from(error: platform::fhir::FhirError) -> Self {
        if error.refusal == Refusal::Internal {
            return Self::internal(&error);
        }
        Self::new(fhir::status_of(error.refusal), error.to_string())
    }
}

impl From<platform::ehr::commands::CommandError> for Problem {
    fn from(error: platform::ehr::commands::CommandError) -> Self {
        use platform::ehr::commands::{CommandError, EhrError};
        let said = error.to_string();
        match error {
            CommandError::Unknown { .. } => Self::new(StatusCode::NOT_FOUND, said),
            CommandError::Refused(EhrError::Fields(problems)) => {
                let wrong = problems
                    .iter()
                    .map(|one| json!({"field": one.field, "what": one.what, "remedy": one.remedy}));
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, said).with("fields", wrong.collect::<Vec<_>>())
            }
            CommandError::Refused(EhrError::Duplicate(alike)) => {
                let alike = alike.iter().map(|one| json!({"id": one.id, "name": one.name, "mrn": one.mrn}));
                Self::new(StatusCode::CONFLICT, said).with("alike", alike.collect::<Vec<_>>())
            }
            CommandError::Refused(EhrError::Support(firings)) => Self::new(StatusCode::CONFLICT, said)
                .with("firings", serde_json::to_value(firings).unwrap_or_default()),
            CommandError::Denied(denied) => Self::new(StatusCode::FORBIDDEN, said)
                .with("role", denied.role)
                .with("permission", denied.permission),
            CommandError::Fhir(error) => error.into(),
        }
    }
}

impl From<platform::lake::LakeError> for Problem {
    fn from(error: platform::lake::LakeError) -> Self {
        use platform::lake::{Cause, LakeError};
        let said = error.to_string();
        match error {
            LakeError::NoEngine => Self::new(StatusCode::SERVICE_UNAVAILABLE, said),
            LakeError::NoSnapshot | LakeError::UnknownSnapshot(_) | LakeError::UnknownQuestion(_) => {
                Self::new(StatusCode::NOT_FOUND, said)
            }
            LakeError::Busy(_) => Self::new(StatusCode::CONFLICT, said),
            LakeError::Refused(_) => Self::new(StatusCode::FORBIDDEN, said),
            LakeError::Denied(denied) => Self::new(StatusCode::FORBIDDEN, said)
                .with("role", denied.role)
                .with("permission", denied.permission),
            LakeError::Reason(_) | LakeError::Question(_) | LakeError::Policy(_) | LakeError::View { .. } => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, said)
            }
            LakeError::Trouble(trouble) => {
                let status = match trouble.cause {
                    Cause::Question | Cause::Limit => StatusCode::UNPROCESSABLE_ENTITY,
                    Cause::Forbidden => StatusCode::FORBIDDEN,
                    Cause::Busy => StatusCode::TOO_MANY_REQUESTS,
                    Cause::Internal => StatusCode::INTERNAL_SERVER_ERROR,
                };
                let problem = Self::new(status, said);
                match trouble.place {
                    None => problem,
                    Some((line, column)) => problem.with("line", line).with("column", column),
                }
            }
            LakeError::Store(error) => error.into(),
        }
    }
}

impl From<platform::flow::FlowTrouble> for Problem {
    fn from(error: platform::flow::FlowTrouble) -> Self {
        use platform::flow::FlowTrouble;
        let said = error.to_string();
        match error {
            FlowTrouble::NoPlan => Self::new(StatusCode::NOT_FOUND, said),
            FlowTrouble::TooFew { .. } => Self::new(StatusCode::CONFLICT, said),
            FlowTrouble::Plan(_) | FlowTrouble::Flow(_) => Self::new(StatusCode::UNPROCESSABLE_ENTITY, said),
            FlowTrouble::Records(_) => Self::new(StatusCode::INTERNAL_SERVER_ERROR, said),
            FlowTrouble::Store(error) => error.into(),
        }
    }
}
