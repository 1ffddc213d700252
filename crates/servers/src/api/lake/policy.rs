use platform::lake::PolicyInForce;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::snapshots::RightView;
use crate::api::call::Call;
use crate::problem::Problem;

/// Why restricted charts are needed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Reason {
    /// For whom, and why it cannot wait.
    reason: String,
    /// What it is for; the usual purpose of the role worked as, if left out.
    purpose: Option<String>,
}

/// A policy to put in force.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPolicy {
    /// The file, in TOML; empty for the policy that is shipped.
    policy: String,
}

/// The policy in force.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PolicyView {
    /// The file, in TOML.
    policy: String,
    /// Whether it is the one that is shipped.
    shipped: bool,
}

/// `POST /s/{sandbox}/lake/reason`.
pub(super) fn reason(call: &Call<'_>, given: &Reason) -> Result<RightView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let right = call.platform().break_lake_glass(&access, given.purpose.as_deref(), &given.reason)?;
    Ok(RightView::of(&right))
}

/// `GET /s/{sandbox}/lake/policy`.
pub(super) fn read(call: &Call<'_>) -> Result<PolicyView, Problem> {
    Ok(view(call.platform().lake_policy(&call.enter(call.part("sandbox"))?)?))
}

/// `POST /s/{sandbox}/lake/policy`.
pub(super) fn set(call: &Call<'_>, given: &NewPolicy) -> Result<PolicyView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    Ok(view(call.platform().set_lake_policy(&access, &given.policy)?))
}

fn view(in_force: PolicyInForce) -> PolicyView {
    PolicyView { policy: in_force.text, shipped: in_force.is_shipped }
}
