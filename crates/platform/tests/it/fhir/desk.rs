//! A desk with a FHIR client on it: one learner, one sandbox, a hospital small enough to know by heart.

use std::sync::Arc;

use platform::access::Access;
use platform::clock::ManualClock;
use platform::entropy::SeededEntropy;
use platform::fhir::{
    Answer, Context, FhirError, HistoryParameters, Interaction, Refusal, Stored, pairs_of, perform,
};
use platform::people::{NewPerson, Person, Role};
use platform::{Limits, Platform};
use serde_json::{Value, json};
use standards::fhir::resource::{Stamp, stamp};
use standards::fhir::search::extract;
use store::journal::{Entry, Filter};
use tempfile::TempDir;

/// 2026-11-18T10:13:20Z
pub(crate) const NOW_US: i64 = 1_795_000_000_000_000;
pub(crate) const BASE: &str = "http://hospital.example/s/x/fhir";
const IMAGE: &str = "small";

pub(crate) struct Desk {
    pub(crate) platform: Platform,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) ana: Person,
    pub(crate) sandbox: String,
    pub(crate) folder: TempDir,
}

/// Patients `berg` and `tal`, and a weight of each.
fn residents() -> Vec<Value> {
    let patient = |id: &str, family: &str, born: &str| {
        json!({"resourceType": "Patient", "id": id, "name": [{"family": family}], "birthDate": born,
            "identifier": [{"system": "http://mrn.example", "value": id}]})
    };
    let weight = |id: &str, of: &str, kilograms: u32| {
        json!({"resourceType": "Observation", "id": id, "status": "final", "subject": {"reference": format!("Patient/{of}")},
            "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]},
            "valueQuantity": {"value": kilograms, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}})
    };
    vec![
        patient("berg", "Berg", "1950-01-01"),
        patient("tal", "Tal", "1960-02-02"),
        weight("w1", "berg", 80),
        weight("w2", "tal", 65),
    ]
}

pub(crate) fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let (clock, entropy) = (Arc::new(ManualClock::at(NOW_US)), Arc::new(SeededEntropy::new(7)));
    let own_clock = Arc::clone(&clock);
    let platform =
        Platform::open(folder.path(), Default::default(), Limits::default(), own_clock, entropy).unwrap();
    let mut image = platform.images().create(IMAGE).unwrap();
    for resource in residents() {
        let (kind, id) = (resource["resourceType"].as_str().unwrap(), resource["id"].as_str().unwrap());
        let born = Stamp { id, version: 1, last_updated_us: NOW_US };
        let body = stamp(resource.to_string().as_bytes(), &born).unwrap();
        image.add(kind, id, NOW_US, &body, &extract(&resource)).unwrap();
    }
    image.finish("Small", &json!({"as_of_us": NOW_US})).unwrap();
    let new = NewPerson { login: "ana", name: "Ana", role: Role::Learner, password: None };
    let ana = platform.people().add(new).unwrap();
    let sandbox = platform.start_sandbox(&ana, IMAGE, "Desk", None).unwrap().id.to_string();
    Desk { platform, clock, ana, sandbox, folder }
}

impl Desk {
    pub(crate) fn access(&self) -> Access {
        self.platform.enter(&self.ana, &self.sandbox, "client").unwrap()
    }

    /// One interaction, a second after the last.
    pub(crate) fn ask(&self, interaction: &Interaction<'_>) -> Result<Answer, FhirError> {
        self.clock.advance(1_000_000);
        let access = self.access();
        let (entropy, limits) = (self.platform.entropy(), &self.platform.limits().json);
        perform(&Context { access: &access, base_url: BASE, entropy, limits }, interaction)
    }

    pub(crate) fn read(&self, kind: &str, id: &str) -> Result<Stored, FhirError> {
        stored(self.ask(&Interaction::Read { kind, id, known_version: None })?)
    }

    pub(crate) fn create(&self, kind: &str, body: impl AsRef<[u8]>) -> Result<Stored, FhirError> {
        stored(self.ask(&Interaction::Create { kind, body: body.as_ref(), if_none_exist: None })?)
    }

    pub(crate) fn update(&self, kind: &str, id: &str, body: &Value) -> Result<Answer, FhirError> {
        let body = body.to_string();
        self.ask(&Interaction::Update { kind, id, body: body.as_bytes(), if_match: None })
    }

    pub(crate) fn delete(&self, kind: &str, id: &str) -> Result<Answer, FhirError> {
        self.ask(&Interaction::Delete { kind, id, if_match: None })
    }

    pub(crate) fn history(&self, kind: &str, id: Option<&str>, count: usize) -> Result<Value, FhirError> {
        let parameters = HistoryParameters { count: Some(count), ..HistoryParameters::default() };
        bundle(self.ask(&Interaction::History { kind, id, parameters })?)
    }

    /// A search by query string: `family=berg&_sort=-birthdate`.
    pub(crate) fn search(&self, kind: &str, query: &str) -> Result<Value, FhirError> {
        self.search_so(kind, query, false)
    }

    pub(crate) fn search_so(&self, kind: &str, query: &str, strict: bool) -> Result<Value, FhirError> {
        bundle(self.ask(&Interaction::Search { kind, parameters: &pairs_of(query), strict })?)
    }

    /// The search or history behind a link of an earlier page.
    pub(crate) fn follow(&self, kind: &str, link: &str) -> Value {
        let query = link.split_once('?').unwrap().1;
        self.search(kind, query).unwrap()
    }

    pub(crate) fn bundle(&self, kind: &str, entries: impl Into<Value>) -> Result<Value, FhirError> {
        let body = json!({"resourceType": "Bundle", "type": kind, "entry": entries.into()}).to_string();
        bundle(self.ask(&Interaction::Bundle { body: body.as_bytes(), give: platform::fhir::Give::Minimal })?)
    }

    pub(crate) fn digest(&self) -> String {
        self.access().sandbox().state_digest().unwrap()
    }

    pub(crate) fn journal(&self) -> Vec<Entry> {
        let access = self.access();
        assert_eq!(access.sandbox().journal_break().unwrap(), None);
        access.sandbox().journal(&Filter::default()).unwrap()
    }

    /// The newest journal entry.
    pub(crate) fn last(&self) -> Entry {
        self.journal().pop().unwrap()
    }
}

fn stored(answer: Answer) -> Result<Stored, FhirError> {
    match answer {
        Answer::Resource(stored)
        | Answer::Created(stored)
        | Answer::Updated(stored)
        | Answer::NotModified(stored) => Ok(stored),
        Answer::Deleted(_) | Answer::Made(_) | Answer::Content { .. } => {
            panic!("{answer:?} is not a resource")
        }
    }
}

fn bundle(answer: Answer) -> Result<Value, FhirError> {
    let Answer::Made(bytes) = answer else { panic!("{answer:?} is not a Bundle") };
    let bundle: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(bundle["resourceType"], "Bundle");
    Ok(bundle)
}

/// Why an interaction was refused.
pub(crate) fn refused<T: std::fmt::Debug>(result: Result<T, FhirError>) -> Refusal {
    let error = result.expect_err("this should be refused");
    assert!(error.issues.iter().all(|issue| issue.diagnostics.len() > 10), "{error}");
    error.refusal
}

pub(crate) fn json_of(stored: &Stored) -> Value {
    serde_json::from_slice(&stored.body).unwrap()
}

/// The ids of the entries of a Bundle, in order.
pub(crate) fn ids(bundle: &Value) -> Vec<&str> {
    let entries = bundle["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
    entries.iter().filter_map(|entry| entry["resource"]["id"].as_str()).collect()
}

/// The statuses of the entries of a response Bundle, without their words.
pub(crate) fn statuses(bundle: &Value) -> Vec<&str> {
    let entries = bundle["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
    entries.iter().map(|entry| &entry["response"]["status"].as_str().unwrap()[..3]).collect()
}

/// The address of a link of a Bundle.
pub(crate) fn link<'a>(bundle: &'a Value, relation: &str) -> Option<&'a str> {
    let links = bundle["link"].as_array()?;
    links.iter().find(|link| link["relation"] == relation)?["url"].as_str()
}

pub(crate) fn patient(family: &str) -> Value {
    json!({"resourceType": "Patient", "name": [{"family": family}]})
}

pub(crate) fn entry(method: &str, url: &str, resource: Value) -> Value {
    match resource {
        Value::Null => json!({"request": {"method": method, "url": url}}),
        resource => json!({"resource": resource, "request": {"method": method, "url": url}}),
    }
}
