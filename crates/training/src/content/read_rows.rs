//! Checks of kind `rows`.

use std::collections::BTreeMap;

use super::fields::Fields;
use super::sink::Sink;
use crate::lab::{Agreement, CheckKind, RowsTest, Step};

/// Reads the question's name, the truth, and what is compared.
pub(super) fn rows(fields: &Fields<'_>, sink: &Sink) -> RowsTest {
    let words = Agreement::ALL.map(Agreement::word).join(", ");
    let parse = |word: &str| Agreement::ALL.into_iter().find(|one| one.word() == word);
    let agreement = fields.parsed("agreement", &format!("one of: {words}"), parse);
    let columns = fields.texts("columns");
    if columns.is_empty() {
        let remedy = "add columns = [\"patient_id\"]";
        sink.say(fields.place, "it is not said which columns are compared", remedy);
    }
    let (truth, truth_of) = (fields.text("truth"), fields.text("truth_of"));
    if truth.is_some() == truth_of.is_some() {
        let remedy =
            "add `truth`, SQL that answers the same rightly, or name a check that has one with truth_of";
        sink.say(fields.place, "it is not said what the rows are compared with", remedy);
    }
    RowsTest {
        question: fields.need_text("question"),
        truth: truth.unwrap_or_default(),
        truth_of,
        columns,
        agreement: agreement.unwrap_or(Agreement::Same),
    }
}

/// Gives every check that names another one's truth this truth.
pub(super) fn share_truths(steps: &mut [Step], sink: &Sink) {
    let all = steps.iter().flat_map(|step| &step.checks);
    let own: BTreeMap<String, String> = all
        .filter_map(|check| match &check.kind {
            CheckKind::Rows(test) if test.truth_of.is_none() => Some((check.id.clone(), test.truth.clone())),
            _ => None,
        })
        .collect();
    for check in steps.iter_mut().flat_map(|step| &mut step.checks) {
        let CheckKind::Rows(test) = &mut check.kind else { continue };
        let Some(name) = &test.truth_of else { continue };
        match own.get(name) {
            Some(truth) => test.truth.clone_from(truth),
            None => sink.say(
                &check.place,
                format!("`truth_of` names `{name}`, which has no truth"),
                "name a check of kind rows that has `truth`",
            ),
        }
    }
}
