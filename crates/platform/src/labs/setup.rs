//! Making the hospital of an attempt: its problem in place, and the point from which the learner's own doings count.

use hospital::faults::{Fault, Ground, Placed};
use hospital::population::{MRN_SYSTEM, Recipe, mrn};
use serde_json::{Value, json};
use standards::fhir::definitions::Definitions;
use standards::fhir::instant;
use standards::fhir::outcome::Severity;
use standards::fhir::resource::{Stamp, stamp};
use standards::fhir::search::extract;
use standards::fhir::validation::validate;
use store::StoreError;
use store::sandbox::{Change, Put};
use training::attempt::{Seed, fault_values};
use training::lab::{self, FaultTime, Lab, StartRole, Variant};
use training::text::{Values, fill_json};

use super::earlier::earlier_events;
use super::error::LabError;
use super::lakes::place_lake;
use super::ledgers::{PlacedLedger, place_ledger};
use super::past::{START, take};
use super::search::search;
use super::seed::id_of;
use crate::access::{Access, outcome};
use crate::ehr::roles::{RoleError, switch_role};
use crate::flow;
use crate::incidents;
use crate::messages::{place, place_noise};
use crate::platform::Platform;
use crate::sandboxes::BEGUN;

/// Numbers beyond those given to patients among which a fault draws the first of its own.
const SPARE_NUMBERS: u64 = 100_000;

/// Places the variant's problem, takes on the lab's role, marks where the learner's own doings begin, and keeps the hospital
/// as it is then.
/// What the faults did is added to `values` as `fault`. The same seed gives the same hospital, to the last byte.
pub(super) fn set_up(
    platform: &Platform,
    access: &Access,
    (lab, variant): (&Lab, &Variant),
    seed: &Seed,
    values: &mut Values,
) -> Result<(), LabError> {
    // Nobody is there yet: whoever moves messages would meet a hospital that is half made.
    let access = &access.unheard();
    let mut reports = Vec::new();
    for (index, fault) in variant.faults.iter().enumerate() {
        let site = Site { platform, access, fault, seed, index };
        let placed = site.place(values)?;
        site.write(&placed.resources)?;
        reports.push(placed.truth);
        // A later fault may be about what an earlier one did.
        values.insert("fault".to_owned(), fault_values(&reports));
    }
    if let Some(role) = &lab.role {
        take_on(access, role)?;
    }
    let begun_seq = access.sandbox().journal_head()?.0 + 1;
    let event = access.event("lab.begun", None, outcome::OK, json!({}));
    access.sandbox().set_fact(BEGUN, &begun_seq.to_string(), &event)?;
    take(access, START)
}

/// Goes on as the role the lab starts in.
fn take_on(access: &Access, StartRole { code, place }: &StartRole) -> Result<(), LabError> {
    match switch_role(access, code) {
        Ok(_) => Ok(()),
        Err(RoleError::Store(error)) => Err(error.into()),
        Err(unknown) => {
            Err(LabError::Fault { file: place.file.clone(), line: place.line, what: unknown.to_string() })
        }
    }
}

/// Where one fault is placed.
struct Site<'a> {
    platform: &'a Platform,
    access: &'a Access,
    fault: &'a lab::Fault,
    seed: &'a Seed,
    index: usize,
}

impl Site<'_> {
    fn place(&self, values: &Values) -> Result<Placed, LabError> {
        if self.fault.at != FaultTime::Start {
            return Err(self.error(&"faults are placed at the start only; write at = \"start\""));
        }
        let table = fill_json(&self.fault.with, values).map_err(|error| self.error(&error))?;
        let seed = self.seed.draw(&format!("fault/{}", self.index));
        if table["do"] == "earlier-events" {
            place_noise(self.access, self.seed.draw("noise"))?;
            let truth = earlier_events(self.platform, self.access, &table, seed)
                .map_err(|error| self.error(&error))?;
            return Ok(Placed { resources: Vec::new(), truth });
        }
        if table["layer"] == "actors" {
            let truth = incidents::place(self.platform, self.access, &table, seed)
                .map_err(|error| self.error(&error))?;
            return Ok(Placed { resources: Vec::new(), truth });
        }
        if table["layer"] == "lake" {
            let truth = place_lake(self.platform, self.access, &table).map_err(|error| self.error(&error))?;
            return Ok(Placed { resources: Vec::new(), truth });
        }
        if table["layer"] == "flow" {
            let truth = flow::place(self.access, &table).map_err(|error| self.error(&error))?;
            return Ok(Placed { resources: Vec::new(), truth });
        }
        if table["layer"] == "ledger" {
            let mut ids = 0_u32;
            let mut new_id = || {
                ids += 1;
                id_of(self.seed, &format!("fault/{}/{ids}", self.index))
            };
            let placed = place_ledger(self.platform, self.access, &table, seed, &mut new_id);
            let PlacedLedger { resources, truth } = placed.map_err(|error| self.error(&error))?;
            return Ok(Placed { resources, truth });
        }
        if ["wire", "access", "platform"].iter().any(|layer| table["layer"] == *layer) {
            place_noise(self.access, self.seed.draw("noise"))?;
            let truth = place(self.access, &table, seed).map_err(|error| self.error(&error))?;
            return Ok(Placed { resources: Vec::new(), truth });
        }
        let fault = Fault::parse(&table).map_err(|error| self.error(&error))?;
        let patients = self.patients()?;
        let (mut ids, mut numbers) = (0_u32, self.first_number());
        let mut new_id = || {
            ids += 1;
            id_of(self.seed, &format!("fault/{}/{ids}", self.index))
        };
        let mut free_mrn = || self.free_mrn(&mut numbers);
        let mut ground = Ground {
            patients: &patients,
            now_us: self.access.virtual_us(),
            free_mrn: &mut free_mrn,
            new_id: &mut new_id,
        };
        fault.place(seed, &mut ground).map_err(|error| self.error(&error))
    }

    fn patients(&self) -> Result<Vec<Value>, StoreError> {
        let mut patients = Vec::new();
        self.access.sandbox().view(|view| {
            view.each_resource(Some("Patient"), |stored| {
                patients.extend(serde_json::from_slice::<Value>(&stored.body));
                Ok(())
            })
        })?;
        Ok(patients)
    }

    /// Where among the hospital's unused record numbers this fault begins, so that no two learners meet the same ones.
    fn first_number(&self) -> u64 {
        let spare = self.seed.below(&format!("fault/{}/mrn", self.index), SPARE_NUMBERS);
        u64::from(self.recipe().patients) + spare
    }

    /// The next record number nobody has.
    fn free_mrn(&self, next: &mut u64) -> String {
        loop {
            let number = mrn(&self.recipe(), *next);
            *next += 1;
            let url = format!("Patient?identifier={MRN_SYSTEM}|{number}");
            let taken = search(self.platform, self.access, "", &url)
                .is_ok_and(|found| found["entry"].as_array().is_some_and(|entries| !entries.is_empty()));
            if !taken {
                return number;
            }
        }
    }

    /// What the image was made by; an image that was brought in from elsewhere counts as a hospital of the usual kind.
    fn recipe(&self) -> Recipe {
        let made_by = self.access.sandbox().image().origin.get("generated").cloned().unwrap_or_default();
        serde_json::from_value(made_by).unwrap_or_default()
    }

    /// Writes resources in one change. Their entries in the journal do not say what was written, and their times are
    /// those of what they tell of: a planted record looks as old as it claims to be.
    fn write(&self, resources: &[Value]) -> Result<(), LabError> {
        for resource in resources {
            let issues = validate(Definitions::r4(), resource);
            if let Some(issue) = issues.iter().find(|issue| issue.severity <= Severity::Error) {
                return Err(self.error(&issue.diagnostics));
            }
        }
        self.access
            .sandbox()
            .change(|change| resources.iter().try_for_each(|resource| self.put(change, resource, resources)))
    }

    fn put(&self, change: &mut Change<'_>, resource: &Value, all: &[Value]) -> Result<(), LabError> {
        let text = |name: &str| resource[name].as_str().unwrap_or_default();
        let (kind, id) = (text("resourceType"), text("id"));
        let version = change.last_version(kind, id)? + 1;
        let updated_us = told_at(resource, all).unwrap_or_else(|| self.access.virtual_us());
        let bytes = resource.to_string().into_bytes();
        let body = stamp(&bytes, &Stamp { id, version, last_updated_us: updated_us })
            .map_err(|issue| self.error(&issue.diagnostics))?;
        let index = extract(resource);
        let put = Put { kind, id, version, updated_us, method: "PUT", body: &body, index: &index };
        change.put(&put, &self.access.event("lab.setup", None, outcome::OK, json!({})))?;
        Ok(())
    }

    fn error(&self, what: &dyn ToString) -> LabError {
        let place = &self.fault.place;
        LabError::Fault { file: place.file.clone(), line: place.line, what: what.to_string() }
    }
}

/// When a resource says it was made; for a patient, when the first thing about them was.
fn told_at(resource: &Value, all: &[Value]) -> Option<i64> {
    let plain = ["effectiveDateTime", "lastModified", "received", "authoredOn", "recordedDate", "date"];
    let plain = plain.map(|member| resource[member].as_str());
    let times = std::iter::once(resource["period"]["end"].as_str()).chain(plain);
    let told = times.flatten().find_map(instant::parse);
    if told.is_some() || resource["resourceType"] != "Patient" {
        return told;
    }
    let own = format!("Patient/{}", resource["id"].as_str()?);
    let about = all.iter().filter(|other| other["subject"]["reference"] == own.as_str());
    about.filter_map(|other| told_at(other, &[])).min()
}
