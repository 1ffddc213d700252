//! Time lines of a patient's record, a user, a client or an address.

use axum::http::StatusCode;
use platform::desk::{self, Moment, Whose};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use standards::fhir::instant;

use super::call::Call;
use crate::problem::Problem;

/// Whose time line: one of these.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct OfWhom {
    /// A patient's id, or `Patient/ID`.
    patient: Option<String>,
    user: Option<String>,
    client: Option<String>,
    address: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TimelineView {
    /// The newest 300, the newest first.
    moments: Vec<MomentView>,
    /// How many there are in all.
    all: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
struct MomentView {
    entry: i64,
    time: String,
    kind: String,
    user: String,
    through: String,
    patient: String,
    /// How the user stood to the patient: `treating`, `unit`, `break-glass`, `none`; empty if nothing is known.
    care: String,
    outcome: String,
    what: String,
}

pub(super) fn timeline(call: &Call<'_>, whom: &OfWhom) -> Result<TimelineView, Problem> {
    let given = [
        (Whose::Patient, &whom.patient),
        (Whose::User, &whom.user),
        (Whose::Client, &whom.client),
        (Whose::Address, &whom.address),
    ];
    let mut given = given.into_iter().filter_map(|(whose, name)| Some((whose, name.as_deref()?)));
    let (Some((whose, name)), None) = (given.next(), given.next()) else {
        let what = "give one of patient, user, client and address";
        return Err(Problem::new(StatusCode::BAD_REQUEST, what));
    };
    let found = desk::timeline(&call.enter(call.part("sandbox"))?, whose, name)?;
    Ok(TimelineView { moments: found.moments.into_iter().map(moment_view).collect(), all: found.all })
}

fn moment_view(moment: Moment) -> MomentView {
    let Moment { seq, time_us, kind, user, through, patient, care, outcome, what, .. } = moment;
    MomentView {
        entry: seq,
        time: instant::format(time_us),
        kind,
        user,
        through,
        patient,
        care,
        outcome,
        what,
    }
}
