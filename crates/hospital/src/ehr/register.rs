//! Registering a patient.

use serde::Deserialize;
use serde_json::{Value, json};

use super::error::Problems;
use super::{EhrError, shape};
use crate::calendar::{Date, date_of};
use crate::population::MRN_SYSTEM;

/// The oldest a newly registered patient may be, in years.
const AGE_MAX: i32 = 125;

/// What the registration form asks for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// A number to use; without one the next free number is given.
    #[serde(default)]
    pub mrn: Option<String>,
    /// Family name.
    pub family: String,
    /// Given names, the first one first.
    pub given: Vec<String>,
    /// Date of birth, `YYYY-MM-DD`.
    pub birth_date: String,
    /// Administrative sex.
    pub sex: Sex,
    /// Telephone, if any.
    #[serde(default)]
    pub phone: Option<String>,
    /// Home address, if any.
    #[serde(default)]
    pub address: Option<Address>,
}

/// Administrative sex (FHIR R4 value set `administrative-gender`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Neither of the two.
    Other,
    /// Not known.
    Unknown,
}

/// A postal address in the United States.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// House number and street.
    pub line: String,
    /// Town.
    pub city: String,
    /// Two-letter state code.
    pub state: String,
    /// Five digits, or nine with a dash.
    pub postal_code: String,
}

/// What must be known to register somebody.
#[derive(Clone, Copy, Debug)]
pub struct RegisterFacts<'a> {
    /// The next medical record number nobody holds.
    pub free_mrn: &'a str,
    /// True when the number asked for belongs to somebody already.
    pub mrn_taken: bool,
}

/// Makes the Patient resource (US Core Patient) of a newly registered person.
///
/// # Errors
/// Every field that cannot be accepted.
pub fn register(
    command: &Register,
    facts: &RegisterFacts<'_>,
    now_us: i64,
    ids: &mut dyn FnMut() -> String,
) -> Result<Value, EhrError> {
    check(command, facts, now_us)?;
    let mrn = command.mrn.as_deref().unwrap_or(facts.free_mrn);
    let given: Vec<&str> = command.given.iter().map(|name| name.trim()).collect();
    let mut patient = json!({
        "resourceType": "Patient",
        "id": ids(),
        "meta": shape::meta("us-core-patient"),
        "identifier": [{
            "use": "usual",
            "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR", "display": "Medical record number"}]},
            "system": MRN_SYSTEM,
            "value": mrn,
        }],
        "active": true,
        "name": [{"use": "official", "family": command.family.trim(), "given": given}],
    });
    if let Some(phone) = &command.phone {
        patient["telecom"] = json!([{"system": "phone", "value": phone.trim(), "use": "home"}]);
    }
    patient["gender"] = json!(command.sex);
    patient["birthDate"] = json!(command.birth_date);
    if let Some(address) = &command.address {
        patient["address"] = json!([{
            "use": "home",
            "line": [address.line.trim()],
            "city": address.city.trim(),
            "state": address.state,
            "postalCode": address.postal_code,
            "country": "US",
        }]);
    }
    Ok(patient)
}

fn check(command: &Register, facts: &RegisterFacts<'_>, now_us: i64) -> Result<(), EhrError> {
    let mut problems = Problems::default();
    if let Some(mrn) = &command.mrn {
        let shaped = mrn.len() == 7 && mrn.bytes().all(|byte| byte.is_ascii_digit());
        problems.expect(shaped, "mrn", "is not a record number", "give seven digits, or leave it out");
        let hint = "look the patient up before making a second record, or leave it out";
        problems.expect(!facts.mrn_taken, "mrn", "belongs to another patient", hint);
    }
    problems.check_text("family", &command.family, 80);
    problems.expect(!command.given.is_empty(), "given", "is empty", "give at least one given name");
    for name in &command.given {
        problems.check_text("given", name, 80);
    }
    check_birth_date(&mut problems, &command.birth_date, now_us);
    if let Some(phone) = &command.phone {
        check_phone(&mut problems, phone);
    }
    if let Some(address) = &command.address {
        check_address(&mut problems, address);
    }
    problems.finish()
}

fn check_birth_date(problems: &mut Problems, text: &str, now_us: i64) {
    let today = date_of(now_us);
    match Date::parse(text) {
        None => problems.add(
            "birth_date",
            format!("{text:?} is not a date"),
            "write it as YYYY-MM-DD, such as 1968-04-09",
        ),
        Some(date) if date > today => {
            problems.add("birth_date", "lies in the future", format!("today is {today}"));
        }
        Some(date) if date.age_on(today) > AGE_MAX => {
            problems.add("birth_date", format!("makes the patient older than {AGE_MAX}"), "check the year");
        }
        Some(_) => {}
    }
}

fn check_phone(problems: &mut Problems, phone: &str) {
    let digits = phone.bytes().filter(u8::is_ascii_digit).count();
    let plain = phone.chars().all(|letter| letter.is_ascii_digit() || "+-(). ".contains(letter));
    let hint = "give 7 to 15 digits, such as 555-234-0199";
    problems.expect(plain && (7..=15).contains(&digits), "phone", "is not a telephone number", hint);
}

fn check_address(problems: &mut Problems, address: &Address) {
    problems.check_text("address.line", &address.line, 120);
    problems.check_text("address.city", &address.city, 80);
    let state = address.state.len() == 2 && address.state.bytes().all(|byte| byte.is_ascii_uppercase());
    problems.expect(state, "address.state", "is not a state", "give two capital letters, such as OH");
    let hint = "give five digits, or nine as 45980-1234";
    problems.expect(
        is_postal_code(&address.postal_code),
        "address.postal_code",
        "is not a postal code",
        hint,
    );
}

fn is_postal_code(text: &str) -> bool {
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('-') {
        Some((area, rest)) => digits(area, 5) && digits(rest, 4),
        None => digits(text, 5),
    }
}
