//! The targets, and what is measured against them.

use super::cohort::{Cohort, Emergency, Member, Stay};
use crate::calendar::{DAY_US, HOUR_US, YEAR_US};
use crate::play::Line;
use crate::population::Condition;

/// One line of the table.
pub(super) struct Row {
    pub(super) name: &'static str,
    /// Where the target comes from. `R` behind it: recalled from there, not read again.
    pub(super) source: &'static str,
    pub(super) target: f64,
    pub(super) tolerance: f64,
    pub(super) measured: f64,
    /// Standard error of what is measured.
    pub(super) error: f64,
    /// Why it misses.
    pub(super) known: Option<&'static str>,
}

impl Row {
    /// How far it may be off.
    pub(super) fn allowed(&self) -> f64 {
        self.tolerance.max(3.0 * self.error)
    }

    pub(super) fn holds(&self) -> bool {
        (self.measured - self.target).abs() <= self.allowed()
    }

    /// The same row, listed as missed.
    fn known(self, why: &'static str) -> Self {
        Self { known: Some(why), ..self }
    }
}

/// A share in percent.
fn share(name: &'static str, source: &'static str, (target, tolerance): (f64, f64), of: &[bool]) -> Row {
    let count = of.len().max(1) as f64;
    let measured = 100.0 * of.iter().filter(|one| **one).count() as f64 / count;
    let error = (target * (100.0 - target) / count).sqrt();
    Row { name, source, target, tolerance, measured, error, known: None }
}

/// A mean.
fn mean(name: &'static str, source: &'static str, (target, tolerance): (f64, f64), of: &[f64]) -> Row {
    let count = of.len().max(1) as f64;
    let measured = of.iter().sum::<f64>() / count;
    let variance = of.iter().map(|one| (one - measured).powi(2)).sum::<f64>() / count;
    Row { name, source, target, tolerance, measured, error: (variance / count).sqrt(), known: None }
}

/// Events for so many person-years.
fn rate(
    name: &'static str,
    source: &'static str,
    (target, tolerance): (f64, f64),
    (count, years, each): (usize, f64, f64),
) -> Row {
    let measured = each * count as f64 / years;
    let error = each * (target / each * years).sqrt() / years;
    Row { name, source, target, tolerance, measured, error, known: None }
}

/// Every row.
pub(super) fn rows(cohort: &Cohort) -> Vec<Row> {
    let mut rows = stays(cohort);
    rows.extend(outcomes(cohort));
    rows.extend(emergencies(cohort));
    rows.extend(control(cohort));
    rows.extend(deaths(cohort));
    rows
}

const HCUP: &str = "HCUP (R)";

fn stays(cohort: &Cohort) -> Vec<Row> {
    let all = &cohort.stays;
    let days = |keep: &dyn Fn(&Stay) -> bool| -> Vec<f64> {
        let length = |stay: &Stay| (stay.end_us - stay.start_us) as f64 / DAY_US as f64;
        all.iter().filter(|stay| keep(stay)).map(length).collect()
    };
    let is = |keep: &dyn Fn(&Stay) -> bool| -> Vec<bool> { all.iter().map(keep).collect() };
    let line = |line| move |stay: &Stay| stay.line == line;
    vec![
        rate(
            "stays a year, of 1,000",
            "HCUP brief 180",
            (116.2, 4.0),
            (all.len(), cohort.person_years, 1000.0),
        ),
        mean("days of a stay", "HCUP brief 180", (4.5, 0.25), &days(&|_| true)),
        share("stays of newborns, %", "HCUP brief 148", (10.0, 1.0), &is(&line(Line::Newborn))),
        share("stays for pneumonia, %", "HCUP brief 148", (2.8, 0.5), &is(&|stay| stay.reason == "J18.9")),
        mean("days, maternal", HCUP, (2.6, 0.25), &days(&line(Line::Maternal))),
        mean("days, newborn", HCUP, (3.5, 0.4), &days(&line(Line::Newborn))),
        mean("days, medical", HCUP, (4.8, 0.25), &days(&line(Line::Medical))),
        mean("days, surgical", HCUP, (5.5, 0.5), &days(&line(Line::Surgical))),
        mean("days, psychiatric", HCUP, (6.6, 0.5), &days(&line(Line::Psychiatric))),
        Row {
            name: "staffed beds taken, %",
            source: "AHA (R)",
            target: 70.0,
            tolerance: 5.0,
            measured: 100.0 * cohort.occupied,
            error: 0.0,
            known: Some("110 of 180 beds are taken when a house is opened, so that learners find free ones"),
        },
    ]
}

fn outcomes(cohort: &Cohort) -> Vec<Row> {
    let back = |of: &dyn Fn(&Stay) -> bool| cohort.readmissions(of);
    let died = |of: &dyn Fn(&Stay) -> bool| -> Vec<bool> {
        cohort.stays.iter().filter(|stay| of(stay)).map(|stay| stay.died).collect()
    };
    let on = |name: &'static str| move |stay: &Stay| stay.pathway == name;
    let dead_soon = |stay: &Stay| {
        let member = cohort.members.iter().find(|member| member.person.index == stay.patient);
        member.and_then(|member| member.died_us).is_some_and(|us| us <= stay.start_us + 30 * DAY_US)
    };
    let lungs: Vec<bool> = cohort.stays.iter().filter(|stay| stay.reason == "J44.1").map(dead_soon).collect();
    let joints: Vec<bool> = cohort
        .stays
        .iter()
        .filter(|stay| stay.pathway == "joint-replacement")
        .map(|stay| stay.complicated)
        .collect();
    vec![
        share("back within 30 days, %", "HCUP brief 248 (R)", (13.9, 1.0), &back(&|stay| stay.age >= 1)),
        share("the same, 65 and over, %", "HCUP brief 248 (R)", (17.0, 1.5), &back(&|stay| stay.age >= 65)),
        share(
            "the same, heart failure, %",
            "HCUP brief 248 (R)",
            (20.0, 3.0),
            &back(&|s| s.reason == "I50.23"),
        ),
        share("the same, sepsis, %", "HCUP brief 248 (R)", (20.0, 3.0), &back(&on("sepsis"))),
        share("died in hospital, %", HCUP, (2.0, 0.3), &died(&|_| true)),
        share("the same, sepsis, %", HCUP, (15.0, 2.0), &died(&on("sepsis"))),
        share("the same, heart attack, %", HCUP, (5.0, 1.5), &died(&|stay| stay.reason == "I21.4")),
        share("the same, stroke, %", HCUP, (6.5, 1.5), &died(&|stay| stay.reason == "I63.9")),
        share("dead 30 days after coming with COPD, %", "Chen 2019", (8.0, 2.0), &lungs),
        share("complications of a new hip or knee, %", "Chen 2019", (2.8, 0.8), &joints),
    ]
}

fn emergencies(cohort: &Cohort) -> Vec<Row> {
    let all = &cohort.emergencies;
    let is = |keep: &dyn Fn(&Emergency) -> bool| -> Vec<bool> { all.iter().map(keep).collect() };
    let admitted = |level: u8| -> Vec<bool> {
        all.iter().filter(|visit| visit.acuity == level).map(|visit| visit.admitted).collect()
    };
    let again: Vec<bool> = all
        .iter()
        .filter(|visit| !visit.admitted)
        .map(|visit| {
            let days = visit.end_us..visit.end_us + 72 * HOUR_US;
            all.iter().any(|other| other.patient == visit.patient && days.contains(&other.start_us))
        })
        .collect();
    // The shares admitted of each acuity add up to 15.5 % of all, more than the 13 % of the survey: both cannot hold exactly.
    let literature = "emergency severity index, literature (R)";
    let survey = "NHAMCS 2006";
    let injuries = ["S93.401A", "S61.411A", "S72.001A"];
    vec![
        rate(
            "emergency visits a year, of 100",
            "NHAMCS 2021-22 (R)",
            (45.0, 2.0),
            (all.len(), cohort.person_years, 100.0),
        ),
        share("of them admitted, %", "NHAMCS 2021-22 (R)", (13.0, 1.5), &is(&|visit| visit.admitted)),
        share("blood drawn, %", survey, (38.8, 4.0), &is(&|visit| visit.blood)),
        share("film, %", survey, (34.9, 4.0), &is(&|visit| visit.film))
            .known("limbs are not filmed: no code of a film of the ankle or hand has been checked"),
        share("CT or MRI, %", survey, (12.1, 3.0), &is(&|visit| visit.scan))
            .known("only heads and lungs are scanned: no code of an abdominal CT has been checked"),
        share("injuries, %", survey, (35.6, 3.0), &is(&|visit| injuries.contains(&visit.reason))),
        share("back within 72 hours, %", survey, (3.6, 0.6), &again),
        Row {
            name: "patients at 19:00 for one at 06:00",
            source: survey,
            target: 3.0,
            tolerance: 0.6,
            measured: cohort.occupancy(19) / cohort.occupancy(6).max(1.0),
            error: 0.0,
            known: None,
        },
        share("acuity 1, %", literature, (1.0, 0.7), &is(&|visit| visit.acuity == 1)),
        share("acuity 2, %", literature, (12.0, 2.0), &is(&|visit| visit.acuity == 2)),
        share("acuity 3, %", literature, (50.0, 4.0), &is(&|visit| visit.acuity == 3)),
        share("acuity 4, %", literature, (30.0, 4.0), &is(&|visit| visit.acuity == 4)),
        share("acuity 5, %", literature, (7.0, 2.0), &is(&|visit| visit.acuity == 5)),
        share("admitted of acuity 1, %", literature, (75.0, 10.0), &admitted(1)),
        share("admitted of acuity 2, %", literature, (40.0, 6.0), &admitted(2)),
        share("admitted of acuity 3, %", literature, (18.0, 5.0), &admitted(3)),
        share("admitted of acuity 4, %", literature, (3.0, 2.0), &admitted(4)),
    ]
}

fn control(cohort: &Cohort) -> Vec<Row> {
    let ill = |member: &Member, condition| {
        let years = member.person.health.years(condition);
        member.person.age >= 18 && member.died_us.is_none() && years.is_some_and(|years| years > 1.0)
    };
    let pressure: Vec<bool> = cohort
        .members
        .iter()
        .filter(|member| ill(member, Condition::Hypertension))
        .filter_map(|member| member.pressure)
        .map(|(systolic, diastolic)| systolic < 130 && diastolic < 80)
        .collect();
    let sugar: Vec<bool> = cohort
        .members
        .iter()
        .filter(|member| ill(member, Condition::Diabetes))
        .filter_map(|member| member.hemoglobin_a1c)
        .map(|level| level >= 7.0)
        .collect();
    vec![
        share(
            "last pressure below 130/80, of those treated, %",
            "NCHS Data Brief 511 (R)",
            (21.0, 2.0),
            &pressure,
        ),
        share(
            "last HbA1c of 7 % or more, of diabetics, %",
            "CDC Diabetes Statistics Report 2021 (R)",
            (47.4, 4.0),
            &sugar,
        ),
    ]
}

/// Deaths a year of a thousand, by age, and what follows from them.
fn deaths(cohort: &Cohort) -> Vec<Row> {
    let source = "NCHS life table 2022 (R)";
    let bands: [(&'static str, i32, i32, f64, f64); 5] = [
        ("deaths a year of 1,000, 25 to 34", 25, 34, 1.6, 0.5),
        ("deaths a year of 1,000, 45 to 54", 45, 54, 4.5, 1.0),
        ("deaths a year of 1,000, 65 to 74", 65, 74, 18.0, 2.5),
        ("deaths a year of 1,000, 75 to 84", 75, 84, 46.0, 5.0),
        ("deaths a year of 1,000, 85 and over", 85, 130, 145.0, 14.0),
    ];
    let mut rows: Vec<Row> = bands
        .into_iter()
        .map(|(name, first, last, target, tolerance)| {
            rate(
                name,
                source,
                (target, tolerance),
                (died(cohort, first, last), lived(cohort, first, last), 1000.0),
            )
        })
        .collect();
    let plain = |name, target, tolerance, measured| Row {
        name,
        source,
        target,
        tolerance,
        measured,
        error: 0.0,
        known: None,
    };
    rows.push(plain("life expectancy at birth, years", 77.5, 2.0, expectancy(cohort, 0)));
    rows.push(plain("life expectancy at 65, years", 18.9, 1.5, expectancy(cohort, 65)));
    rows
}

fn died(cohort: &Cohort, first: i32, last: i32) -> usize {
    let of = |member: &&Member| {
        member.died_us.is_some_and(|us| (first..=last).contains(&member.person.age_at(us)))
    };
    cohort.members.iter().filter(of).count()
}

/// Years lived at these ages in the window.
fn lived(cohort: &Cohort, first: i32, last: i32) -> f64 {
    let since_us = cohort.as_of_us - (super::cohort::YEARS * YEAR_US as f64) as i64;
    let lived = |member: &Member| {
        let born_us = member.person.born_us();
        let from_us = since_us.max(born_us + i64::from(first) * YEAR_US);
        let to_us = member.died_us.unwrap_or(cohort.as_of_us).min(born_us + i64::from(last + 1) * YEAR_US);
        (to_us - from_us).max(0) as f64 / YEAR_US as f64
    };
    cohort.members.iter().map(lived).sum()
}

/// The mean of years still to live at an age, from the rates measured in bands.
fn expectancy(cohort: &Cohort, age: i32) -> f64 {
    let bands = [(0, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 74), (75, 84), (85, 130)];
    let yearly = bands.map(|(first, last)| {
        let years = lived(cohort, first, last).max(1.0);
        (last, died(cohort, first, last) as f64 / years)
    });
    let (mut alive, mut years) = (1.0, 0.0);
    for age in age..130 {
        let rate = yearly.iter().find(|(last, _)| age <= *last).map_or(1.0, |band| band.1);
        years += alive * (1.0 - rate / 2.0);
        alive *= 1.0 - rate;
    }
    years
}
