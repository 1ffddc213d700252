//! The clinicians.

use serde::{Deserialize, Serialize};

use super::building::{Building, Unit};
use crate::id::Id;
use crate::population::names;
use crate::random::{Key, Stream};
use crate::writer::{Json, Participant, Practitioner, Role};

/// What a clinician is trained for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each is what it is called")]
pub enum Specialty {
    FamilyMedicine,
    HospitalMedicine,
    EmergencyMedicine,
    Cardiology,
    Pediatrics,
    Obstetrics,
    Surgery,
    Orthopedics,
    CriticalCare,
    Psychiatry,
    Nursing,
}

impl Specialty {
    /// What it is called.
    pub fn name(self) -> &'static str {
        TEAMS[self as usize].1
    }
}

/// Specialty, its name, how many, and where they work; in the order of [`Specialty`].
const TEAMS: &[(Specialty, &str, usize, Unit)] = &[
    (Specialty::FamilyMedicine, "Family medicine", 8, Unit::PrimaryCare),
    (Specialty::HospitalMedicine, "Hospital medicine", 6, Unit::West4),
    (Specialty::EmergencyMedicine, "Emergency medicine", 5, Unit::Emergency),
    (Specialty::Cardiology, "Cardiology", 3, Unit::HeartClinic),
    (Specialty::Pediatrics, "Pediatrics", 4, Unit::ChildrensClinic),
    (Specialty::Obstetrics, "Obstetrics and gynecology", 3, Unit::WomensClinic),
    (Specialty::Surgery, "General surgery", 3, Unit::West5),
    (Specialty::Orthopedics, "Orthopedic surgery", 2, Unit::East5),
    (Specialty::CriticalCare, "Critical care medicine", 3, Unit::IntensiveCare),
    (Specialty::Psychiatry, "Psychiatry", 2, Unit::Psychiatry),
    (Specialty::Nursing, "Nursing", 6, Unit::West4),
];

/// One clinician.
pub(crate) struct Clinician {
    key: Key,
    pub(crate) id: Id,
    specialty: Specialty,
    female: bool,
    family: &'static str,
    given: &'static str,
    npi: String,
    display: String,
}

/// All clinicians, team by team.
pub(crate) struct Staff(Vec<Clinician>);

impl Staff {
    /// The staff of one world.
    pub(crate) fn new(key: Key) -> Self {
        let key = key.name("staff");
        let members =
            TEAMS.iter().flat_map(|(specialty, _, count, _)| std::iter::repeat_n(*specialty, *count));
        Self(
            members
                .enumerate()
                .map(|(number, specialty)| Clinician::draw(key.number(number as u64), number, specialty))
                .collect(),
        )
    }

    /// The member of a team that a key points to.
    pub(crate) fn one_of(&self, specialty: Specialty, key: Key) -> Participant<'_> {
        let first: usize = TEAMS[..specialty as usize].iter().map(|team| team.2).sum();
        let count = TEAMS[specialty as usize].2;
        let clinician = &self.0[first + key.stream().below(count)];
        Participant { id: clinician.id, name: &clinician.display }
    }

    /// Writes every clinician, each followed by their role.
    pub(crate) fn write(
        &self,
        building: &Building,
        updated_us: i64,
        emit: &mut dyn FnMut(&'static str, Id, &mut Json),
    ) {
        let mut json = Json::default();
        for clinician in &self.0 {
            clinician.practitioner(updated_us).write(&mut json);
            emit("Practitioner", clinician.id, &mut json);
            let id = Id::of(clinician.key.name("role"));
            clinician.write_role(id, building, updated_us, &mut json);
            emit("PractitionerRole", id, &mut json);
        }
    }
}

impl Clinician {
    fn draw(key: Key, number: usize, specialty: Specialty) -> Self {
        let mut stream = key.stream();
        let female = stream.chance(0.5);
        let given = *stream.pick(if female { names::WOMEN } else { names::MEN });
        let family = *stream.pick(names::FAMILY_NAMES);
        let nurse = specialty == Specialty::Nursing;
        Self {
            key,
            id: Id::of(key.name("practitioner")),
            specialty,
            female,
            family,
            given,
            npi: draw_npi(&mut stream, number),
            display: format!("{given} {family}, {}", if nurse { "RN" } else { "MD" }),
        }
    }

    fn practitioner(&self, updated_us: i64) -> Practitioner<'_> {
        Practitioner {
            id: self.id,
            npi: &self.npi,
            family: self.family,
            given: self.given,
            suffix: if self.specialty == Specialty::Nursing { "RN" } else { "MD" },
            gender: if self.female { "female" } else { "male" },
            updated_us,
        }
    }

    fn write_role(&self, id: Id, building: &Building, updated_us: i64, json: &mut Json) {
        let (_, specialty, _, unit) = TEAMS[self.specialty as usize];
        let nurse = self.specialty == Specialty::Nursing;
        Role {
            id,
            practitioner: self.id,
            organization: building.department(unit),
            location: building.place(unit).id,
            code: if nurse { ("nurse", "Nurse") } else { ("doctor", "Doctor") },
            specialty,
            phone: "555-010-0100",
            updated_us,
        }
        .write(json);
    }
}

/// Ten digits beginning with 9, which the NPI registry never issues, and a Luhn check digit
/// over the prefix 80840 as the registry computes it.
fn draw_npi(stream: &mut Stream, number: usize) -> String {
    let body = format!("9{:05}{number:03}", stream.below(100_000));
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| luhn_term(u32::from(digit - b'0'), place % 2 == 0))
        .sum();
    let check = (10 - (sum + 24) % 10) % 10;
    format!("{body}{check}")
}

fn luhn_term(digit: u32, doubled: bool) -> u32 {
    let value = if doubled { digit * 2 } else { digit };
    value / 10 + value % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn teams_stand_in_the_order_of_specialties() {
        assert!(TEAMS.iter().enumerate().all(|(place, team)| team.0 as usize == place));
    }

    #[test]
    fn every_npi_has_a_right_check_digit() {
        for clinician in &Staff::new(Key::new(3)).0 {
            let whole = format!("80840{}", clinician.npi);
            let sum: u32 = whole
                .bytes()
                .rev()
                .enumerate()
                .map(|(place, digit)| luhn_term(u32::from(digit - b'0'), place % 2 == 1))
                .sum();
            assert_eq!((clinician.npi.len(), sum % 10), (10, 0), "{whole}");
        }
    }
}
