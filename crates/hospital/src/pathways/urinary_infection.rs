//! Urinary infections, mostly of women.

use super::pathway::office_hours;
use super::{Pathway, Start};
use crate::calendar::{DAY_US, MINUTE_US};
use crate::codes::{diagnosis, drug, test, visit};
use crate::population::{Chart, Person, Signs, Unit, Visit};

pub(super) const PATHWAY: Pathway =
    Pathway { name: "urinary-infection", start: Start::Yearly { rate, days: 14 }, play };

fn rate(person: &Person, age: i32) -> f64 {
    match (person.is_female(), age) {
        (true, 16..) => 0.09,
        (false, 60..) => 0.04,
        _ => 0.006,
    }
}

fn play(chart: &mut Chart<'_>, at_us: i64) {
    let quarter = chart.stream.between(0, 35);
    let at_us = office_hours(at_us, quarter);
    let reason = &diagnosis::URINARY_INFECTION;
    let unit = match chart.person.age_at(at_us) {
        ..16 => Unit::ChildrensClinic,
        _ => Unit::PrimaryCare,
    };
    let stay = chart.visit(&Visit::clinic(unit, &visit::SICK_VISIT, reason, at_us));
    let id = chart.diagnosis(&stay, reason, Some(at_us + 7 * DAY_US));
    chart.quick_check(&stay, at_us + 5 * MINUTE_US, Signs { fever: 0.4, ..Signs::default() });
    chart.finding(&stay, at_us + 15 * MINUTE_US, &test::LEUKOCYTE_ESTERASE, "Positive", true);
    let grown = chart.stream.chance(0.7);
    let culture = if grown {
        "Escherichia coli, more than 100,000 colony forming units per mL"
    } else {
        "Mixed flora, no single organism predominates"
    };
    chart.finding(&stay, at_us + 15 * MINUTE_US, &test::URINE_CULTURE, culture, grown);
    chart.course(&stay, &drug::CIPROFLOXACIN, "Take one tablet by mouth twice a day for three days.", id);
}
