use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ::models::Table;
use ::models::study::{Case, label, share_of};

use serde_json::{Value, json};
use standards::fhir::instant;

use crate::lake::{Kind, More, Strangers, tables_in};
use crate::models::study::{
    CHOSEN, Known, POINTS, StudyError, Task, cases_of, cases_sql, chosen_sql, events_of, features_of,
    outcome_sql, ready_tasks,
};
use crate::platform::Platform;

/// The columns of the table of chosen cases.
const COLUMNS: [(&str, Kind); 4] = [
    ("case_id", Kind::Integer),
    ("patient_id", Kind::Text),
    ("encounter_id", Kind::Text),
    ("index_time", Kind::Instant),
];
/// What decides which case of somebody is drawn.
const SEED: u64 = 0x0062_6c69_6e64;
/// Rows of an answer about strangers.
const ROWS_MAX: usize = 1_000_000;

/// The cases of a task among strangers, one of each person, with what became of them.
#[derive(Debug)]
pub(super) struct Drawn {
    /// Which strangers they are.
    pub(super) mark: String,
    /// Whose case it is.
    pub(super) patients: Vec<String>,
    /// What was known of each at the index time.
    pub(super) known: Known,
    /// The points of the score that is in use, where the task has one.
    pub(super) points: Option<Vec<f64>>,
    /// 1 for those who had the outcome.
    pub(super) outcomes: Vec<f64>,
}

/// Cases that were drawn since the server started, by task, and tests that are being opened.
#[derive(Debug, Default)]
pub(crate) struct Blind {
    drawn: Mutex<BTreeMap<String, Arc<Drawn>>>,
    opening: Mutex<BTreeMap<(String, String), Opening>>,
}

/// How far a test is that is being opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// Its people are being made.
    Making,
    /// They were not, and why.
    Failed(String),
}

impl Blind {
    /// The cases of a task. The first to ask on a server waits while people are made.
    pub(super) fn drawn(
        &self,
        platform: &Platform,
        slug: &str,
        task: &Task,
    ) -> Result<Arc<Drawn>, StudyError> {
        let mut all = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all.get(slug) {
            return Ok(Arc::clone(known));
        }
        let drawn = Arc::new(draw(platform, task)?);
        all.insert(slug.to_owned(), Arc::clone(&drawn));
        Ok(drawn)
    }

    /// How far a hospital's test of a task is, if it is being opened.
    pub(super) fn opening(&self, sandbox: &str, slug: &str) -> Option<Opening> {
        self.openings().get(&(sandbox.to_owned(), slug.to_owned())).cloned()
    }

    /// Says that a test is being opened; false if it already is.
    pub(super) fn begin(&self, sandbox: &str, slug: &str) -> bool {
        let before = self.openings().insert((sandbox.to_owned(), slug.to_owned()), Opening::Making);
        before != Some(Opening::Making)
    }

    /// Says how opening a test ended.
    pub(super) fn end(&self, sandbox: &str, slug: &str, how: Result<(), String>) {
        let key = (sandbox.to_owned(), slug.to_owned());
        match how {
            Ok(()) => drop(self.openings().remove(&key)),
            Err(why) => drop(self.openings().insert(key, Opening::Failed(why))),
        }
    }

    fn openings(&self) -> MutexGuard<'_, BTreeMap<(String, String), Opening>> {
        self.opening.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn draw(platform: &Platform, task: &Task) -> Result<Drawn, StudyError> {
    let strangers = Strangers::of(platform, &tables()).map_err(StudyError::lake("the strangers"))?;
    let ask = |sql: &str, part| strangers.ask(sql, ROWS_MAX).map_err(StudyError::lake(part));
    let cases = cases_of(&ask(&cases_sql(task), "the cohort")?)?;
    let events = events_of(&ask(&outcome_sql(task), "the outcome")?)?;
    let labels = label(&cases, &events, task.risk, strangers.known_us);
    let mut of_person: BTreeMap<&str, (f64, usize)> = BTreeMap::new();
    for (at, case) in cases.iter().enumerate().filter(|(at, _)| labels.outcomes[*at].is_some()) {
        let share = share_of(SEED, &format!("{}\n{}", case.patient, case.index_us));
        let best = of_person.entry(&case.patient).or_insert((share, at));
        if share < best.0 {
            *best = (share, at);
        }
    }
    let chosen: Vec<usize> = of_person.values().map(|(_, at)| *at).collect();
    let numbers: Vec<i64> = (1..).take(chosen.len()).collect();
    let row = |(number, at): (&i64, &usize)| {
        let case: &Case = &cases[*at];
        vec![json!(number), json!(case.patient), json!(case.encounter), json!(instant::format(case.index_us))]
    };
    let rows: Vec<Vec<Value>> = numbers.iter().zip(&chosen).map(row).collect();
    let told = strangers.ask_about(
        &More { name: CHOSEN, columns: &COLUMNS, rows: &rows },
        &chosen_sql(task),
        ROWS_MAX,
    );
    let known = features_of(&told.map_err(StudyError::lake("the features"))?, &numbers)?;
    let (known, points) = apart(known)?;
    let outcome = |at: &usize| f64::from(u8::from(labels.outcomes[*at] == Some(true)));
    Ok(Drawn {
        mark: strangers.mark.clone(),
        patients: chosen.iter().map(|at| cases[*at].patient.clone()).collect(),
        known,
        points,
        outcomes: chosen.iter().map(outcome).collect(),
    })
}

/// The tables that any task asks about: they are made together.
fn tables() -> Vec<String> {
    let parts = |task: &'static Task| [&task.cohort, &task.features, &task.outcome];
    let named = ready_tasks().iter().flat_map(|ready| parts(&ready.task)).flat_map(|sql| tables_in(sql));
    named.collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect()
}

/// The points apart from the features.
fn apart(known: Known) -> Result<(Known, Option<Vec<f64>>), StudyError> {
    let Some(at) = known.table.names().iter().position(|name| name == POINTS) else {
        return Ok((known, None));
    };
    let points = known.table.columns()[at].clone();
    let features: Vec<&str> =
        known.table.names().iter().map(String::as_str).filter(|name| *name != POINTS).collect();
    let table: Table = known.table.columns_of(&features)?;
    Ok((Known { table, apart: known.apart }, Some(points)))
}
