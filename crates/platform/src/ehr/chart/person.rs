use hospital::calendar::{DAY_US, Date, date_of};
use hospital::ehr::{mrn_of, name_of};
use serde::Serialize;
use serde_json::Value;

use super::element::{id, text, version};
use super::moment::Moment;
use crate::ehr::roles::is_restricted;

/// Who a record is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// The id of the Patient.
    pub id: String,
    /// The version of the Patient.
    pub version: u64,
    /// The name, given names first; `no name` if there is none.
    pub name: String,
    /// The medical record number.
    pub mrn: Option<String>,
    /// The birth date as written.
    pub birth_date: Option<String>,
    /// The age now, or at death: `46 years`, `14 months`, `9 days`.
    pub age: Option<String>,
    /// The administrative sex as written.
    pub sex: Option<String>,
    /// Whether the record says the patient has died, and when if it does.
    pub deceased: bool,
    /// When the patient died, if that is known.
    pub died: Option<Moment>,
    /// Whether the record is restricted: not everyone may open it.
    pub restricted: bool,
    /// Whether the record is in use.
    pub active: bool,
}

impl Identity {
    pub(super) fn of(patient: &Value, now_us: i64) -> Self {
        let died = Moment::first(patient, &["/deceasedDateTime"]);
        let birth_date = text(patient, "birthDate").map(str::to_owned);
        let until_us = died.as_ref().and_then(|died| died.at_us).unwrap_or(now_us);
        Self {
            id: id(patient),
            version: version(patient),
            name: name_of(patient).unwrap_or_else(|| "no name".to_owned()),
            mrn: mrn_of(patient).map(str::to_owned),
            age: birth_date.as_deref().and_then(|born| age(born, until_us)),
            birth_date,
            sex: text(patient, "gender").map(str::to_owned),
            deceased: died.is_some() || patient.get("deceasedBoolean") == Some(&Value::Bool(true)),
            died,
            restricted: is_restricted(patient),
            active: patient.get("active") != Some(&Value::Bool(false)),
        }
    }
}

/// Whole years, below two years months, below two months days. Nothing for a birth that is no date or yet to come.
fn age(birth_date: &str, until_us: i64) -> Option<String> {
    let born_us = Moment::of(birth_date).at_us?;
    let (born, until): (Date, Date) = (date_of(born_us), date_of(until_us));
    let days = until_us.div_euclid(DAY_US) - born_us.div_euclid(DAY_US);
    if days < 0 {
        return None;
    }
    let (years, months) = (born.age_on(until), months_between(born, until));
    Some(match (years, months) {
        (2.., _) => format!("{years} years"),
        (_, 2..) => format!("{months} months"),
        _ if days == 1 => "1 day".to_owned(),
        _ => format!("{days} days"),
    })
}

fn months_between(born: Date, until: Date) -> i32 {
    let ((year, month, day), (to_year, to_month, to_day)) = (born.civil(), until.civil());
    (to_year - year) * 12 + to_month as i32 - month as i32 - i32::from(to_day < day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_told_as_people_tell_them() {
        let now_us = Moment::of("2031-03-04T06:00:00Z").at_us.unwrap();
        let cases = [
            ("1984-03-04", Some("47 years")),
            ("1984-03-05", Some("46 years")),
            ("1984", Some("47 years")),
            ("2029-12-20", Some("14 months")),
            ("2031-01-15", Some("48 days")),
            ("2031-03-03", Some("1 day")),
            ("2031-03-04", Some("0 days")),
            ("2031-03-05", None),
            ("long ago", None),
        ];
        for (born, told) in cases {
            assert_eq!(age(born, now_us).as_deref(), told, "{born}");
        }
    }
}
