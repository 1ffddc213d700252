//! What was heard from an app in one launch.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::form::decoded;
use crate::run::{Inbound, Step};

/// Everything of one launch that judging needs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Story {
    /// Requests, in the order they came.
    pub(super) heard: Vec<Heard>,
    /// The code that was given, and the scopes that were granted.
    pub(super) code: String,
    pub(super) granted: String,
    /// The token that was given.
    pub(super) access: String,
    /// The handle of the launch.
    pub(super) launch: String,
}

/// One request of the app.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Heard {
    /// The method.
    pub(super) method: String,
    /// The path below the kit's own address: `fhir/Patient/one`.
    pub(super) path: String,
    /// What the query says.
    pub(super) query: BTreeMap<String, String>,
    /// What a form says.
    pub(super) form: BTreeMap<String, String>,
    /// The content type.
    pub(super) kind: String,
    /// The Authorization header.
    pub(super) authorization: String,
    /// The status it was answered with.
    pub(super) status: u16,
}

impl Heard {
    /// Takes a call apart. `what` is the method, then the path below the kit's own address.
    pub(super) fn of(call: &Inbound) -> Self {
        let (method, path) = call.what.split_once(' ').unwrap_or(("GET", &call.what));
        let header = |name: &str| {
            let found = call.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let kind = header("content-type");
        let is_form = kind.starts_with("application/x-www-form-urlencoded");
        let body = if is_form { String::from_utf8_lossy(&call.body) } else { Cow::default() };
        Self {
            method: method.to_owned(),
            path: path.split('?').next().unwrap_or_default().trim_matches('/').to_owned(),
            query: call.fields.clone(),
            form: decoded(&body),
            kind,
            authorization: header("authorization"),
            status: 0,
        }
    }

    /// Whether it went to the FHIR server for a record.
    pub(super) fn is_fhir(&self) -> bool {
        self.path.starts_with("fhir/") && !self.path.contains(".well-known") && self.path != "fhir/metadata"
    }
}

impl Story {
    /// The story that an earlier test kept.
    pub(super) fn of(step: &Step<'_>) -> Self {
        serde_json::from_str(&step.value("story")).unwrap_or_default()
    }

    /// The requests at an endpoint.
    pub(super) fn at(&self, path: &str) -> Vec<&Heard> {
        self.heard.iter().filter(|heard| heard.path == path).collect()
    }

    /// The authorization request.
    pub(super) fn asked(&self) -> Option<&Heard> {
        self.at("auth/authorize").into_iter().next()
    }

    /// What it says, from the query or, where it was posted, the form.
    pub(super) fn said(&self, name: &str) -> String {
        let asked = self.asked();
        let found = asked.and_then(|asked| asked.query.get(name).or_else(|| asked.form.get(name)));
        found.cloned().unwrap_or_default()
    }
}
