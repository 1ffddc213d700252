//! Invented people for someone to register.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::Seed;

const FAMILIES: [&str; 24] = [
    "Aldersey",
    "Brackenridge",
    "Castellane",
    "Dunmorrow",
    "Eastlake",
    "Farnaby",
    "Greywater",
    "Hallorane",
    "Inglethorpe",
    "Jessamy",
    "Kestrelle",
    "Lindquarry",
    "Marchbanks",
    "Northolt",
    "Okonjera",
    "Pellworth",
    "Quillfeather",
    "Ravensdale",
    "Santoval",
    "Tamarisk",
    "Umberland",
    "Vantongeren",
    "Wetherspan",
    "Yarrowby",
];
const WOMEN: [&str; 12] = [
    "Adaeze", "Beatriz", "Celeste", "Dorothea", "Eleni", "Freya", "Ingrid", "Josefina", "Leocadia",
    "Marisol", "Nadezhda", "Philippa",
];
const MEN: [&str; 12] = [
    "Ambrose",
    "Bartholomew",
    "Cornelius",
    "Desmond",
    "Emeka",
    "Florian",
    "Gustavo",
    "Horatio",
    "Isidore",
    "Lucian",
    "Matthias",
    "Octavio",
];
const STREETS: [&str; 8] = [
    "Cooper's Row",
    "Foundry Lane",
    "Kiln Street",
    "Lantern Hill",
    "Millrace Road",
    "Orchard Rise",
    "Quarry Street",
    "Saltmarsh Avenue",
];
const TOWNS: [(&str, &str); 6] = [
    ("Alder Falls", "45980"),
    ("Bramble Creek", "45981"),
    ("Dunmere", "45983"),
    ("Fallow Bridge", "45985"),
    ("Hollins Ferry", "45987"),
    ("Kestrel Point", "45989"),
];

/// Someone who does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// `female` or `male`, as FHIR `Patient.gender` has it.
    pub gender: String,
    /// Birth date.
    pub birth_date: Date,
    /// Telephone number that nobody has.
    pub phone: String,
    /// Street and house number.
    pub line: String,
    /// Town.
    pub city: String,
    /// Postal code.
    pub postal_code: String,
}

impl Person {
    /// Invents a person for a param's name.
    #[must_use]
    pub fn invent(seed: &Seed, name: &str, gender: Option<&str>, from: Date, to: Date) -> Self {
        let pick = |what: &str, count: usize| index(seed.below(&format!("{name}/{what}"), count as u64));
        let gender = gender.unwrap_or(["female", "male"][pick("gender", 2)]);
        let given =
            if gender == "male" { MEN[pick("given", MEN.len())] } else { WOMEN[pick("given", WOMEN.len())] };
        let (city, postal_code) = TOWNS[pick("town", TOWNS.len())];
        Self {
            family: FAMILIES[pick("family", FAMILIES.len())].to_owned(),
            given: given.to_owned(),
            gender: gender.to_owned(),
            birth_date: day_between(seed, name, from, to),
            // Area code 555 is not given out, so no telephone anywhere rings.
            phone: format!("555-019-0{:03}", pick("phone", 1000)),
            line: format!("{} {}", 1 + pick("number", 240), STREETS[pick("street", STREETS.len())]),
            city: city.to_owned(),
            postal_code: postal_code.to_owned(),
        }
    }

    /// The person as the fields of a param.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "family": self.family, "given": self.given, "name": format!("{} {}", self.given, self.family),
            "gender": self.gender, "birth_date": self.birth_date.to_string(), "phone": self.phone,
            "line": self.line, "city": self.city, "postal_code": self.postal_code,
        })
    }

    /// The names of those fields.
    pub const FIELDS: [&'static str; 9] =
        ["family", "given", "name", "gender", "birth_date", "phone", "line", "city", "postal_code"];
}

/// A day between two others, both included.
pub(super) fn day_between(seed: &Seed, name: &str, from: Date, to: Date) -> Date {
    let days = from.until(to).map_or(0, |span| i64::from(span.get_days()));
    let chosen = seed.below(&format!("{name}/day"), u64::try_from(days).unwrap_or(0) + 1);
    let chosen = jiff::Span::new().days(i64::try_from(chosen).unwrap_or(0));
    from.checked_add(chosen).unwrap_or(from)
}

fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(0)
}
