use platform::drills::{Answered, HowToStart};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use standards::fhir::instant;

use super::view::{DrillItem, item};
use crate::api::call::Call;
use crate::problem::Problem;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewDrill {
    /// The scenario's slug.
    scenario: String,
    /// Whether it counts: its clock runs to the end.
    #[serde(default)]
    assessed: bool,
    /// Whether others will take part; the clock stands still until somebody lets it run.
    #[serde(default)]
    team: bool,
}

pub(super) fn start(call: &Call<'_>, given: &NewDrill) -> Result<DrillItem, Problem> {
    let how = HowToStart { assessed: given.assessed, team: given.team, seed: None };
    Ok(item(&call.platform().start_drill(call.person()?, &given.scenario, how)?))
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewDrillMember {
    /// The drill's code.
    code: String,
    /// The roles.
    #[serde(default)]
    roles: Vec<String>,
}

pub(super) fn join(call: &Call<'_>, given: &NewDrillMember) -> Result<DrillItem, Problem> {
    let drill = call.platform().join_drill(call.person()?, &given.code)?;
    call.platform().take_drill_roles(call.person()?, &drill.id, &given.roles)?;
    Ok(item(&drill))
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewDrillCommand {
    /// What tells this command from others of the caller: 1 to 64 characters.
    key: String,
    /// The command's slug.
    command: String,
}

/// What became of a command.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DrillAnswer {
    /// `begun`, `refused` or `before`.
    outcome: &'static str,
    /// When the work will be done, on the hospital's clock.
    until: Option<String>,
    /// Why it was refused.
    why: Option<String>,
    /// Of a command that had come before: the number of the event that answered.
    seq: Option<u64>,
}

pub(super) fn command(call: &Call<'_>, given: &NewDrillCommand) -> Result<DrillAnswer, Problem> {
    let drill = call.part("drill");
    let answered = call.platform().give_in_drill(call.person()?, drill, &given.key, &given.command)?;
    let nothing = DrillAnswer { outcome: "begun", until: None, why: None, seq: None };
    Ok(match answered {
        Answered::Begun(until_us) => DrillAnswer { until: Some(instant::format(until_us)), ..nothing },
        Answered::Refused(why) => DrillAnswer { outcome: "refused", why: Some(why), ..nothing },
        Answered::Before(seq) => DrillAnswer { outcome: "before", seq: Some(seq), ..nothing },
    })
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DrillMinutes {
    /// 1 to 30.
    minutes: u32,
}

pub(super) fn pass(call: &Call<'_>, given: &DrillMinutes) -> Result<super::state::DrillRead, Problem> {
    call.platform().pass_in_drill(call.person()?, call.part("drill"), given.minutes)?;
    super::state::read(call)
}
