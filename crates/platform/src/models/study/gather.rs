use std::collections::{BTreeMap, BTreeSet};

use ::models::Table;
use ::models::study::{Case, Event, Labels, label};
use standards::fhir::instant;

use super::error::StudyError;
use super::sql::{cases_sql, cut_sql, features_sql, outcome_sql};
use super::task::Task;
use crate::access::Access;
use crate::lake::{Answer, Asking, Body, Cell, Column, Door, Form, Kind, Limits, Row, Told};
use crate::platform::Platform;

/// Columns that say which row it is, and are no features.
const KEYS: [&str; 4] = ["case_id", "patient_id", "encounter_id", "index_time"];
/// Cases of a study.
const CASES_MAX: usize = 200_000;

/// What the features question says of cases: numbers to learn from, and texts by which people are judged apart.
#[derive(Debug, Clone)]
pub(in crate::models) struct Known {
    pub(in crate::models) table: Table,
    pub(in crate::models) apart: Vec<(String, Vec<String>)>,
}

/// The cases of a task in a snapshot, with what is known of each.
pub(super) struct Gathered {
    pub(super) cases: Vec<Case>,
    pub(super) known: Known,
    pub(super) snapshot: u64,
    pub(super) role: String,
    pub(super) purpose: String,
}

/// Asks who is in a study, and what is known of each.
pub(super) fn gather(
    platform: &Platform,
    access: &Access,
    task: &Task,
    purpose: Option<&str>,
    snapshot: Option<u64>,
) -> Result<Gathered, StudyError> {
    let told = ask(platform, access, &cases_sql(task), purpose, snapshot, "the cohort")?;
    let cases = cases_of(&told.answer)?;
    if cases.is_empty() {
        return Err(StudyError::Invalid(
            "the cohort: nobody is in it; ask it by itself on the page Data".to_owned(),
        ));
    }
    let asked = ask(platform, access, &features_sql(task), purpose, Some(told.snapshot), "the features")?;
    let numbers: Vec<i64> = (1..).take(cases.len()).collect();
    let known = features_of(&asked.answer, &numbers)?;
    let (role, purpose) = (told.right.role().to_owned(), told.right.purpose.clone());
    Ok(Gathered { cases, known, snapshot: told.snapshot, role, purpose })
}

/// Features that are others when what was recorded after the index time is taken away, with the number of people for whom.
pub(super) fn that_know_the_future(
    platform: &Platform,
    access: &Access,
    task: &Task,
    gathered: &Gathered,
) -> Result<Vec<(String, usize)>, StudyError> {
    let (purpose, snapshot) = (Some(gathered.purpose.as_str()), Some(gathered.snapshot));
    let part = "the features over tables that end at the index time";
    let told = ask(platform, access, &cut_sql(task), purpose, snapshot, part)?;
    let mut seen = BTreeSet::new();
    let first: Vec<usize> =
        (0..gathered.cases.len()).filter(|at| seen.insert(gathered.cases[*at].patient.as_str())).collect();
    let numbers: Vec<i64> = first.iter().map(|at| i64::try_from(*at).unwrap_or_default() + 1).collect();
    let cut = features_of(&told.answer, &numbers)?;
    let whole = gathered.known.table.rows_of(&first);
    let mut found = Vec::new();
    for (name, column) in whole.names().iter().zip(whole.columns()) {
        let other = cut.table.columns_of(&[name])?;
        let differs =
            |(a, b): &(&f64, &f64)| a.to_bits() != b.to_bits() && !(a.is_nan() && b.is_nan()) && a != b;
        match column.iter().zip(&other.columns()[0]).filter(differs).count() {
            0 => {}
            people => found.push((name.clone(), people)),
        }
    }
    Ok(found)
}

/// What became of cases, in a snapshot of which everything until its own time is known.
pub(in crate::models) fn labels(
    platform: &Platform,
    access: &Access,
    task: &Task,
    cases: &[Case],
    purpose: Option<&str>,
    snapshot: Option<u64>,
) -> Result<Labels, StudyError> {
    let told = ask(platform, access, &outcome_sql(task), purpose, snapshot, "the outcome")?;
    let taken = platform
        .lake(access, Some(&told.right.purpose))
        .map_err(StudyError::lake("the outcome"))?
        .snapshots
        .into_iter()
        .find(|one| one.number == told.snapshot)
        .and_then(|one| instant::parse(&one.taken));
    let known_us = taken.unwrap_or_else(|| access.virtual_us());
    Ok(label(cases, &events_of(&told.answer)?, task.risk, known_us))
}

/// An answer of the outcome question.
pub(in crate::models) fn events_of(answer: &Answer) -> Result<Vec<Event>, StudyError> {
    let at = |name| place(&answer.columns, name, "the outcome");
    let (patient, time) = (at("patient_id")?, at("event_time")?);
    let event = |row: &Row| Some(Event { patient: text(row.get(patient)?)?, at_us: moment(row.get(time)?)? });
    Ok(rows(answer).iter().filter_map(event).collect())
}

fn ask(
    platform: &Platform,
    access: &Access,
    sql: &str,
    purpose: Option<&str>,
    snapshot: Option<u64>,
    part: &'static str,
) -> Result<Told, StudyError> {
    let limits = Limits { rows: CASES_MAX, ..Limits::FETCH };
    let asking = Asking { sql, values: &[], purpose, snapshot, form: Form::Cells, limits, door: Door::Study };
    let told = platform.ask_lake(access, &asking).map_err(StudyError::lake(part))?;
    match (told.answer.more, told.answer.groups_only) {
        (true, _) => Err(StudyError::Invalid(format!(
            "{part}: there are more than {CASES_MAX} rows; take fewer people or index times"
        ))),
        (_, true) => Err(StudyError::Invalid(format!(
            "{part}: for {} only groups may be seen, and a model learns from people; choose another purpose",
            told.right.purpose
        ))),
        _ => Ok(told),
    }
}

fn rows(answer: &Answer) -> &[Row] {
    match &answer.body {
        Body::Cells(rows) => rows,
        Body::Bytes(_) => &[],
    }
}

/// An answer of the cohort question.
pub(in crate::models) fn cases_of(answer: &Answer) -> Result<Vec<Case>, StudyError> {
    let at = |name| place(&answer.columns, name, "the cohort");
    let (patient, encounter, index) = (at("patient_id")?, at("encounter_id")?, at("index_time")?);
    let case = |row: &Row| {
        let index_us = moment(&row[index]).ok_or_else(|| {
            StudyError::Invalid(format!(
                "the cohort: index_time is '{:.40}', which is no moment",
                row[index].to_text()
            ))
        })?;
        Ok(Case { patient: row[patient].to_text(), encounter: text(&row[encounter]), index_us })
    };
    rows(answer).iter().map(case).collect()
}

/// An answer of the features question, a row for each of these case numbers.
pub(in crate::models) fn features_of(answer: &Answer, cases: &[i64]) -> Result<Known, StudyError> {
    let wrong = |what: String| StudyError::Invalid(format!("the features: {what}"));
    let key = place(&answer.columns, "case_id", "the features")?;
    let mut of: BTreeMap<i64, &Row> = BTreeMap::new();
    for row in rows(answer) {
        let Cell::Integer(case) = row[key] else {
            return Err(wrong("case_id must be that of cases".to_owned()));
        };
        if of.insert(case, row).is_some() {
            return Err(wrong(format!("case {case} has more than one row; group by case_id")));
        }
    }
    let found: Vec<Option<&&Row>> = cases.iter().map(|case| of.get(case)).collect();
    let Some(found) = found.iter().copied().collect::<Option<Vec<_>>>() else {
        let missing = found.iter().filter(|row| row.is_none()).count();
        return Err(wrong(format!(
            "{missing} cases have no row; begin with FROM cases and LEFT JOIN the rest"
        )));
    };
    let (mut numbers, mut apart) = (Vec::new(), Vec::new());
    for (at, column) in answer.columns.iter().enumerate() {
        let name = &column.name;
        if KEYS.contains(&name.as_str()) {
            continue;
        }
        match column.kind {
            Kind::Boolean | Kind::Integer | Kind::Number => {
                numbers.push((name.clone(), found.iter().map(|row| number(&row[at])).collect()));
            }
            Kind::Text => apart.push((name.clone(), found.iter().map(|row| row[at].to_text()).collect())),
            Kind::Date | Kind::Instant | Kind::Texts => {
                return Err(wrong(format!(
                    "{name} is {}; make a number of it, such as the days before index_time",
                    column.kind.sql()
                )));
            }
        }
    }
    if numbers.is_empty() {
        return Err(wrong("there is no column of numbers".to_owned()));
    }
    Ok(Known { table: Table::new(numbers)?, apart })
}

#[expect(clippy::cast_precision_loss, reason = "features are no keys")]
fn number(cell: &Cell) -> f64 {
    match cell {
        Cell::Boolean(value) => f64::from(u8::from(*value)),
        Cell::Integer(value) => *value as f64,
        Cell::Number(value) if value.is_finite() => *value,
        _ => f64::NAN,
    }
}

fn place(columns: &[Column], name: &str, part: &str) -> Result<usize, StudyError> {
    columns.iter().position(|column| column.name == name).ok_or_else(|| {
        let there: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        StudyError::Invalid(format!("{part}: there is no column {name}; there are {}", there.join(", ")))
    })
}

fn text(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Null => None,
        other => Some(other.to_text()),
    }
}

fn moment(cell: &Cell) -> Option<i64> {
    let text = text(cell)?;
    instant::parse(&text).or_else(|| instant::parse(&format!("{text}T00:00:00Z")))
}
