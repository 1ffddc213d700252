//! Hands that reach FHIR without a network.

use std::sync::Arc;

use platform::Platform;
use platform::ehr::commands::run_command;
use platform::fhir::{Answer, Context, FhirError, Interaction, Refusal, pairs_of, perform};
use platform::labs::{Errand, GRADER, Hands, Program, Serving};
use serde_json::{Value, json};
use training::script::Reply;

pub(crate) struct InProcess(pub(crate) Arc<Platform>);

impl Hands for InProcess {
    fn serve(&self, _: Program) -> Result<Serving, String> {
        Err("nothing is served without a network".to_owned())
    }

    fn call(&self, errand: &Errand<'_>) -> Result<Reply, String> {
        let Some(person) = errand.person else { return Ok(Reply { status: 401, ..Reply::default() }) };
        let source = if errand.probing { GRADER } else { "client" };
        let Ok(access) = self.0.enter(person, errand.sandbox, source) else {
            return Ok(Reply { status: 404, ..Reply::default() });
        };
        let base_url = format!("http://test/s/{}/fhir", errand.sandbox);
        let context = Context {
            access: &access,
            base_url: &base_url,
            entropy: self.0.entropy(),
            limits: &self.0.limits().json,
        };
        if let Some(command) = errand.path.strip_prefix("/commands/") {
            let done = run_command(&context, command, errand.body.unwrap_or(&Value::Null));
            return Ok(Reply { status: if done.is_ok() { 200 } else { 422 }, ..Reply::default() });
        }
        let path = errand.path.strip_prefix("/fhir").ok_or("only /fhir and /commands are served here")?;
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let body = errand.body.map(|body| body.to_string().into_bytes()).unwrap_or_default();
        let parameters = pairs_of(query);
        let if_match = errand.headers.iter().find(|(name, _)| name == "If-Match");
        let if_match =
            if_match.and_then(|(_, value)| value.trim_start_matches("W/").trim_matches('"').parse().ok());
        let asked = match (errand.method, parts.as_slice()) {
            ("GET", [kind, id]) => Interaction::Read { kind, id, known_version: None },
            ("GET", [kind]) => Interaction::Search { kind, parameters: &parameters, strict: true },
            ("POST", [kind]) => Interaction::Create { kind, body: &body, if_none_exist: None },
            ("POST", []) => Interaction::Bundle { body: &body, give: platform::fhir::Give::Minimal },
            ("PUT", [kind, id]) => Interaction::Update { kind, id, body: &body, if_match },
            ("DELETE", [kind, id]) => Interaction::Delete { kind, id, if_match },
            other => return Err(format!("{other:?} is not served here")),
        };
        Ok(reply(perform(&context, &asked)))
    }
}

fn reply(result: Result<Answer, FhirError>) -> Reply {
    let read = |body: &[u8]| serde_json::from_slice(body).unwrap();
    match result {
        Ok(Answer::Resource(stored) | Answer::Updated(stored) | Answer::NotModified(stored)) => {
            Reply { status: 200, body: read(&stored.body), ..Reply::default() }
        }
        Ok(Answer::Created(stored)) => Reply { status: 201, body: read(&stored.body), ..Reply::default() },
        Ok(Answer::Deleted(_)) => Reply { status: 204, ..Reply::default() },
        Ok(Answer::Made(body) | Answer::Content { body, .. }) => {
            Reply { status: 200, body: read(&body), ..Reply::default() }
        }
        Err(error) => {
            let status = match error.refusal {
                Refusal::NotFound => 404,
                Refusal::Gone => 410,
                Refusal::VersionMismatch | Refusal::Ambiguous => 412,
                _ => 400,
            };
            Reply { status, body: json!({"text": error.to_string()}), ..Reply::default() }
        }
    }
}
