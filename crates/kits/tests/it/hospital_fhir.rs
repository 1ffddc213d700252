//! A small FHIR server that holds the sample record, and is right, or wrong in one way.

use serde_json::{Value, json};
use standards::fhir::search::query::{ParseContext, parse};
use standards::fhir::search::{Parameters, extract, matches};

use crate::http::{Asked, Said, serve};

/// Who may look.
pub(crate) const TOKEN: &str = "a-token";

/// What is wrong with a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    OlderFhir,
    NoJson,
    ClaimsPatientOnly,
    NobodyIsFound,
    OpenDoor,
    ReadsAnother,
    IgnoresCategory,
    BlindToIdentifiers,
    NoPost,
    WrongBundle,
    InvalidGender,
    NeverSaysWhy,
    DanglingReference,
    PagesInCircle,
    BlindToDates,
    Answers500,
}

struct House {
    fault: Fault,
    base: String,
    resources: Vec<Value>,
}

/// Starts one; returns its base address.
pub(crate) fn start(fault: Fault) -> String {
    let url = serve(|url| {
        let house = House { fault, base: format!("{url}/fhir"), resources: resources(fault) };
        move |asked: &Asked| house.talk(asked)
    });
    format!("{url}/fhir")
}

fn resources(fault: Fault) -> Vec<Value> {
    let sample = kits::kit("us-core").and_then(|kit| kit.sample).expect("the kit has a sample");
    let bundle: Value = serde_json::from_str(sample).expect("the sample is JSON");
    let entries = bundle["entry"].as_array().expect("it has entries");
    let mut all: Vec<Value> = entries.iter().map(|entry| entry["resource"].clone()).collect();
    for one in &mut all {
        match (fault, one["resourceType"].as_str().expect("it has a type")) {
            (Fault::InvalidGender, "Patient") => one["gender"] = json!("woman"),
            (Fault::DanglingReference, "Encounter") => {
                one["appointment"] = json!([{"reference": "Appointment/gone"}]);
            }
            (Fault::NeverSaysWhy, "Encounter") => {
                let members = one.as_object_mut().expect("a resource is an object");
                members.retain(|name, _| !name.starts_with("reason"));
            }
            _ => {}
        }
    }
    all
}

impl House {
    fn is(&self, fault: Fault) -> bool {
        self.fault == fault
    }

    fn talk(&self, asked: &Asked) -> Said {
        let is_known =
            asked.headers.get("authorization").is_some_and(|given| *given == format!("Bearer {TOKEN}"));
        let (status, answer) = self.answer(&asked.method, &asked.target, &asked.body, is_known);
        Said::new(status, answer.to_string()).with("Content-Type", "application/fhir+json")
    }

    fn answer(&self, method: &str, target: &str, body: &str, is_known: bool) -> (u16, Value) {
        let path = target.strip_prefix("/fhir/").unwrap_or_default();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        if path == "metadata" {
            return (200, self.capability());
        }
        if !is_known && !self.is(Fault::OpenDoor) {
            return (401, outcome("login"));
        }
        match path.split('/').collect::<Vec<_>>()[..] {
            [kind, "_search"] if method == "POST" => match self.is(Fault::NoPost) && kind == "Patient" {
                true => (405, outcome("not-supported")),
                false => self.search(kind, body),
            },
            [kind, id] => self.read(kind, id),
            [kind] => self.search(kind, query),
            _ => (404, outcome("not-found")),
        }
    }

    fn capability(&self) -> Value {
        let url = |name: &str| format!("http://hl7.org/fhir/us/core/StructureDefinition/{name}");
        let others =
            if self.is(Fault::ClaimsPatientOnly) { json!([]) } else { json!([url("us-core-encounter")]) };
        json!({
            "resourceType": "CapabilityStatement",
            "fhirVersion": if self.is(Fault::OlderFhir) { "3.0.2" } else { "4.0.1" },
            "format": [if self.is(Fault::NoJson) { "xml" } else { "application/fhir+json" }],
            "rest": [{"mode": "server", "resource": [
                {"type": "Patient", "supportedProfile": [url("us-core-patient")]},
                {"type": "Encounter", "supportedProfile": others},
            ]}],
        })
    }

    fn read(&self, kind: &str, id: &str) -> (u16, Value) {
        let found = self.resources.iter().find(|one| one["resourceType"] == kind && one["id"] == id);
        match found {
            Some(_) if self.is(Fault::Answers500) && kind == "AllergyIntolerance" => {
                (500, outcome("exception"))
            }
            Some(one) if self.is(Fault::ReadsAnother) && kind == "AllergyIntolerance" => {
                let mut other = one.clone();
                other["id"] = json!("another");
                (200, other)
            }
            Some(one) => (200, one.clone()),
            None if self.is(Fault::NobodyIsFound) => (200, outcome("not-found")),
            None => (404, outcome("not-found")),
        }
    }

    fn search(&self, kind: &str, query: &str) -> (u16, Value) {
        let mut pairs: Vec<(String, String)> = query.split('&').filter_map(pair).collect();
        let has = |pairs: &[(String, String)], name: &str| pairs.iter().any(|(known, _)| known == name);
        let is_blind = (self.is(Fault::BlindToIdentifiers) && has(&pairs, "identifier"))
            || (self.is(Fault::BlindToDates) && kind == "Encounter" && has(&pairs, "date"));
        let is_circle = self.is(Fault::PagesInCircle) && has(&pairs, "clinical-status");
        let is_wrong = self.is(Fault::WrongBundle) && kind == "Encounter" && has(&pairs, "_id");
        if self.is(Fault::IgnoresCategory) && has(&pairs, "patient") && pairs.len() > 1 {
            // The lead of a profile is left alone, or nothing would be found to look at.
            pairs.retain(|(name, value)| name != "category" || !value.contains('|'));
        }
        let query = parse(kind, &pairs, Parameters::r4(), &ParseContext::new(&self.base, 0));
        let found = self.resources.iter().filter(|one| one["resourceType"] == kind);
        let found = found.filter(|one| !is_blind && matches(&query, one, &extract(one)));
        let entries = found.map(|one| json!({"resource": one, "search": {"mode": "match"}}));
        let mut bundle =
            json!({"resourceType": "Bundle", "type": if is_wrong { "collection" } else { "searchset" }});
        bundle["entry"] = entries.collect();
        if is_circle {
            let url = format!("{}/{kind}?clinical-status=active", self.base);
            bundle["link"] = json!([{"relation": "next", "url": url}]);
        }
        (200, bundle)
    }
}

fn outcome(code: &str) -> Value {
    json!({"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": code}]})
}

/// A pair of a query, decoded.
fn pair(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once('=')?;
    let mut decoded = Vec::new();
    let mut bytes = value.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'%' => {
                let digits = [bytes.next()?, bytes.next()?];
                decoded.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
            }
            other => decoded.push(other),
        }
    }
    Some((name.to_owned(), String::from_utf8(decoded).ok()?))
}
