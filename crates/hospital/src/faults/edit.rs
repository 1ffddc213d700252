//! How a second record of the same person comes to differ.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::calendar::{Date, date_of};
use crate::population::{FAMILY_NAMES, STREETS, TOWNS, nickname};
use crate::random::Stream;

/// One difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Edit {
    /// Two neighbouring digits of the birth date changed places.
    SwappedDigits,
    /// The family name before marriage.
    MaidenName,
    /// The short form of the first given name.
    Nickname,
    /// One letter of the family name doubled, dropped or swapped.
    Typo,
    /// Another street and town.
    MovedAddress,
    /// No telephone.
    MissingPhone,
}

impl Edit {
    /// True when the edit would change this patient, and plausibly so.
    pub(super) fn suits(self, patient: &Value, now_us: i64) -> bool {
        match self {
            Self::SwappedDigits => !swapped_dates(patient, now_us).is_empty(),
            Self::MaidenName => patient["gender"] == "female",
            Self::Nickname => first_given(patient).and_then(nickname).is_some(),
            Self::Typo => family(patient).is_some_and(|name| name.len() >= 4 && name.is_ascii()),
            Self::MovedAddress => patient["address"][0]["city"].is_string(),
            Self::MissingPhone => has_phone(patient),
        }
    }

    /// Makes the change; only on patients it [suits](Self::suits).
    pub(super) fn apply(self, patient: &mut Value, now_us: i64, stream: &mut Stream) {
        match self {
            Self::SwappedDigits => {
                let dates = swapped_dates(patient, now_us);
                if !dates.is_empty() {
                    patient["birthDate"] = json!(stream.pick(&dates).to_string());
                }
            }
            Self::MaidenName => {
                let married = family(patient).unwrap_or_default().to_owned();
                let start = stream.below(FAMILY_NAMES.len());
                let names = FAMILY_NAMES.iter().cycle().skip(start);
                let mut others = names.filter(|name| **name != married);
                patient["name"][0]["family"] = json!(others.next());
            }
            Self::Nickname => {
                if let Some(short) = first_given(patient).and_then(nickname) {
                    patient["name"][0]["given"][0] = json!(short);
                }
            }
            Self::Typo => {
                let name = family(patient).unwrap_or_default();
                patient["name"][0]["family"] = json!(mistype(name, stream));
            }
            Self::MovedAddress => move_house(patient, stream),
            Self::MissingPhone => {
                if let Some(telecom) = patient["telecom"].as_array_mut() {
                    telecom.retain(|contact| contact["system"] != "phone");
                }
                // FHIR R4, 2.6.2: an empty array is not JSON of a resource.
                if patient["telecom"].as_array().is_some_and(Vec::is_empty)
                    && let Some(members) = patient.as_object_mut()
                {
                    members.shift_remove("telecom");
                }
            }
        }
    }
}

/// Gives the patient a house that is not the one before.
pub(super) fn move_house(patient: &mut Value, stream: &mut Stream) {
    let old = patient["address"][0]["city"].as_str().unwrap_or_default();
    let start = stream.below(TOWNS.len());
    let (town, postal_code) =
        TOWNS.iter().cycle().skip(start).find(|(town, _)| *town != old).copied().unwrap_or(TOWNS[start]);
    let street = format!("{} {}", stream.between(1, 1899), stream.pick(STREETS));
    patient["address"] = json!([{
        "use": "home", "line": [street], "city": town, "state": "OH",
        "postalCode": postal_code, "country": "US",
    }]);
}

fn family(patient: &Value) -> Option<&str> {
    patient["name"][0]["family"].as_str()
}

fn first_given(patient: &Value) -> Option<&str> {
    patient["name"][0]["given"][0].as_str()
}

fn has_phone(patient: &Value) -> bool {
    let telecom = patient["telecom"].as_array();
    telecom.is_some_and(|contacts| contacts.iter().any(|contact| contact["system"] == "phone"))
}

/// Every other past date that two neighbouring digits of the birth date can be swapped to.
fn swapped_dates(patient: &Value, now_us: i64) -> Vec<Date> {
    let Some(text) = patient["birthDate"].as_str().filter(|text| Date::parse(text).is_some()) else {
        return Vec::new();
    };
    // The century, years, months and days stand at these places of YYYY-MM-DD.
    [2, 5, 8]
        .into_iter()
        .filter_map(|place| {
            let mut digits = text.as_bytes().to_vec();
            digits.swap(place, place + 1);
            Date::parse(std::str::from_utf8(&digits).ok()?)
        })
        .filter(|date| date.to_string() != text && *date <= date_of(now_us))
        .collect()
}

/// Doubles, drops or swaps a letter after the first; swaps of equal letters become a doubling.
fn mistype(name: &str, stream: &mut Stream) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    if letters.len() < 3 {
        return format!("{name}e");
    }
    let place = 1 + stream.below(letters.len() - 2);
    match stream.below(3) {
        0 if letters[place] != letters[place + 1] => letters.swap(place, place + 1),
        1 => {
            letters.remove(place);
        }
        _ => letters.insert(place, letters[place]),
    }
    letters.into_iter().collect()
}
