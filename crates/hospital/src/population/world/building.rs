//! Departments, wards, clinics and beds.

use crate::id::Id;
use serde::{Deserialize, Serialize};

use crate::random::Key;
use crate::writer::{Json, Location, Organization};

/// A part of the building where care is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Unit {
    /// Emergency department, 30 bays.
    Emergency,
    /// Medicine.
    West4,
    /// Medicine.
    East4,
    /// Surgery.
    West5,
    /// Orthopaedics.
    East5,
    /// Between ward and intensive care.
    StepDown,
    /// Intensive care.
    IntensiveCare,
    /// Labour and delivery.
    Delivery,
    /// Mothers after birth.
    Postpartum,
    /// Children.
    Pediatrics,
    /// Behavioural health.
    Psychiatry,
    /// Operating rooms.
    Theatre,
    /// Family doctors.
    PrimaryCare,
    /// Doctors of children.
    ChildrensClinic,
    /// Obstetrics and gynaecology.
    WomensClinic,
    /// Cardiology.
    HeartClinic,
    /// Newborn children.
    Nursery,
    /// Where operations are slept off.
    Recovery,
}

impl Unit {
    /// Every unit, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        PLANS.iter().map(|plan| plan.unit)
    }

    /// What its door says: `4W`, `ED`. Also the identifier of its Location.
    pub fn label(self) -> &'static str {
        PLANS[self as usize].label
    }

    /// Its full name.
    pub fn name(self) -> &'static str {
        PLANS[self as usize].name
    }

    /// How many beds or bays it has; 0 for clinics.
    pub fn beds(self) -> usize {
        PLANS[self as usize].beds
    }

    /// The unit whose door says this.
    pub fn labelled(label: &str) -> Option<Self> {
        Self::all().find(|unit| unit.label() == label)
    }
}

/// A bed of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Bed {
    /// The unit it stands in.
    pub unit: Unit,
    /// Its number there, from 1; 0 is a place without a bed.
    pub number: u16,
}

/// How a unit is laid out.
pub(crate) struct Plan {
    pub(crate) unit: Unit,
    pub(crate) label: &'static str,
    pub(crate) name: &'static str,
    /// A v3-RoleCode and its display.
    kind: (&'static str, &'static str),
    department: usize,
    beds: usize,
    /// How many of them are taken in a hospital of a thousand patients.
    pub(crate) taken: usize,
}

/// The wards of the medical and surgical house.
pub(crate) const WARDS: [Unit; 4] = [Unit::West4, Unit::East4, Unit::West5, Unit::East5];

const HOSPITAL_UNIT: (&str, &str) = ("HU", "Hospital unit");
const CLINIC: (&str, &str) = ("OF", "Outpatient facility");

const fn plan(
    unit: Unit,
    names: [&'static str; 2],
    kind: (&'static str, &'static str),
    department: usize,
    beds: [usize; 2],
) -> Plan {
    let [label, name] = names;
    let [beds, taken] = beds;
    Plan { unit, label, name, kind, department, beds, taken }
}

/// Every unit, in the order of [`Unit`].
pub(crate) const PLANS: &[Plan] = &[
    plan(Unit::Emergency, ["ED", "Emergency Department"], ("ER", "Emergency room"), 0, [30, 13]),
    plan(Unit::West4, ["4W", "4 West Medicine"], HOSPITAL_UNIT, 1, [28, 19]),
    plan(Unit::East4, ["4E", "4 East Medicine"], HOSPITAL_UNIT, 1, [28, 19]),
    plan(Unit::West5, ["5W", "5 West Surgery"], HOSPITAL_UNIT, 2, [28, 18]),
    plan(Unit::East5, ["5E", "5 East Orthopedics"], HOSPITAL_UNIT, 2, [28, 17]),
    plan(Unit::StepDown, ["SDU", "Step-down Unit"], HOSPITAL_UNIT, 1, [16, 11]),
    plan(Unit::IntensiveCare, ["ICU", "Intensive Care Unit"], ("ICU", "Intensive care unit"), 3, [16, 10]),
    plan(Unit::Delivery, ["LD", "Labor and Delivery"], HOSPITAL_UNIT, 4, [8, 0]),
    plan(Unit::Postpartum, ["PP", "Postpartum"], HOSPITAL_UNIT, 4, [16, 7]),
    plan(Unit::Pediatrics, ["PED", "Pediatrics"], ("PEDU", "Pediatric unit"), 5, [12, 6]),
    plan(Unit::Psychiatry, ["PSY", "Behavioral Health"], HOSPITAL_UNIT, 6, [8, 3]),
    plan(Unit::Theatre, ["OR", "Operating Rooms"], HOSPITAL_UNIT, 2, [8, 0]),
    plan(Unit::PrimaryCare, ["PCC", "Primary Care Clinic"], CLINIC, 7, [0, 0]),
    plan(Unit::ChildrensClinic, ["PEDC", "Children's Clinic"], CLINIC, 5, [0, 0]),
    plan(Unit::WomensClinic, ["WOM", "Women's Health Clinic"], CLINIC, 4, [0, 0]),
    plan(Unit::HeartClinic, ["HRT", "Heart Clinic"], CLINIC, 1, [0, 0]),
    plan(Unit::Nursery, ["NUR", "Nursery"], HOSPITAL_UNIT, 4, [12, 0]),
    plan(Unit::Recovery, ["PACU", "Recovery Room"], HOSPITAL_UNIT, 2, [12, 0]),
];

const DEPARTMENTS: &[&str] = &[
    "Emergency Medicine",
    "Department of Medicine",
    "Department of Surgery",
    "Critical Care",
    "Women's Health and Obstetrics",
    "Pediatrics",
    "Behavioral Health",
    "Outpatient Clinics",
    "Alder Falls Clinical Laboratory",
    "Diagnostic Imaging",
];
const LABORATORY: usize = 8;
const IMAGING: usize = 9;

/// Each unit's label, name, department, beds, and how many of these are taken: what a hospital's file has to agree with.
#[cfg(test)]
pub(crate) fn plans() -> Vec<(String, String, String, usize, usize)> {
    let told = |plan: &Plan| {
        let [label, name, department] =
            [plan.label, plan.name, DEPARTMENTS[plan.department]].map(str::to_owned);
        (label, name, department, plan.beds, plan.taken)
    };
    PLANS.iter().map(told).collect()
}

/// What is written of a bed or bay: its id, and the label on its door.
pub(crate) struct Bedstead {
    pub(crate) id: Id,
    label: String,
    name: String,
}

/// A unit with its beds.
pub(crate) struct Place {
    pub(crate) id: Id,
    pub(crate) beds: Vec<Bedstead>,
}

/// The hospital as an organisation and as a building.
pub(crate) struct Building {
    pub(crate) hospital: Id,
    payer: Id,
    departments: Vec<Id>,
    places: Vec<Place>,
}

impl Building {
    /// The building of one world.
    pub(crate) fn new(key: Key) -> Self {
        let key = key.name("building");
        Self {
            hospital: Id::of(key.name("hospital")),
            payer: Id::of(key.name("payer")),
            departments: DEPARTMENTS.iter().map(|name| Id::of(key.name(name))).collect(),
            places: PLANS.iter().map(|plan| Place::new(key, plan)).collect(),
        }
    }

    /// One unit.
    pub(crate) fn place(&self, unit: Unit) -> &Place {
        &self.places[unit as usize]
    }

    /// The Location of a bed, or of its unit where there is no such bed.
    pub(crate) fn location(&self, bed: Bed) -> Id {
        let place = self.place(bed.unit);
        let bedstead = usize::from(bed.number).checked_sub(1).and_then(|number| place.beds.get(number));
        bedstead.map_or(place.id, |bedstead| bedstead.id)
    }

    /// The department that runs a unit.
    pub(crate) fn department(&self, unit: Unit) -> Id {
        self.departments[PLANS[unit as usize].department]
    }

    /// The laboratory.
    pub(crate) fn laboratory(&self) -> Id {
        self.departments[LABORATORY]
    }

    /// Diagnostic imaging.
    pub(crate) fn imaging(&self) -> Id {
        self.departments[IMAGING]
    }

    /// Writes every organisation.
    pub(crate) fn organizations(&self, updated_us: i64, emit: &mut dyn FnMut(Id, &mut Json)) {
        let mut json = Json::default();
        let provider = ("prov", "Healthcare Provider");
        let mut write = |id, name, kind, part_of| {
            Organization { id, name, kind, part_of, updated_us }.write(&mut json);
            emit(id, &mut json);
        };
        write(self.hospital, "Alder Falls General Hospital", provider, None);
        for (id, name) in self.departments.iter().zip(DEPARTMENTS) {
            write(*id, name, ("dept", "Hospital Department"), Some(self.hospital));
        }
        write(self.payer, "Six Rivers Health Plan", ("pay", "Payer"), None);
    }

    /// Writes every unit, each followed by its beds.
    pub(crate) fn locations(&self, updated_us: i64, emit: &mut dyn FnMut(Id, &mut Json)) {
        let mut json = Json::default();
        for (plan, place) in PLANS.iter().zip(&self.places) {
            let organization = self.departments[plan.department];
            Location {
                id: place.id,
                label: plan.label,
                name: plan.name,
                kind: plan.kind,
                form: if plan.beds > 0 { ("wa", "Ward") } else { ("ro", "Room") },
                organization,
                part_of: None,
                updated_us,
            }
            .write(&mut json);
            emit(place.id, &mut json);
            for bed in &place.beds {
                Location {
                    id: bed.id,
                    label: &bed.label,
                    name: &bed.name,
                    kind: plan.kind,
                    form: ("bd", "Bed"),
                    organization,
                    part_of: Some(place.id),
                    updated_us,
                }
                .write(&mut json);
                emit(bed.id, &mut json);
            }
        }
    }
}

impl Place {
    fn new(key: Key, plan: &Plan) -> Self {
        let key = key.name(plan.label);
        Self {
            id: Id::of(key),
            beds: (1..=plan.beds).map(|number| Bedstead::new(key, plan, number)).collect(),
        }
    }
}

impl Bedstead {
    fn new(key: Key, plan: &Plan, number: usize) -> Self {
        Self {
            id: Id::of(key.number(number as u64)),
            label: format!("{}-{number:02}", plan.label),
            name: format!("{}, bed {number}", plan.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_stand_in_the_order_of_units() {
        assert!(PLANS.iter().enumerate().all(|(place, plan)| plan.unit as usize == place));
        assert!(PLANS.iter().all(|plan| plan.taken <= plan.beds));
        assert!(PLANS.iter().all(|plan| plan.department < DEPARTMENTS.len()));
    }

    #[test]
    fn about_110_beds_are_taken_besides_the_emergency_department() {
        let taken: usize = PLANS.iter().skip(1).map(|plan| plan.taken).sum();
        assert_eq!(taken, 110);
    }
}
