//! What the registration desk writes down about a person.

use super::person::Race;
use super::places::{STREETS, TOWNS};
use super::{Person, World, mrn, names};
use crate::calendar::{DAY_US, Date};
use crate::random::Stream;
use crate::writer::{Json, Patient};

/// CDC race code and display.
const fn race_codes(race: Race) -> &'static [(&'static str, &'static str)] {
    match race {
        Race::White => &[("2106-3", "White")],
        Race::Black => &[("2054-5", "Black or African American")],
        Race::Asian => &[("2028-9", "Asian")],
        Race::AmericanIndian => &[("1002-5", "American Indian or Alaska Native")],
        Race::PacificIslander => &[("2076-8", "Native Hawaiian or Other Pacific Islander")],
        Race::Several => &[("2106-3", "White"), ("2028-9", "Asian")],
    }
}

/// Every second person of several races.
const WHITE_AND_BLACK: &[(&str, &str)] = &[("2106-3", "White"), ("2054-5", "Black or African American")];

const HISPANIC: (&str, &str) = ("2135-2", "Hispanic or Latino");
const NOT_HISPANIC: (&str, &str) = ("2186-5", "Not Hispanic or Latino");
const ENGLISH: (&str, &str) = ("en", "English");
const SPANISH: (&str, &str) = ("es", "Spanish");

/// Languages other than English and Spanish, with their share.
const LANGUAGES: &[((&str, &str), f64)] = &[
    (("zh", "Chinese"), 3.0),
    (("vi", "Vietnamese"), 2.0),
    (("ar", "Arabic"), 1.0),
    (("fr", "French"), 1.0),
    (("ru", "Russian"), 1.0),
];

/// Who somebody is, as the registration desk takes it down.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    /// First and second given name.
    pub given: [&'static str; 2],
    /// Family name.
    pub family: &'static str,
    /// A woman or girl; the population keeps to the two sexes of the census table.
    pub female: bool,
    /// Birth date.
    pub birth: Date,
    /// House number and street.
    pub street: String,
    /// Town.
    pub town: &'static str,
    /// Postal code.
    pub postal_code: &'static str,
    /// Telephone number.
    pub phone: String,
    /// Address for electronic mail, if they have one.
    pub email: Option<String>,
    /// Code and display (v3-MaritalStatus); none for children.
    pub marital_status: Option<(&'static str, &'static str)>,
    /// Language tag and name.
    pub language: (&'static str, &'static str),
    /// CDC race codes and displays.
    pub races: &'static [(&'static str, &'static str)],
    /// CDC ethnicity code and display.
    pub ethnicity: (&'static str, &'static str),
    /// Days before the present since the desk last saw the chart.
    seen_us: i64,
}

impl World {
    /// Who a person is.
    pub(crate) fn identity(&self, person: &Person) -> Identity {
        let mut stream = person.key.name("registration").stream();
        let given = draw_given(person, &mut stream);
        let family = draw_family(person, &mut stream);
        let (town, postal_code) = *stream.pick(TOWNS);
        let street = format!("{} {}", stream.between(1, 1899), stream.pick(STREETS));
        let phone = format!("555-{}-{:04}", stream.between(200, 999), stream.below(10_000));
        let email = draw_email(person, given[0], family, &mut stream);
        let seen_us = stream.between(DAY_US, 20 * DAY_US);
        Identity {
            given,
            family,
            female: person.is_female(),
            birth: person.birth,
            street,
            town,
            postal_code,
            phone,
            email,
            marital_status: draw_marital_status(person, &mut stream),
            language: draw_language(person, &mut stream),
            races: match person.race {
                Race::Several if person.index.is_multiple_of(2) => WHITE_AND_BLACK,
                race => race_codes(race),
            },
            ethnicity: if person.hispanic { HISPANIC } else { NOT_HISPANIC },
            seen_us,
        }
    }
}

/// Writes the Patient resource, all but its closing brace.
pub(super) fn write(world: &World, person: &Person, json: &mut Json) {
    let identity = world.identity(person);
    let updated_us = person.deceased_us.unwrap_or(world.recipe.as_of_us - identity.seen_us);
    Patient {
        id: person.id,
        mrn: &mrn(&world.recipe, u64::from(person.index)),
        races: identity.races,
        ethnicity: identity.ethnicity,
        female: identity.female,
        family: identity.family,
        given: identity.given,
        birth: identity.birth,
        deceased_us: person.deceased_us,
        phone: Some(&identity.phone),
        email: identity.email.as_deref(),
        street: &identity.street,
        town: identity.town,
        postal_code: identity.postal_code,
        marital_status: identity.marital_status,
        language: identity.language,
        practitioner: world.family_doctor(person).id,
        hospital: world.building.hospital,
        restricted: draw_restriction(person),
        updated_us: updated_us.max(person.born_us()),
    }
    .write(json);
}

fn draw_given(person: &Person, stream: &mut Stream) -> [&'static str; 2] {
    let names = if person.is_female() { names::WOMEN } else { names::MEN };
    let first = *stream.pick(names);
    let second = *stream.pick(names);
    [first, if second == first { "Lee" } else { second }]
}

fn draw_family(person: &Person, stream: &mut Stream) -> &'static str {
    let names = if person.hispanic && stream.chance(0.8) {
        names::HISPANIC_FAMILY_NAMES
    } else if person.race == Race::Asian && stream.chance(0.8) {
        names::ASIAN_FAMILY_NAMES
    } else {
        names::FAMILY_NAMES
    };
    stream.pick::<&str>(names)
}

fn draw_email(person: &Person, given: &str, family: &str, stream: &mut Stream) -> Option<String> {
    let number = stream.between(1, 99);
    let host = stream.pick(&["example.org", "example.net", "example.com"]);
    let has = person.age >= 16 && stream.chance(if person.age < 70 { 0.85 } else { 0.5 });
    has.then(|| format!("{given}.{family}{number}@{host}").to_lowercase())
}

/// Why a chart is restricted: one in a hundred adults works here or is known to everybody. Drawn apart, so that the rest
/// of a person does not depend on it.
fn draw_restriction(person: &Person) -> Option<&'static str> {
    let mut stream = person.key.name("restriction").stream();
    let is_restricted = stream.chance(0.01) && person.age >= 18;
    is_restricted.then(|| if stream.chance(0.7) { "EMP" } else { "CEL" })
}

fn draw_marital_status(person: &Person, stream: &mut Stream) -> Option<(&'static str, &'static str)> {
    const SINGLE: (&str, &str) = ("S", "Never Married");
    const MARRIED: (&str, &str) = ("M", "Married");
    const DIVORCED: (&str, &str) = ("D", "Divorced");
    const WIDOWED: (&str, &str) = ("W", "Widowed");
    let shares = match person.age {
        ..18 => return None,
        18..25 => [(SINGLE, 92.0), (MARRIED, 7.0), (DIVORCED, 1.0), (WIDOWED, 0.0)],
        25..45 => [(SINGLE, 40.0), (MARRIED, 50.0), (DIVORCED, 9.5), (WIDOWED, 0.5)],
        45..65 => [(SINGLE, 18.0), (MARRIED, 61.0), (DIVORCED, 18.0), (WIDOWED, 3.0)],
        _ => [(SINGLE, 8.0), (MARRIED, 57.0), (DIVORCED, 14.0), (WIDOWED, 21.0)],
    };
    Some(stream.weighted(&shares, |row| row.1).0)
}

fn draw_language(person: &Person, stream: &mut Stream) -> (&'static str, &'static str) {
    let other = stream.weighted(LANGUAGES, |row| row.1).0;
    let share = if person.race == Race::Asian { 0.4 } else { 0.02 };
    match (person.hispanic, stream.chance(share)) {
        (true, _) if stream.chance(0.45) => SPANISH,
        (_, true) => other,
        _ => ENGLISH,
    }
}

impl World {
    /// The doctor a patient is registered with.
    pub(super) fn family_doctor(&self, person: &Person) -> crate::writer::Participant<'_> {
        let specialty =
            if person.age < 16 { super::Specialty::Pediatrics } else { super::Specialty::FamilyMedicine };
        self.staff.one_of(specialty, person.key.name("family-doctor"))
    }
}
