use ::models::metrics::{Judgement, Subgroup, judge, subgroups};
use ::models::study::{Baseline, Case, Finding, Guard, Importance, Weight, guards, importance, is_held_out};
use ::models::{Predictor, Table};
use serde::{Deserialize, Serialize};

use super::error::StudyError;
use super::gather::Known;

/// What is known of a version of a model beside itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Rows that it learnt from, and how many had the outcome; of a model that was brought, rows of people who judge nothing.
    pub trained: (usize, usize),
    /// Cases whose time at risk was not over: neither learnt from nor judged.
    pub unfinished: usize,
    /// Its risks for people it never saw.
    pub judged: Judgement,
    /// The same, apart by each column of text.
    pub apart: Vec<Apart>,
    /// What each feature is worth to it.
    pub importance: Vec<Importance>,
    /// What was asked of the study, and the answers.
    pub guards: Vec<Finding>,
    /// How each feature lay among those it learnt from.
    pub baseline: Vec<Baseline>,
}

/// People judged apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Apart {
    /// The column that tells them apart.
    pub column: String,
    /// Each group.
    pub groups: Vec<Subgroup>,
}

impl Card {
    /// The worst answer to what was asked of the study.
    #[must_use]
    pub fn worst(&self) -> Weight {
        self.guards.iter().map(|finding| finding.weight).max().unwrap_or(Weight::Good)
    }
}

/// The cases of a study with their outcomes, and which of them teach and which judge.
pub(super) struct Split {
    pub(super) train: Vec<usize>,
    pub(super) test: Vec<usize>,
    outcomes: Vec<Option<bool>>,
    patients: Vec<String>,
}

impl Split {
    /// People are divided, not rows.
    pub(super) fn of(cases: &[Case], outcomes: Vec<Option<bool>>, seed: u64, held_out: f64) -> Self {
        let whole = (0..cases.len()).filter(|at| outcomes[*at].is_some());
        let (test, train) = whole.partition(|at| is_held_out(seed, &cases[*at].patient, held_out));
        Self { train, test, outcomes, patients: cases.iter().map(|case| case.patient.clone()).collect() }
    }

    pub(super) fn outcomes_of(&self, rows: &[usize]) -> Vec<f64> {
        rows.iter().map(|at| f64::from(u8::from(self.outcomes[*at] == Some(true)))).collect()
    }

    fn patients_of(&self, rows: &[usize]) -> Vec<String> {
        rows.iter().map(|at| self.patients[*at].clone()).collect()
    }

    fn unfinished(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.is_none()).count()
    }
}

/// Judges a model on those who are held out. `threshold` is the risk from which one would act, for the groups.
pub(super) fn card(
    model: &Predictor,
    known: &Known,
    split: &Split,
    future: &[(String, usize)],
    (seed, threshold): (u64, f64),
) -> Result<Card, StudyError> {
    let features = model.features();
    let table = known.table.columns_of(&features)?;
    let (train, test): (Table, Table) = (table.rows_of(&split.train), table.rows_of(&split.test));
    let (taught, outcomes) = (split.outcomes_of(&split.train), split.outcomes_of(&split.test));
    let risks = model.risks(&test)?;
    let judged = judge(&outcomes, &risks)?;
    let of = |(column, values): &(String, Vec<String>)| {
        let named = |at: &usize| match values[*at].as_str() {
            "" => "not known".to_owned(),
            value => value.to_owned(),
        };
        let groups: Vec<String> = split.test.iter().map(named).collect();
        Ok(Apart { column: column.clone(), groups: subgroups(&outcomes, &risks, &groups, threshold)? })
    };
    let apart = known.apart.iter().map(of).collect::<Result<_, StudyError>>()?;
    let people = (split.patients_of(&split.train), split.patients_of(&split.test));
    let events = taught.iter().filter(|outcome| **outcome == 1.0).count();
    let mut findings = vec![of_future(&features, future)];
    findings.extend(guards(&train, &taught, (&people.0, &people.1), judged.auroc.value, events));
    Ok(Card {
        trained: (split.train.len(), events),
        unfinished: split.unfinished(),
        judged,
        apart,
        importance: importance(&test, &outcomes, seed, &mut |table| model.risks(table))?,
        guards: findings,
        baseline: Baseline::of(&train),
    })
}

fn of_future(features: &[&str], future: &[(String, usize)]) -> Finding {
    let used: Vec<String> = future
        .iter()
        .filter(|(name, _)| features.contains(&name.as_str()))
        .map(|(name, people)| format!("{name} (for {people} people)"))
        .collect();
    match used.is_empty() {
        true => Finding {
            guard: Guard::Future,
            weight: Weight::Good,
            what: "no feature changes when what was recorded later is taken away".to_owned(),
        },
        false => Finding {
            guard: Guard::Future,
            weight: Weight::Leak,
            what: format!(
                "without what was recorded after the index time these are others: {}; bound them by index_time",
                used.join(", ")
            ),
        },
    }
}
