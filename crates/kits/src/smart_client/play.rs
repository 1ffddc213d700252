//! The hospital that a run plays to an app.

use identity::scope::{Level, Permissions, Scope, Scopes};
use serde_json::{Value, json};

use super::records::{self, PATIENT};
use super::story::{Heard, Story};
use crate::form::with_query;
use crate::run::{Inbound, Said};

/// How long a token is said to be good, in seconds.
const LIFE_S: u32 = 300;

/// How the hospital behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// As it should.
    Sound,
    /// The person says no.
    Denies,
    /// The answer has another state than the request: somebody else's answer.
    MixesState,
    /// The token has ended before it is used.
    Ends,
}

/// One launch: what is played, and what was heard.
pub(super) struct Play {
    /// The kit's own address, without a slash at its end.
    pub(super) here: String,
    /// The address that the app registered.
    pub(super) redirect_uri: String,
    pub(super) manner: Manner,
    /// Of codes and tokens of this launch.
    pub(super) secret: String,
    pub(super) story: Story,
}

impl Play {
    /// Answers a call. True if nothing more is needed to judge the launch.
    pub(super) fn answer(&mut self, call: &Inbound) -> (Said, bool) {
        let mut heard = Heard::of(call);
        let said = if heard.method == "OPTIONS" { self.allowed() } else { self.said(&heard) };
        let has_read = heard.is_fhir() && said.status == 200;
        heard.status = said.status;
        self.story.heard.push(heard);
        (said, has_read)
    }

    fn said(&mut self, heard: &Heard) -> Said {
        match heard.path.as_str() {
            "fhir/.well-known/smart-configuration" => given(200, &self.document()),
            "fhir/metadata" => given(
                200,
                &json!({
                    "resourceType": "CapabilityStatement", "status": "active", "kind": "instance", "fhirVersion": "4.0.1",
                    "format": ["json"], "rest": [{"mode": "server"}],
                }),
            ),
            "auth/authorize" => self.authorize(heard),
            "auth/token" => self.token(heard),
            _ if heard.path.starts_with("fhir/") => self.fhir(heard),
            _ => given(404, &json!({"error": "not_found"})),
        }
    }

    fn document(&self) -> Value {
        let here = &self.here;
        json!({
            "issuer": format!("{here}/auth"),
            "authorization_endpoint": format!("{here}/auth/authorize"),
            "token_endpoint": format!("{here}/auth/token"),
            "grant_types_supported": ["authorization_code"],
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["none", "client_secret_basic"],
            "scopes_supported": ["launch", "launch/patient", "patient/*.rs"],
            "capabilities": [
                "launch-ehr", "launch-standalone", "client-public", "context-ehr-patient", "context-standalone-patient",
                "permission-patient", "permission-v2",
            ],
        })
    }

    /// Sends the browser back at once: this person always agrees, or never.
    fn authorize(&mut self, heard: &Heard) -> Said {
        let get =
            |name: &str| heard.query.get(name).or_else(|| heard.form.get(name)).cloned().unwrap_or_default();
        if get("redirect_uri") != self.redirect_uri {
            return given(
                400,
                &json!({"error": "invalid_request", "error_description": "redirect_uri is not registered"}),
            );
        }
        let state = match self.manner {
            Manner::MixesState => format!("{}-of-somebody-else", get("state")),
            _ => get("state"),
        };
        let fields = if self.manner == Manner::Denies {
            vec![
                ("error", "access_denied".to_owned()),
                ("error_description", "the person said no".to_owned()),
                ("state", state),
            ]
        } else {
            self.story.code = format!("code-{}", self.secret);
            let asked = Scopes::read(&get("scope")).0;
            let may = |scope: &Scope| match scope {
                Scope::Resource(own) => own.level == Level::Patient,
                _ => true,
            };
            self.story.granted = asked.only(may).to_string();
            vec![("code", self.story.code.clone()), ("state", state)]
        };
        let fields: Vec<(String, String)> =
            fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let place = with_query(&self.redirect_uri, &fields);
        Said { status: 302, headers: vec![("location".to_owned(), place)], body: Vec::new() }
    }

    fn token(&mut self, heard: &Heard) -> Said {
        let get = |name: &str| heard.form.get(name).map(String::as_str).unwrap_or_default();
        let is_code = get("grant_type") == "authorization_code" && get("code") == self.story.code;
        if self.story.code.is_empty() || !is_code {
            return given(400, &json!({"error": "invalid_grant"}));
        }
        self.story.access = format!("access-{}", self.secret);
        given(
            200,
            &json!({
                "access_token": self.story.access, "token_type": "Bearer", "expires_in": LIFE_S,
                "scope": self.story.granted, "patient": PATIENT, "need_patient_banner": true,
            }),
        )
    }

    fn fhir(&self, heard: &Heard) -> Said {
        let path = heard.path.trim_start_matches("fhir/");
        let own = format!("Bearer {}", self.story.access);
        if self.manner == Manner::Ends || self.story.access.is_empty() || heard.authorization != own {
            return given(
                401,
                &json!({"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "login"}]}),
            );
        }
        if heard.method != "GET" || !may_read(&self.story.granted, path) {
            return given(
                403,
                &json!({"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "forbidden"}]}),
            );
        }
        match records::found(path) {
            Some(found) => given(200, &found),
            None => given(
                404,
                &json!({"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "not-found"}]}),
            ),
        }
    }

    /// Pages of every origin may ask.
    fn allowed(&self) -> Said {
        let headers = [
            ("access-control-allow-methods", "GET, POST, OPTIONS"),
            ("access-control-allow-headers", "authorization, accept, content-type"),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Said { status: 204, headers, body: Vec::new() }
    }
}

/// Whether scopes open a read or a search of the type that a path names.
pub(super) fn may_read(granted: &str, path: &str) -> bool {
    let kind = path.split('/').next().unwrap_or_default();
    let wanted = if path.contains('/') { Permissions::READ } else { Permissions::SEARCH };
    let scopes = Scopes::read(granted).0;
    scopes.resources().any(|scope| scope.is_about(kind) && scope.permissions.contains(wanted))
}

fn given(status: u16, body: &Value) -> Said {
    let headers = [("content-type", "application/json"), ("cache-control", "no-store")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    Said { status, headers, body: body.to_string().into_bytes() }
}
