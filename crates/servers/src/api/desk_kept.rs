//! What a security desk keeps to use again: hunts, rules of its own, suppressions.

use platform::desk::{self, KeptRule, RuleVersion, SavedHunt, Suppression};
use platform::incidents::{keep_rule, turn_rule};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use standards::fhir::instant;

use super::call::Call;
use crate::problem::Problem;

/// A search to keep.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewHunt {
    /// 1 to 60 small letters, digits and hyphens.
    name: String,
    query: String,
    /// What it is good for.
    #[serde(default)]
    about: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct HuntView {
    name: String,
    query: String,
    about: String,
    by: String,
    saved: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct HuntList {
    hunts: Vec<HuntView>,
}

/// A rule to keep.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewRule {
    /// 1 to 60 small letters, digits and hyphens. Under the name of a rule of the pack it stands in that rule's place.
    name: String,
    /// Sigma rules and correlations, parted by lines of `---`.
    rules: String,
    /// Why it was changed.
    #[serde(default)]
    note: String,
}

/// Whether a rule watches.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleSwitch {
    on: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RuleView {
    name: String,
    on: bool,
    /// The newest text.
    rules: String,
    /// Oldest first.
    versions: Vec<VersionView>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct VersionView {
    number: usize,
    note: String,
    by: String,
    saved: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RuleList {
    rules: Vec<RuleView>,
}

/// An alert to keep quiet.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewSuppression {
    /// The rule's id, as alerts have it.
    rule: String,
    /// A field of what the alert is about, such as `user`.
    field: String,
    /// Its value.
    value: String,
    /// For how many hours of the hospital's clock, at most a month.
    hours: i64,
    /// Why, 10 characters at least.
    why: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SuppressionView {
    id: String,
    rule: String,
    field: String,
    value: String,
    until: String,
    why: String,
    by: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SuppressionList {
    suppressions: Vec<SuppressionView>,
}

pub(super) fn hunts(call: &Call<'_>) -> Result<HuntList, Problem> {
    let found = desk::saved_hunts(&call.enter(call.part("sandbox"))?)?;
    Ok(HuntList { hunts: found.into_iter().map(hunt_view).collect() })
}

pub(super) fn save_hunt(call: &Call<'_>, new: &NewHunt) -> Result<HuntView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    Ok(hunt_view(desk::save_hunt(&access, &new.name, &new.query, &new.about)?))
}

pub(super) fn drop_hunt(call: &Call<'_>) -> Result<(), Problem> {
    Ok(desk::drop_hunt(&call.enter(call.part("sandbox"))?, call.part("hunt"))?)
}

pub(super) fn rules(call: &Call<'_>) -> Result<RuleList, Problem> {
    let found = desk::kept_rules(&call.enter(call.part("sandbox"))?)?;
    Ok(RuleList { rules: found.iter().map(rule_view).collect() })
}

pub(super) fn save_rule(call: &Call<'_>, new: &NewRule) -> Result<RuleView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    Ok(rule_view(&keep_rule(call.platform(), &access, &new.name, &new.rules, &new.note)?.rule))
}

pub(super) fn rule(call: &Call<'_>) -> Result<RuleView, Problem> {
    Ok(rule_view(&desk::kept_rule(&call.enter(call.part("sandbox"))?, call.part("rule"))?))
}

pub(super) fn switch_rule(call: &Call<'_>, wanted: &RuleSwitch) -> Result<RuleView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    Ok(rule_view(&turn_rule(call.platform(), &access, call.part("rule"), wanted.on)?.rule))
}

pub(super) fn suppressions(call: &Call<'_>) -> Result<SuppressionList, Problem> {
    let found = desk::suppressions(&call.enter(call.part("sandbox"))?)?;
    Ok(SuppressionList { suppressions: found.into_iter().map(suppression_view).collect() })
}

pub(super) fn suppress(call: &Call<'_>, new: &NewSuppression) -> Result<SuppressionView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let about = (new.rule.as_str(), new.field.as_str(), new.value.as_str());
    Ok(suppression_view(desk::suppress(&access, about, new.hours, &new.why)?))
}

pub(super) fn unsuppress(call: &Call<'_>) -> Result<(), Problem> {
    Ok(desk::unsuppress(&call.enter(call.part("sandbox"))?, call.part("suppression"))?)
}

fn hunt_view(hunt: SavedHunt) -> HuntView {
    let SavedHunt { name, query, about, by, saved_us } = hunt;
    HuntView { name, query, about, by, saved: instant::format(saved_us) }
}

fn rule_view(rule: &KeptRule) -> RuleView {
    let version = |version: &RuleVersion| VersionView {
        number: version.number,
        note: version.note.clone(),
        by: version.by.clone(),
        saved: instant::format(version.saved_us),
    };
    RuleView {
        name: rule.name.clone(),
        on: rule.on,
        rules: rule.text().to_owned(),
        versions: rule.versions.iter().map(version).collect(),
    }
}

fn suppression_view(one: Suppression) -> SuppressionView {
    let Suppression { id, rule, field, value, until_us, why, by, .. } = one;
    SuppressionView { id, rule, field, value, until: instant::format(until_us), why, by }
}
