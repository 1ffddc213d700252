//! Breaking the glass of the lake: restricted charts are there for a while, for who gave a reason, and the journal tells the
//! privacy officer.

use serde_json::json;
use store::StoreError;
use store::journal::Filter;

use super::error::LakeError;
use super::right::Right;
use crate::access::{Access, outcome};
use crate::ehr::roles::{GLASS_HOURS, Working};
use crate::platform::Platform;

/// How long a reason holds, in hours of the hospital's own time.
pub const REASON_HOURS: i64 = GLASS_HOURS;

/// The journal kind of giving a reason.
const KIND: &str = "lake.break-glass";
/// What somebody must be permitted to give one.
const PERMISSION: &str = "break-glass";
/// Letters of a reason.
const REASON_LETTERS: std::ops::RangeInclusive<usize> = 8..=500;
/// Entries looked at: more reasons nobody gives in so few hours.
const ENTRIES_MAX: usize = 500;

impl Platform {
    /// Opens restricted charts in the lake to the role worked as, for [`REASON_HOURS`].
    ///
    /// # Errors
    /// When a reason does not help for this role and purpose, is too short or too long, or the role may give none.
    pub fn break_lake_glass(
        &self,
        access: &Access,
        purpose: Option<&str>,
        reason: &str,
    ) -> Result<Right, LakeError> {
        let right = self.lake_right(access, purpose)?;
        right.working.check(PERMISSION)?;
        if !right.rule.takes_reasons() {
            let what =
                format!("for {} a reason changes nothing for the role {}", right.purpose, right.working.role);
            return Err(LakeError::Reason(what));
        }
        let reason = reason.trim();
        if !REASON_LETTERS.contains(&reason.chars().count()) {
            let what = format!(
                "a reason has {} to {} letters; say whom it is for and why it cannot wait",
                REASON_LETTERS.start(),
                REASON_LETTERS.end()
            );
            return Err(LakeError::Reason(what));
        }
        let detail = json!({"role": right.working.role, "purpose": right.purpose, "reason": reason, "hours": REASON_HOURS});
        access.note(access.event(KIND, None, outcome::OK, detail))?;
        self.lake_right(access, purpose)
    }
}

/// Whether a reason that was given holds still.
pub(super) fn holds(access: &Access, working: &Working, purpose: &str) -> Result<bool, StoreError> {
    let filter = Filter {
        kinds: vec![KIND.to_owned()],
        actor: Some(access.actor().to_owned()),
        outcome: Some(outcome::OK.to_owned()),
        newest_first: true,
        limit: ENTRIES_MAX,
        ..Filter::default()
    };
    let since_us = access.virtual_us() - REASON_HOURS * 3_600_000_000;
    let given = access.sandbox().journal(&filter)?.into_iter().map(|entry| entry.event);
    Ok(given.into_iter().any(|event| {
        event.virtual_us > since_us
            && event.detail["role"] == *working.role
            && event.detail["purpose"] == *purpose
    }))
}
