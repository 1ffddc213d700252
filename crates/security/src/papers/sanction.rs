use serde::{Deserialize, Serialize};

use super::fault::{PaperFault, too_little};

/// Where sanctions stand.
const SECTION: &str = "164.530(e), 164.308(a)(1)(ii)(C)";

/// How far a sanction goes. The rule asks that it be appropriate, and names none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SanctionLevel {
    /// Training again.
    Retraining,
    /// A written warning.
    Warning,
    /// No access for a time.
    Suspension,
    /// The end of the employment.
    Termination,
}

/// A sanction against a member of the workforce, documented.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SanctionForm {
    /// The login of the person.
    pub person: String,
    /// The case whose evidence is cited.
    pub case: String,
    /// How far it goes.
    pub level: SanctionLevel,
    /// Which policy was not followed, and why this answer fits.
    pub why: String,
    /// The entries it rests on.
    #[serde(default)]
    pub evidence: Vec<i64>,
}

impl SanctionForm {
    /// What it lacks. `doers` tells by whom each pinned entry was done; `known` whether the person has an account.
    #[must_use]
    pub fn check(&self, doers: &[(i64, String)], known: bool) -> Vec<PaperFault> {
        let mut faults = Vec::new();
        if !known {
            faults.push(PaperFault::new("person", "has no account here", SECTION));
        }
        faults.extend(too_little("why", &self.why, SECTION));
        if self.evidence.is_empty() {
            faults.push(PaperFault::new("evidence", "rests on nothing: cite an entry", "164.530(e)(2)"));
        }
        for entry in &self.evidence {
            match doers.iter().find(|(seq, _)| seq == entry) {
                None => {
                    let what = format!("cites entry {entry}, which is not pinned to {}", self.case);
                    faults.push(PaperFault::new("evidence", what, "164.530(e)(2)"));
                }
                Some((_, doer)) if *doer != self.person => {
                    let what = format!("cites entry {entry}, which {doer} did");
                    faults.push(PaperFault::new("evidence", what, "164.530(e)(2)"));
                }
                Some(_) => {}
            }
        }
        faults
    }
}
