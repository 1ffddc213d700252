use serde::{Deserialize, Serialize};

use super::error::{CaseworkError, text};
use crate::detection::Alert;

/// The longest that an alert may be kept quiet: whatever lasts longer belongs into the rule.
const HOURS_MAX: i64 = 24 * 31;

/// An alert that is understood and not to be raised for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    /// Its id.
    pub id: String,
    /// The rule's id, or its title where it has none.
    pub rule: String,
    /// A field of what the alert is about.
    pub field: String,
    /// Its value.
    pub value: String,
    /// Until when, on the hospital's clock.
    pub until_us: i64,
    /// Why.
    pub why: String,
    /// Who suppressed it.
    pub by: String,
    /// When.
    pub at_us: i64,
}

impl Suppression {
    /// A suppression of what one rule says about one user, address, client or patient.
    ///
    /// # Errors
    /// A reason that says too little; more than a month.
    pub fn new(
        id: String,
        (rule, field, value): (&str, &str, &str),
        hours: i64,
        why: &str,
        by: &str,
        now_us: i64,
    ) -> Result<Self, CaseworkError> {
        if !(1..=HOURS_MAX).contains(&hours) {
            return Err(CaseworkError::Full("a suppression in hours", HOURS_MAX.unsigned_abs() as usize));
        }
        Ok(Self {
            id,
            rule: text("rule", rule, 1, 200)?,
            field: text("field", field, 1, 60)?,
            value: text("value", value, 1, 200)?,
            until_us: now_us.saturating_add(hours * 3_600_000_000),
            why: text("why", why, 10, 1_000)?,
            by: by.to_owned(),
            at_us: now_us,
        })
    }

    /// Whether it keeps this alert quiet: of the same rule about the same thing, and begun before it ends.
    #[must_use]
    pub fn covers(&self, alert: &Alert) -> bool {
        let hit = &alert.hit;
        hit.rule == self.rule
            && hit.time_us < self.until_us
            && hit.group.iter().any(|(field, value)| *field == self.field && *value == self.value)
    }
}
