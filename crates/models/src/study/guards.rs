use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::metrics::auroc;
use crate::table::Table;

/// An area that hardly any honest model of a clinical outcome reaches.
const AREA_SUSPICIOUS: f64 = 0.97;
/// An area of one feature alone that hardly any honest feature reaches.
const ALONE_SUSPICIOUS: f64 = 0.95;
/// Fewer events than this for each feature make for a model of chance (Peduzzi et al. 1996; a floor, not a design).
const EVENTS_FOR_EACH_FEATURE: usize = 5;

/// A question that is asked of every study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Guard {
    /// Does a feature change when what was recorded after the index time is taken away?
    Future,
    /// Is somebody on both sides of the split?
    Overlap,
    /// Is the outcome among the features?
    OutcomeAmongFeatures,
    /// Does one feature alone tell the outcomes apart?
    OneFeature,
    /// Is the model too good to be true?
    Area,
    /// Are there enough events?
    Events,
}

/// How bad an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// All is well.
    Good,
    /// Somebody has to look.
    Doubt,
    /// The figures mean nothing.
    Leak,
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The question.
    pub guard: Guard,
    /// How bad it is.
    pub weight: Weight,
    /// What was found.
    pub what: String,
}

impl Guard {
    /// The question in words.
    #[must_use]
    pub const fn question(self) -> &'static str {
        match self {
            Self::Future => "Does a feature know what was recorded after the index time?",
            Self::Overlap => "Is somebody in training and in testing?",
            Self::OutcomeAmongFeatures => "Is the outcome among the features?",
            Self::OneFeature => "Does one feature alone tell the outcomes apart?",
            Self::Area => "Is the discrimination too good to be true?",
            Self::Events => "Are there enough events to learn from?",
        }
    }
}

/// Asks of a study what can be asked of its tables: the people and rows of training and of testing, with the area reached.
#[must_use]
pub fn guards(
    table: &Table,
    outcomes: &[f64],
    (train, test): (&[String], &[String]),
    area: f64,
    events_in_training: usize,
) -> Vec<Finding> {
    let known: BTreeSet<&String> = train.iter().collect();
    let both: BTreeSet<&String> = test.iter().filter(|patient| known.contains(patient)).collect();
    let finding = |guard, weight, what| Finding { guard, weight, what };
    let overlap = match both.len() {
        0 => finding(
            Guard::Overlap,
            Weight::Good,
            format!(
                "{} people teach, {} others judge",
                known.len(),
                test.iter().collect::<BTreeSet<_>>().len()
            ),
        ),
        count => finding(
            Guard::Overlap,
            Weight::Leak,
            format!("{count} people are on both sides; split by patient, not by row"),
        ),
    };
    let area = match area >= AREA_SUSPICIOUS {
        true => finding(
            Guard::Area,
            Weight::Doubt,
            format!(
                "the AUROC is {area:.3}; look for a feature that knows the outcome before you believe it"
            ),
        ),
        false => {
            finding(Guard::Area, Weight::Good, format!("the AUROC of {area:.3} is one that models reach"))
        }
    };
    let wanted = EVENTS_FOR_EACH_FEATURE * table.names().len();
    let events = match events_in_training >= wanted {
        true => finding(
            Guard::Events,
            Weight::Good,
            format!("{events_in_training} events teach {} features", table.names().len()),
        ),
        false => finding(
            Guard::Events,
            Weight::Doubt,
            format!(
                "{events_in_training} events teach {} features; at fewer than {wanted} the model learns chance. Choose fewer features, or a longer time at risk",
                table.names().len()
            ),
        ),
    };
    let [same, alone] = columns(table, outcomes);
    vec![overlap, same, alone, area, events]
}

/// What each column says by itself.
fn columns(table: &Table, outcomes: &[f64]) -> [Finding; 2] {
    let finding = |guard, weight, what| Finding { guard, weight, what };
    let mut strongest: Option<(&str, f64)> = None;
    let (mut same, mut telling) = (Vec::new(), Vec::new());
    for (name, column) in table.names().iter().zip(table.columns()) {
        let is_same = column.iter().zip(outcomes).all(|(value, outcome)| value == outcome)
            || column.iter().zip(outcomes).all(|(value, outcome)| *value == 1.0 - outcome);
        if is_same {
            same.push(name.as_str());
            continue;
        }
        // Missing is a value of its own: in records, whether something was measured may tell more than what was.
        let alone = [f64::NEG_INFINITY, f64::INFINITY].map(|instead| area_of(column, outcomes, instead));
        let alone = alone.into_iter().flatten().fold(0.5, f64::max);
        if strongest.is_none_or(|(_, most)| alone > most) {
            strongest = Some((name, alone));
        }
        if alone >= ALONE_SUSPICIOUS {
            telling.push(format!("{name} ({alone:.3})"));
        }
    }
    let same = match same.is_empty() {
        true => {
            finding(Guard::OutcomeAmongFeatures, Weight::Good, "no feature is the outcome itself".to_owned())
        }
        false => finding(
            Guard::OutcomeAmongFeatures,
            Weight::Leak,
            format!("{} is the outcome; leave it out", same.join(", ")),
        ),
    };
    let alone = match telling.is_empty() {
        true => {
            let (name, area) = strongest.unwrap_or(("none", 0.5));
            finding(
                Guard::OneFeature,
                Weight::Good,
                format!("the strongest alone is {name}, with an AUROC of {area:.3}"),
            )
        }
        false => finding(
            Guard::OneFeature,
            Weight::Doubt,
            format!("by itself this reaches an AUROC of: {}; when is it recorded?", telling.join(", ")),
        ),
    };
    [same, alone]
}

/// The area of a column taken for a score, in whichever direction it is the larger.
fn area_of(column: &[f64], outcomes: &[f64], instead: f64) -> Option<f64> {
    // Only the order matters: ranks lie where risks must.
    let mut order: Vec<usize> = (0..column.len()).collect();
    let value = |at: usize| if column[at].is_nan() { instead } else { column[at] };
    order.sort_by(|a, b| value(*a).total_cmp(&value(*b)));
    let mut scores = vec![0.0; column.len()];
    let (mut rank, steps) = (0_u32, f64::from(u32::try_from(column.len()).ok()?));
    for (at, row) in order.iter().enumerate() {
        if at > 0 && value(order[at - 1]) != value(*row) {
            rank += 1;
        }
        scores[*row] = f64::from(rank) / steps;
    }
    let area = auroc(outcomes, &scores).ok()?.value;
    Some(area.max(1.0 - area))
}
