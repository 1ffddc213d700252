use identity::Code;
use identity::authorize::Request;
use identity::grant::{Grant, Subject};
use identity::scope::{Level, Scope, Scopes};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::error::IdentityError;
use super::keep::{Kind, event, forget, hashed, keep};
use super::launch::of_handle;
use super::sweep::sweep;
use crate::access::{Access, outcome};
use crate::people::secret::new_secret;
use crate::platform::Platform;

/// How long a code is good, in seconds (OAuth 2.1, 4.1.2: ten minutes at most; one is enough).
const CODE_S: i64 = 60;

/// What a person agreed to.
#[derive(Debug, Clone)]
pub struct Agreed {
    /// The scopes they left ticked.
    pub scopes: Scopes,
    /// The patient they chose, where the app asked for one.
    pub patient: Option<String>,
}

/// A code as it is kept, under its hash.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct KeptCode {
    pub(super) grant: Grant,
    pub(super) redirect_uri: String,
    pub(super) challenge: String,
    pub(super) nonce: Option<String>,
    pub(super) expires_us: i64,
    /// The family of its tokens, once it was used: used again, it ends them.
    pub(super) family: Option<String>,
}

impl Platform {
    /// What a person may grant of what is asked: a patient gives access to their own records alone, and nobody grants
    /// `system` scopes to an app by signing in.
    #[must_use]
    pub fn grantable(&self, request: &Request, subject: &Subject) -> Scopes {
        let is_patient = subject.is_patient();
        request.scopes.only(|scope| match scope {
            Scope::Resource(scope) => match scope.level {
                Level::Patient => true,
                Level::User => !is_patient,
                Level::System => false,
            },
            Scope::Launch => request.launch.is_some(),
            _ => true,
        })
    }

    /// The patient that context already gives: that of the launch, or the person themselves.
    ///
    /// # Errors
    /// When the launch is not one of this app and person.
    pub fn patient_in_context(
        &self,
        access: &Access,
        request: &Request,
        subject: &Subject,
    ) -> Result<Option<String>, IdentityError> {
        if let Some(handle) = &request.launch {
            let look = |view: store::sandbox::View<'_>| {
                of_handle(view, handle, &request.client, &subject.login, access.wall_us())
            };
            return Ok(Some(access.sandbox().view(look)?.patient));
        }
        Ok(subject.fhir_user.as_deref().and_then(|who| who.strip_prefix("Patient/")).map(str::to_owned))
    }

    /// Whether a patient must be chosen before this can be agreed to.
    #[must_use]
    pub fn needs_patient(&self, scopes: &Scopes) -> bool {
        scopes.has(&Scope::LaunchPatient) || scopes.has_level(Level::Patient)
    }

    /// Gives the client a code for what the person agreed to. A launch is used up by it.
    ///
    /// # Errors
    /// When nothing is granted, or a patient is needed and not there.
    pub fn agree(
        &self,
        access: &Access,
        request: &Request,
        subject: &Subject,
        agreed: Agreed,
    ) -> Result<String, IdentityError> {
        let in_context = self.patient_in_context(access, request, subject)?;
        let scopes = self.grantable(request, subject).meet(&agreed.scopes);
        if scopes.is_empty() {
            return Err(IdentityError::refused(Code::AccessDenied, "nothing was granted"));
        }
        let patient = match self.needs_patient(&scopes) || request.launch.is_some() {
            true => in_context.or(agreed.patient),
            false => None,
        };
        let code = new_secret(&*self.entropy);
        access.change("auth.consent", |change| {
            sweep(access, change)?;
            if self.needs_patient(&scopes) {
                let found =
                    patient.as_deref().map(|id| change.view().get("Patient", id)).transpose()?.flatten();
                if found.is_none_or(|stored| stored.deleted) {
                    return Err(IdentityError::refused(
                        Code::InvalidRequest,
                        "choose a patient of this hospital",
                    ));
                }
            }
            let encounter = match &request.launch {
                Some(handle) => {
                    let launch =
                        of_handle(change.view(), handle, &request.client, &subject.login, access.wall_us())?;
                    forget(change, Kind::Launch, &hashed(handle))?;
                    launch.encounter
                }
                None => None,
            };
            let detail = json!({
                "client": request.client, "login": subject.login, "scope": scopes, "patient": patient,
                "asked": request.scopes,
            });
            let grant = Grant {
                client: request.client.clone(),
                subject: Some(subject.clone()),
                scopes,
                patient,
                encounter,
            };
            let kept = KeptCode {
                grant,
                redirect_uri: request.redirect_uri.clone(),
                challenge: request.challenge.clone(),
                nonce: request.nonce.clone(),
                expires_us: access.wall_us() + CODE_S * 1_000_000,
                family: None,
            };
            keep(change, access, Kind::Code, &hashed(&code), &kept)?;
            change.note(&event(access, "auth.consent", outcome::OK, detail))?;
            Ok(())
        })?;
        Ok(code)
    }

    /// Journals that the person said no.
    pub fn disagree(
        &self,
        access: &Access,
        request: &Request,
        subject: &Subject,
    ) -> Result<(), IdentityError> {
        let detail = json!({"client": request.client, "login": subject.login, "asked": request.scopes});
        Ok(access.note(event(access, "auth.consent", Code::AccessDenied.word(), detail))?)
    }
}
