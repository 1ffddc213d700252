use std::collections::BTreeSet;

use serde_json::Value;
use store::StoreError;
use store::journal::Filter;

use super::working::Working;
use crate::access::{Access, outcome};

/// How long a restricted chart stays open to whoever gave a reason, in hours of the hospital's own time.
pub const GLASS_HOURS: i64 = 4;

/// The journal kind of breaking the glass.
pub(crate) const KIND: &str = "chart.break-glass";

/// Entries looked at: more charts than this nobody opens in so few hours.
const ENTRIES_MAX: usize = 500;

/// Whether a chart is restricted: its Patient carries the security label `R` or `V` (v3-Confidentiality).
pub fn is_restricted(patient: &Value) -> bool {
    let labels = patient.pointer("/meta/security").and_then(Value::as_array).into_iter().flatten();
    let codes = labels.filter_map(|label| label.get("code")?.as_str());
    codes.into_iter().any(|code| code == "R" || code == "V")
}

/// The restricted charts that are open to somebody at the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ehr) enum Glasses {
    /// All of them: the role needs no reason.
    All,
    /// Those for which a reason was given, in this role and not too long ago, as `Patient/ID`.
    Broken(BTreeSet<String>),
}

impl Glasses {
    /// Reads them from the journal, which has every reason that was given.
    pub(in crate::ehr) fn of(access: &Access, working: &Working) -> Result<Self, StoreError> {
        if working.may("chart.view.sensitive") {
            return Ok(Self::All);
        }
        if !working.may("break-glass") {
            return Ok(Self::Broken(BTreeSet::new()));
        }
        let filter = Filter {
            kinds: vec![KIND.to_owned()],
            actor: Some(access.actor().to_owned()),
            outcome: Some(outcome::OK.to_owned()),
            newest_first: true,
            limit: ENTRIES_MAX,
            ..Filter::default()
        };
        let since_us = access.virtual_us() - GLASS_HOURS * 3_600_000_000;
        let given = access.sandbox().journal(&filter)?.into_iter().map(|entry| entry.event);
        let holds =
            given.filter(|event| event.virtual_us > since_us && event.detail["role"] == *working.role);
        Ok(Self::Broken(holds.filter_map(|event| event.subject).collect()))
    }

    /// Whether a chart is open.
    pub(in crate::ehr) fn open(&self, patient: &Value) -> bool {
        let id = || patient.get("id").and_then(Value::as_str).unwrap_or_default();
        match self {
            _ if !is_restricted(patient) => true,
            Self::All => true,
            Self::Broken(charts) => charts.contains(&format!("Patient/{}", id())),
        }
    }
}
