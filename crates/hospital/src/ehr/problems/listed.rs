//! What the problem list and the allergies have in common: how an entry is refused, and how it says what it is.

use serde_json::{Value, json};

use crate::calendar::instant_text;
use crate::ehr::entered::Entered;
use crate::ehr::error::Problems;
use crate::ehr::shape::{items_mut, text_at};

/// A list whose entries have a clinical and a verification status.
pub(super) struct List {
    /// The field a form names an entry in.
    pub(super) field: &'static str,
    /// The code system of `clinicalStatus`.
    pub(super) clinical: &'static str,
    /// The code system of `verificationStatus`.
    pub(super) verification: &'static str,
}

impl List {
    /// Refuses a new entry for nobody, and one that is on the list and holds.
    pub(super) fn check_new(
        &self,
        problems: &mut Problems,
        patient: Option<&Value>,
        known: &[Value],
        code: &Value,
    ) {
        if patient.is_none() {
            problems.add("patient", "there is no such patient", "look the record up");
        }
        if known.iter().any(|known| is_active(known) && known.get("code") == Some(code)) {
            problems.add(self.field, "it is on the list already", "revise that one");
        }
    }

    /// `clinicalStatus` of this code.
    pub(super) fn clinical(&self, code: &str) -> Value {
        json!({"coding": [{"system": self.clinical, "code": code}]})
    }

    /// `verificationStatus` of this code.
    pub(super) fn verification(&self, code: &str) -> Value {
        json!({"coding": [{"system": self.verification, "code": code}]})
    }
}

/// Why an entry is seen differently, which whoever revises it has to say.
pub(super) fn reason(problems: &mut Problems, entered: &Entered) -> Option<String> {
    problems.needed("reason", entered, 300, "write why it is seen differently")
}

/// Keeps the reason with the entry.
pub(super) fn note(entry: &mut Value, reason: Option<&str>, author: &str, now_us: i64) {
    let note = json!({"authorString": author, "time": instant_text(now_us), "text": reason});
    items_mut(entry, "note").push(note);
}

fn is_active(entry: &Value) -> bool {
    let code = entry.pointer("/clinicalStatus/coding/0").and_then(|coding| text_at(coding, "code"));
    code == Some("active")
}
