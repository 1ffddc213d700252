use identity::authorize::{Refused, Request};
use identity::client::Client;
use identity::{Code, Refusal};
use serde_json::json;

use super::error::IdentityError;
use super::keep::event;
use crate::access::Access;
use crate::platform::Platform;

impl Platform {
    /// Reads an authorization request to the FHIR server at `audience`. A refusal is journalled.
    ///
    /// # Errors
    /// [`Refused`], with where it is to be said.
    pub fn authorization(
        &self,
        access: &Access,
        parameters: &[(String, String)],
        audience: &str,
    ) -> Result<(Request, Client), Refused> {
        let failed = |error: store::StoreError| {
            tracing::error!(%error, "an authorization request failed in the store");
            Refused::Here(Refusal::new(Code::ServerError, "the server failed; its log says why"))
        };
        let named = Request::client_of(parameters);
        let client = named.map(|id| self.app(access, id)).transpose().map_err(failed)?.flatten();
        match Request::read(parameters, client.as_ref(), audience) {
            Ok(request) => client
                .map(|client| (request, client))
                .ok_or_else(|| Refused::Here(Refusal::new(Code::InvalidClient, "no such app"))),
            Err(refused) => {
                let (Refused::Here(refusal) | Refused::Back { refusal, .. }) = &refused;
                let detail = json!({"client": named, "why": refusal.what});
                access.note(event(access, "auth.authorize", refusal.code.word(), detail)).map_err(failed)?;
                Err(refused)
            }
        }
    }
}

impl From<IdentityError> for Refusal {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::Refused(refusal) => refusal,
            IdentityError::TooMany { wait_s } => {
                Self::new(Code::InvalidRequest, format!("too many tries; wait {wait_s} seconds"))
            }
            IdentityError::Store(error) => {
                tracing::error!(%error, "the identity provider failed in the store");
                Self::new(Code::ServerError, "the server failed; its log says why")
            }
        }
    }
}
