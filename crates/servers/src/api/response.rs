use axum::http::StatusCode;
use platform::desk::kept_rules;
use platform::incidents::{Declared, IN_FORCE, Trial, declare, keep_rule, last_trial};
use platform::response::{
    Foreseen, InForce, Measure, ResponseError, Restore, foresee, in_force, lift as lift_measure,
    restore as bring_back, take as take_measure,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use standards::fhir::instant;

use super::call::Call;
use super::given::Nothing;
use crate::hands::InHouse;
use crate::problem::Problem;

/// What is in force against an attack.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ResponseView {
    /// The oldest first.
    in_force: Vec<MeasureView>,
}

/// A measure in force.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MeasureView {
    /// By which it is lifted.
    key: String,
    measure: Measure,
    /// What it does, as a sentence.
    sentence: String,
    by: String,
    /// Since when, on the hospital's clock.
    since: String,
}

/// What a measure would have refused lately.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct EffectView {
    /// What it would do, as a sentence.
    sentence: String,
    /// In how many hours up to now.
    hours: i64,
    /// Things that succeeded then and would have been refused.
    touched: usize,
    /// Of how many things that succeeded.
    of: usize,
    /// Who did them, the busiest first.
    people: Vec<Touched>,
    /// How many people that are in all.
    people_in_all: usize,
}

/// Somebody whose work would have been refused.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Touched {
    user: String,
    count: usize,
}

/// The measure to lift.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Lifted {
    /// As `in_force` has it.
    key: String,
}

/// Which records to bring back, and to when.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RestoreAsked {
    /// A FHIR instant on the hospital's clock.
    as_of: String,
    /// Those that this account changed after that moment.
    #[serde(default)]
    changed_by: Option<String>,
    /// These, as `Type/ID`.
    #[serde(default)]
    records: Vec<String>,
    /// Only say what would be done.
    #[serde(default)]
    only_look: bool,
}

/// What was brought back, or would be.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RestoredView {
    restored: Vec<String>,
    /// Of them, those that somebody else changed after the moment too.
    also_changed_by_others: Vec<String>,
    /// Records that were not there at that moment.
    not_there: Vec<String>,
}

/// What came of it when the attack was tried again.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct OverView {
    /// Nothing, where there is no attack in this hospital.
    declared: Option<Declared>,
}

/// Rules to keep.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RulesAsked {
    /// Sigma rules and correlations, parted by lines of `---`.
    rules: String,
}

/// The rules in force.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct RulesView {
    /// Their text; empty, where none were kept.
    rules: String,
    /// How they did on attacks of the same kind elsewhere, where there is one to find.
    trial: Option<Trial>,
}

pub(super) fn read(call: &Call<'_>) -> Result<ResponseView, Problem> {
    let view = |one: InForce| MeasureView {
        key: one.measure.key(),
        sentence: one.measure.sentence(),
        since: instant::format(one.since_us),
        by: one.by,
        measure: one.measure,
    };
    let found = in_force(&call.enter(call.part("sandbox"))?)?;
    Ok(ResponseView { in_force: found.into_iter().map(view).collect() })
}

pub(super) fn effect(call: &Call<'_>, measure: &Measure) -> Result<EffectView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let Foreseen { effect, hours } = foresee(call.platform(), &access, measure)?;
    let people = effect.people.into_iter().map(|(user, count)| Touched { user, count });
    Ok(EffectView {
        sentence: measure.sentence(),
        hours,
        touched: effect.touched,
        of: effect.of,
        people: people.collect(),
        people_in_all: effect.people_in_all,
    })
}

pub(super) fn take(call: &Call<'_>, measure: &Measure) -> Result<ResponseView, Problem> {
    take_measure(call.platform(), &call.enter(call.part("sandbox"))?, measure)?;
    read(call)
}

pub(super) fn lift(call: &Call<'_>, lifted: &Lifted) -> Result<ResponseView, Problem> {
    lift_measure(call.platform(), &call.enter(call.part("sandbox"))?, &lifted.key)?;
    read(call)
}

pub(super) fn restore(call: &Call<'_>, asked: &RestoreAsked) -> Result<RestoredView, Problem> {
    let as_of_us = instant::parse(&asked.as_of).ok_or_else(|| {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "as_of: a moment such as 2031-03-04T06:40:00Z")
    })?;
    let wanted = Restore {
        as_of_us,
        changed_by: asked.changed_by.clone(),
        records: asked.records.clone(),
        only_look: asked.only_look,
    };
    let done = bring_back(call.platform(), &call.enter(call.part("sandbox"))?, &wanted)?;
    Ok(RestoredView {
        restored: done.restored,
        also_changed_by_others: done.also_changed_by_others,
        not_there: done.not_there,
    })
}

pub(super) fn over(call: &Call<'_>, _: &Nothing) -> Result<OverView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let declared = declare(call.platform(), &access, &InHouse::new(call.app.clone()))?;
    Ok(OverView { declared })
}

pub(super) fn rules(call: &Call<'_>) -> Result<RulesView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let kept = kept_rules(&access)?.into_iter().find(|rule| rule.name == IN_FORCE);
    let Some(rule) = kept else { return Ok(RulesView::default()) };
    Ok(RulesView { rules: rule.text().to_owned(), trial: last_trial(call.platform(), &access)? })
}

pub(super) fn keep(call: &Call<'_>, asked: &RulesAsked) -> Result<RulesView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let kept = keep_rule(call.platform(), &access, IN_FORCE, &asked.rules, "")?;
    Ok(RulesView { rules: kept.rule.text().to_owned(), trial: kept.trial })
}

impl From<ResponseError> for Problem {
    fn from(error: ResponseError) -> Self {
        match error {
            ResponseError::Store(error) => error.into(),
            other => Self::new(StatusCode::UNPROCESSABLE_ENTITY, other.to_string()),
        }
    }
}
