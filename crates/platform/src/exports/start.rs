use std::sync::Arc;

use serde_json::{Value, json};
use standards::fhir::outcome::IssueCode;

use super::job::{Job, State};
use super::level::Level;
use super::part::{About, members_of};
use super::request::Request;
use super::work::{Work, make_folder};
use crate::access::outcome;
use crate::fhir::{Context, FhirError, Refusal, alive, kinds_in_whole, pairs_of, parameters_of};
use crate::ids::new_id;
use crate::platform::Platform;

/// The journal kind of everything about exports.
pub(super) const KIND: &str = "fhir.export";

impl Platform {
    /// Begins to export the hospital as it is now, and returns the id of the job. Parameters stand in the address's `query`
    /// or in a Parameters resource, `body`.
    ///
    /// # Errors
    /// When a parameter cannot be used, the group is not there, or too many exports are at work ([`Refusal::Busy`]).
    pub fn start_export(
        &self,
        context: &Context<'_>,
        level: Level<'_>,
        query: &str,
        body: Option<&[u8]>,
        lenient: bool,
    ) -> Result<String, FhirError> {
        let given = given(context, query, body);
        let mut detail = level.detail();
        detail["query"] = text_of(given.as_deref().unwrap_or_default()).into();
        let begun = given.and_then(|pairs| self.begin(context, level, query, &pairs, lenient));
        let outcome = match &begun {
            Ok(id) => {
                detail["job"] = id.as_str().into();
                outcome::OK
            }
            Err(error) => {
                detail["issues"] = error.issues.iter().map(|issue| issue.diagnostics.clone()).collect();
                error.refusal.word()
            }
        };
        detail["step"] = "asked".into();
        context.access.note(context.access.event(KIND, None, outcome, detail))?;
        begun
    }

    fn begin(
        &self,
        context: &Context<'_>,
        level: Level<'_>,
        query: &str,
        pairs: &[(String, String)],
        lenient: bool,
    ) -> Result<String, FhirError> {
        let access = context.access;
        if self.export_frozen(access)? {
            let what = "the security desk has frozen exports; it says when they go on";
            return Err(FhirError::new(Refusal::Forbidden, IssueCode::Suppressed, what));
        }
        self.exports.sweep(self.clock.now_us());
        let Request { since_us, types, filters } = Request::read(context, level, pairs, lenient)?;
        let about = about(context, level)?;
        let sandbox = access.sandbox();
        let id = new_id(context.entropy);
        let folder = self.exports.folder_of(sandbox.id(), &id);
        let job = Arc::new(Job::new(sandbox.id(), access.actor(), folder, access.wall_us()));
        self.exports.admit(&id, &job)?;
        let given_up = |error: FhirError| {
            job.set(State::Failed { expires_us: 0 });
            self.exports.remove(&id);
            error
        };
        make_folder(&job).map_err(|error| given_up(error.into()))?;
        let frozen = sandbox.freeze(&job.folder.join("hospital.sqlite"));
        let frozen = frozen.map_err(|error| given_up(error.into()))?;
        let present = frozen.view().types().map_err(|error| given_up(error.into()))?;
        let wanted =
            |kind: &String| level.holds(kind) && types.as_ref().is_none_or(|types| types.contains(kind));
        let marks = if query.is_empty() { "" } else { "?" };
        let kinds = present.into_iter().filter(wanted).collect();
        let kinds = kinds_in_whole(context, kinds, types.as_ref()).map_err(given_up)?;
        let work = Work {
            job: Arc::clone(&job),
            id: id.clone(),
            access: access.clone(),
            clock: Arc::clone(&self.clock),
            kinds,
            frozen,
            since_us,
            filters,
            about,
            transaction_us: access.virtual_us(),
            request: format!("{}/{}{marks}{query}", context.base_url, level.path()),
        };
        let spawned = std::thread::Builder::new().name("export".to_owned()).spawn(move || work.run());
        if let Err(error) = spawned {
            tracing::error!(%error, "the thread of an export could not be started");
            let what = "the server failed and changed nothing; its log says why";
            return Err(given_up(FhirError::new(Refusal::Internal, IssueCode::Exception, what)));
        }
        Ok(id)
    }
}

/// The parameters of an address and of a body.
fn given(
    context: &Context<'_>,
    query: &str,
    body: Option<&[u8]>,
) -> Result<Vec<(String, String)>, FhirError> {
    let mut pairs = pairs_of(query);
    if let Some(body) = body {
        pairs.extend(parameters_of(body, context.limits)?);
    }
    Ok(pairs)
}

/// Parameters as people read them.
fn text_of(pairs: &[(String, String)]) -> String {
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// Whom the resources of a level are about.
fn about(context: &Context<'_>, level: Level<'_>) -> Result<About, FhirError> {
    match level {
        Level::System => Ok(About::Anything),
        Level::Patients => Ok(About::Patients),
        Level::Group(id) => {
            let found = context.access.sandbox().view(|view| view.get("Group", id))?;
            let group = alive(found, "Group", id)?;
            Ok(About::These { ids: members_of(&group.body), base_url: context.base_url.to_owned() })
        }
    }
}

/// The particulars of a job for the journal.
pub(super) fn detail(step: &str, job: &str) -> Value {
    json!({"step": step, "job": job})
}
