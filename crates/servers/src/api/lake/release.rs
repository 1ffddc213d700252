use platform::lake::{Attack, Coarser, Ladder, PrivateAsked, PrivateTold, ReleaseAsked, ReleaseSeen};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::call::Call;
use crate::problem::Problem;

/// Rows that have to be alike where nothing else is said.
const K_USUAL: usize = 5;

/// A release to look at before it is given away.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewRelease {
    /// The saved question whose rows are to be released.
    question: String,
    /// The column that says whom a row is about; it is not released.
    #[serde(default = "patient_id")]
    person: String,
    /// The columns that others know of people too: columns of `patients`, such as `birth_date`, `gender`, `zip`.
    telling: Vec<String>,
    /// The column that nobody else should learn.
    sensitive: Option<String>,
    /// How many rows have to be alike.
    #[serde(default = "k_usual")]
    k: usize,
    /// The share of rows that may be left out, because too few are like them.
    #[serde(default)]
    left_out_max: f64,
}

fn patient_id() -> String {
    "patient_id".to_owned()
}

fn k_usual() -> usize {
    K_USUAL
}

/// What was seen of a release.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ReleaseView {
    rows: usize,
    /// Classes of rows that are alike in what tells.
    classes: usize,
    /// Rows of the smallest class: k.
    k: usize,
    /// Rows that are alone in their class.
    alone: usize,
    /// The fewest different sensitive values of a class: l.
    l: usize,
    attack: AttackView,
    /// Ways to make it coarser that are enough, those that lose least first.
    ways: Vec<WayView>,
}

/// What somebody finds who has a register of everybody in the hospital.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AttackView {
    /// Rows that were matched with the right person, and no other.
    found: usize,
    /// Rows that at most three people fit.
    narrowed: usize,
}

/// A way to make a release coarser.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct WayView {
    /// What each column tells then.
    columns: Vec<StepView>,
    left_out: usize,
    /// How much is lost, 0 to 1.
    loss: f64,
    attack: AttackView,
}

/// What a column tells.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct StepView {
    name: String,
    step: usize,
    told: &'static str,
}

/// Counts to be told privately.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewCounts {
    table: String,
    column: String,
    /// The groups that are counted; which there are is not told.
    groups: Vec<String>,
    /// Which rows count, as a condition in SQL.
    condition: Option<String>,
    /// What it is for; the usual purpose of the role worked as, if left out.
    purpose: Option<String>,
    /// What each count may cost of the budget.
    epsilon: f64,
}

/// Counts with noise in them.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CountsView {
    counts: Vec<CountView>,
    /// What the answer cost of epsilon.
    cost: f64,
    /// What is left of the budget of the purpose.
    left: f64,
    purpose: String,
}

/// The people of one group, give or take.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CountView {
    group: String,
    people: i64,
}

/// `POST /s/{sandbox}/lake/release-check`.
pub(super) fn check(call: &Call<'_>, new: &NewRelease) -> Result<ReleaseView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let asked = ReleaseAsked {
        question: &new.question,
        person: &new.person,
        telling: &new.telling,
        sensitive: new.sensitive.as_deref(),
        k: new.k,
        left_out_max: new.left_out_max,
    };
    Ok(view(call.platform().check_release(&access, &asked)?))
}

/// `POST /s/{sandbox}/lake/private-counts`.
pub(super) fn counts(call: &Call<'_>, new: &NewCounts) -> Result<CountsView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let asked = PrivateAsked {
        table: &new.table,
        column: &new.column,
        groups: &new.groups,
        condition: new.condition.as_deref(),
        purpose: new.purpose.as_deref(),
        epsilon: new.epsilon,
    };
    let PrivateTold { people, cost, left, purpose } = call.platform().private_counts(&access, &asked)?;
    let counts = people.into_iter().map(|(group, people)| CountView { group, people }).collect();
    Ok(CountsView { counts, cost, left, purpose })
}

fn view(seen: ReleaseSeen) -> ReleaseView {
    let ReleaseSeen { telling, classes, attack, ways } = seen;
    let way = |(way, attack): (Coarser, Attack)| {
        let step = |((name, ladder), step): (&(String, Ladder), &usize)| StepView {
            name: name.clone(),
            step: *step,
            told: ladder.told(*step),
        };
        WayView {
            columns: telling.iter().zip(&way.steps).map(step).collect(),
            left_out: way.left_out,
            loss: way.loss,
            attack: attacked(&attack),
        }
    };
    ReleaseView {
        rows: classes.rows,
        classes: classes.classes,
        k: classes.smallest,
        alone: classes.alone,
        l: classes.fewest_values,
        attack: attacked(&attack),
        ways: ways.into_iter().map(way).collect(),
    }
}

fn attacked(attack: &Attack) -> AttackView {
    AttackView { found: attack.found, narrowed: attack.narrowed }
}
