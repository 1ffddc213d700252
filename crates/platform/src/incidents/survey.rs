//! What a hospital has for actors to work with.

use std::collections::{BTreeMap, BTreeSet};

use security::actors::{Account, Chance, Chart, Ground, Role, Scene};
use serde_json::Value;

use crate::access::Access;
use crate::fhir::COUNT_MAX;
use crate::labs::search;
use crate::platform::Platform;

/// Who works in the house, and how many of each.
const STAFF: [(Role, usize); 6] = [
    (Role::Nurse, 24),
    (Role::Physician, 12),
    (Role::Emergency, 6),
    (Role::Registrar, 4),
    (Role::Coder, 3),
    (Role::Technician, 3),
];
/// Patients with an account at the portal.
const PORTAL: usize = 36;
/// Charts of people who do not lie in the house.
const OUTSIDE: usize = 40;
/// Workstations of a unit.
const WORKSTATIONS: usize = 3;
/// Records looked at for those that an attacker may change.
const RECORDS: usize = 80;

/// Places around one another at most.
const NESTED_MAX: usize = 8;

/// The nodes of the imaging network: the modalities that every hospital knows, and two stations at which pictures are read.
const DEVICES: [(&str, Role, &str); 6] = [
    ("CR01", Role::Modality, "10.30.0.11"),
    ("CT01", Role::Modality, "10.30.0.12"),
    ("MR01", Role::Modality, "10.30.0.13"),
    ("US01", Role::Modality, "10.30.0.14"),
    ("READ01", Role::Station, "10.30.1.11"),
    ("READ02", Role::Station, "10.30.1.12"),
];

fn device((title, role, address): (&str, Role, &str)) -> Account {
    Account {
        login: title.to_owned(),
        name: title.to_owned(),
        role,
        unit: "Radiology".to_owned(),
        address: address.to_owned(),
        record: None,
    }
}

/// Looks at the hospital: who lies where, who works here, and what the scene wants to know of. Everything that is drawn follows
/// from the seed.
pub(super) fn survey(
    platform: &Platform,
    access: &Access,
    scene: &Scene,
    seed: u64,
) -> Result<Ground, String> {
    let found = |url: &str| -> Result<Vec<Value>, String> {
        let bundle = search(platform, access, "", url)?;
        let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
        Ok(entries.into_iter().map(|mut entry| entry["resource"].take()).collect())
    };
    let all = |query: &str| found(&format!("{query}_count={COUNT_MAX}"));
    let units = Units::of(&all("Location?")?);
    let inside = all("Encounter?status=in-progress&")?.iter().filter_map(|stay| units.chart(stay)).collect();
    let outside = found(&format!("Patient?_count={}", PORTAL + OUTSIDE + 200))?;
    let mut chance = Chance::new(seed, "survey");
    let drawn: Vec<&Value> = chance.some(&outside, PORTAL + OUTSIDE);
    let mut logins = Logins::default();
    let portal = drawn.iter().take(PORTAL).enumerate().filter_map(|(at, patient)| {
        let address = format!("198.51.100.{}", 100 + at);
        logins.account(patient, Role::Patient, ("", &address), format!("Patient/{}", id_of(patient)))
    });
    let portal = portal.collect();
    let charts: Vec<Chart> = inside;
    let known: BTreeSet<&str> = charts.iter().map(|chart| chart.id.as_str()).collect();
    let others = drawn.iter().map(|patient| id_of(patient)).filter(|id| !known.contains(id));
    let others: Vec<Chart> = others.map(|id| Chart { id: id.to_owned(), unit: String::new() }).collect();
    let staff = staff(&found("Practitioner?_count=200")?, &charts, &mut logins, &mut chance);
    let records = match scene.records() {
        Some(kind) => found(&format!("{kind}?_count={RECORDS}"))?.iter().filter_map(record).collect(),
        None => Vec::new(),
    };
    let charts = charts.into_iter().chain(others).collect();
    let devices = if scene.wants_devices() { DEVICES.map(device).to_vec() } else { Vec::new() };
    Ok(Ground { now_us: access.virtual_us(), staff, portal, devices, charts, orders: Vec::new(), records })
}

fn id_of(resource: &Value) -> &str {
    resource["id"].as_str().unwrap_or_default()
}

fn record(resource: &Value) -> Option<(String, String)> {
    let subject = resource["subject"]["reference"].as_str().or(resource["patient"]["reference"].as_str())?;
    let kind = resource["resourceType"].as_str()?;
    Some((format!("{kind}/{}", id_of(resource)), subject.strip_prefix("Patient/")?.to_owned()))
}

/// The places of the house, by their ids.
struct Units(BTreeMap<String, Place>);

struct Place {
    name: String,
    /// `wa` of the code system location-physical-type.
    is_ward: bool,
    /// The id of the place that this one is a part of.
    around: Option<String>,
}

impl Units {
    fn of(locations: &[Value]) -> Self {
        let place = |location: &Value| {
            let around = location["partOf"]["reference"].as_str().and_then(|at| at.strip_prefix("Location/"));
            let place = Place {
                name: location["name"].as_str().unwrap_or_default().to_owned(),
                is_ward: location["physicalType"]["coding"][0]["code"] == "wa",
                around: around.map(str::to_owned),
            };
            (id_of(location).to_owned(), place)
        };
        Self(locations.iter().map(place).collect())
    }

    /// The patient of a stay, with the ward their bed belongs to: the nearest around it, or the outermost place.
    fn chart(&self, stay: &Value) -> Option<Chart> {
        let id = stay["subject"]["reference"].as_str()?.strip_prefix("Patient/")?.to_owned();
        let bed = stay["location"].as_array()?.last()?["location"]["reference"].as_str()?;
        let mut place = self.0.get(bed.strip_prefix("Location/")?)?;
        // No house has as many places around one another; a circle of them ends all the same.
        for _ in 0..NESTED_MAX {
            match place.around.as_ref().and_then(|around| self.0.get(around)) {
                Some(around) if !place.is_ward => place = around,
                _ => break,
            }
        }
        Some(Chart { id, unit: place.name.clone() })
    }
}

/// People who work here: practitioners of the hospital, each with a role, a unit and a workstation.
fn staff(
    practitioners: &[Value],
    charts: &[Chart],
    logins: &mut Logins,
    chance: &mut Chance,
) -> Vec<Account> {
    let units: BTreeSet<&str> = charts.iter().map(|chart| chart.unit.as_str()).collect();
    let units: Vec<&str> = units.into_iter().collect();
    let count = STAFF.iter().map(|(_, count)| count).sum();
    let drawn = chance.some(practitioners, count);
    let mut people = drawn.into_iter().cycle();
    let mut staff = Vec::new();
    for (role, count) in STAFF {
        for at in 0..count {
            let Some(person) = people.next() else { return staff };
            let (net, unit) = match role {
                Role::Nurse | Role::Physician if !units.is_empty() => {
                    (at % units.len(), units[at % units.len()])
                }
                Role::Emergency => (100, "Emergency Department"),
                Role::Registrar => (101, "Admissions"),
                Role::Coder => (102, "Coding"),
                _ => (103, "IT"),
            };
            let address = format!("10.20.{net}.{}", 11 + at / units.len().max(1) % WORKSTATIONS);
            let record = format!("Practitioner/{}", id_of(person));
            staff.extend(logins.account(person, role, (unit, &address), record));
        }
    }
    staff
}

/// Logins that were given.
#[derive(Default)]
struct Logins(BTreeSet<String>);

impl Logins {
    fn account(
        &mut self,
        person: &Value,
        role: Role,
        (unit, address): (&str, &str),
        record: String,
    ) -> Option<Account> {
        let name = &person["name"][0];
        let (given, family) = (name["given"][0].as_str()?, name["family"].as_str()?);
        let letters = |text: &str| -> String {
            text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase()
        };
        let plain = match role {
            Role::Patient => format!("{}.{}", letters(given), letters(family)),
            _ => format!("{}{}", letters(given).get(..1).unwrap_or_default(), letters(family)),
        };
        let mut login: String = plain.chars().take(30).collect();
        let mut turn = 1;
        while login.is_empty() || !self.0.insert(login.clone()) {
            turn += 1;
            login = format!("{plain}{turn}");
        }
        Some(Account {
            login,
            name: format!("{given} {family}"),
            role,
            unit: unit.to_owned(),
            address: address.to_owned(),
            record: Some(record),
        })
    }
}
