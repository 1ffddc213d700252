use serde::Deserialize;
use serde_json::{Value, json};

use super::entered::Entered;
use super::error::{EhrError, LookAlike, Problems};
use crate::calendar::{Date, date_of};
use crate::meta::meta;
use crate::population::MRN_SYSTEM;

/// The administrative sexes (value set `administrative-gender`).
pub const SEXES: [&str; 4] = ["female", "male", "other", "unknown"];

/// The oldest anyone is taken to be.
const AGE_YEARS_MAX: i32 = 130;
/// Characters in one field of a name or an address.
const CHARS_MAX: usize = 100;

/// Someone who is new to the hospital.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Register {
    /// Family name.
    pub family: Entered,
    /// Given names, in order, separated by spaces.
    pub given: Entered,
    /// `YYYY-MM-DD`.
    pub birth_date: Entered,
    /// One of [`SEXES`].
    pub sex: Entered,
    /// Telephone number.
    pub phone: Entered,
    /// Street and number.
    pub street: Entered,
    /// Town.
    pub city: Entered,
    /// State or region.
    pub state: Entered,
    /// Postal code.
    pub postal_code: Entered,
    /// A medical record number to use; the next free one when left out.
    pub mrn: Entered,
    /// Whether the person at the desk made sure that this is nobody the hospital knows.
    pub confirm_new: Entered,
}

/// What the hospital knows about someone who is to be registered.
#[derive(Debug, Clone)]
pub struct RegisterFacts<'a> {
    /// A medical record number nobody has.
    pub free_mrn: &'a str,
    /// Whether somebody has the number that was asked for.
    pub mrn_taken: bool,
    /// The patients who are most likely the same person.
    pub alike: &'a [Value],
}

/// Registers a patient (US Core Patient) under `id`.
///
/// # Errors
/// [`EhrError::Fields`]; [`EhrError::Duplicate`] when the hospital may know this person and nobody confirmed that it
/// does not.
pub fn register(
    command: &Register,
    facts: &RegisterFacts<'_>,
    now_us: i64,
    id: &str,
) -> Result<Value, EhrError> {
    let mut problems = Problems::default();
    let family = problems.needed("family", &command.family, CHARS_MAX, "write the family name");
    let given = problems.needed("given", &command.given, CHARS_MAX, "write at least one given name");
    let birth_date = birth_date(&mut problems, &command.birth_date, now_us);
    let sex = sex(&mut problems, &command.sex);
    let phone = phone(&mut problems, &command.phone);
    let address = address(&mut problems, command);
    let mrn = mrn(&mut problems, &command.mrn, facts);
    problems.settle()?;
    if !facts.alike.is_empty() && !command.confirm_new.is_ticked() {
        return Err(EhrError::Duplicate(facts.alike.iter().map(LookAlike::of).collect()));
    }
    let given: Vec<&str> = given.as_deref().unwrap_or_default().split_whitespace().collect();
    let mut patient = json!({
        "resourceType": "Patient",
        "id": id,
        "meta": meta("us-core-patient"),
        "identifier": [{
            "use": "usual",
            "type": {"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/v2-0203",
                "code": "MR",
                "display": "Medical record number",
            }]},
            "system": MRN_SYSTEM,
            "value": mrn,
        }],
        "active": true,
        "name": [{"use": "official", "family": family, "given": given}],
    });
    if let Some(phone) = phone {
        patient["telecom"] = json!([{"system": "phone", "value": phone, "use": "home"}]);
    }
    patient["gender"] = json!(sex);
    patient["birthDate"] = json!(birth_date.map(|date| date.to_string()));
    if let Some(address) = address {
        patient["address"] = json!([address]);
    }
    Ok(patient)
}

/// The person of a form as a Patient, right or wrong as it was typed: to be compared with those who are known.
pub fn typed_person(command: &Register) -> Value {
    let text = |field: &Entered| field.text().unwrap_or_default().into_owned();
    let given: Vec<String> = text(&command.given).split_whitespace().map(str::to_owned).collect();
    json!({
        "resourceType": "Patient",
        "name": [{"family": command.family.text(), "given": given}],
        "birthDate": command.birth_date.text(),
        "gender": command.sex.text().map(|sex| sex.to_lowercase()),
        "telecom": [{"system": "phone", "value": command.phone.text()}],
        "address": [{"line": [text(&command.street)], "postalCode": command.postal_code.text()}],
    })
}

fn birth_date(problems: &mut Problems, entered: &Entered, now_us: i64) -> Option<Date> {
    const FIELD: &str = "birth_date";
    let text = problems.needed(FIELD, entered, 20, "write it as YYYY-MM-DD")?;
    let Some(date) = Date::parse(&text) else {
        problems.add(FIELD, format!("'{text}' is not a day"), "write it as YYYY-MM-DD, such as 1974-08-23");
        return None;
    };
    let today = date_of(now_us);
    if date > today {
        problems.add(FIELD, format!("{date} is in the future; here it is {today}"), "check the year");
    } else if date.age_on(today) > AGE_YEARS_MAX {
        problems.add(FIELD, format!("{date} is more than {AGE_YEARS_MAX} years ago"), "check the year");
    }
    Some(date)
}

fn sex(problems: &mut Problems, entered: &Entered) -> Option<&'static str> {
    if entered.text().is_none() && !entered.is_nested() {
        problems.add("sex", "is missing", format!("write one of {}", SEXES.join(", ")));
        return None;
    }
    problems.one_of("sex", entered, &SEXES, |sex| sex).copied()
}

fn phone(problems: &mut Problems, entered: &Entered) -> Option<String> {
    let text = problems.line("phone", entered, 30)?;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = text.chars().all(|c| c.is_ascii_digit() || " +-().x/".contains(c));
    if !plain || !(3..=20).contains(&digits) {
        problems.add(
            "phone",
            format!("'{text}' is not a telephone number"),
            "write 3 to 20 digits, such as 555-010-0199",
        );
    }
    Some(text)
}

fn address(problems: &mut Problems, command: &Register) -> Option<Value> {
    let street = problems.line("street", &command.street, CHARS_MAX);
    let rest = [
        ("city", problems.line("city", &command.city, CHARS_MAX)),
        ("state", problems.line("state", &command.state, CHARS_MAX)),
        ("postalCode", problems.line("postal_code", &command.postal_code, 20)),
    ];
    if street.is_none() && rest.iter().all(|(_, part)| part.is_none()) {
        return None;
    }
    let mut address = json!({"use": "home"});
    if let Some(street) = street {
        address["line"] = json!([street]);
    }
    for (member, part) in rest {
        if let Some(part) = part {
            address[member] = part.into();
        }
    }
    Some(address)
}

fn mrn(problems: &mut Problems, entered: &Entered, facts: &RegisterFacts<'_>) -> String {
    let Some(mrn) = problems.line("mrn", entered, 20) else { return facts.free_mrn.to_owned() };
    if !mrn.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        problems.add(
            "mrn",
            format!("'{mrn}' holds more than letters, digits and hyphens"),
            "check the number",
        );
    } else if facts.mrn_taken {
        problems.add(
            "mrn",
            format!("{mrn} belongs to another patient"),
            "look that patient up, or leave the field empty to get a free number",
        );
    }
    mrn
}
