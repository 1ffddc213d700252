//! Checks of kind `rows`.

use super::fields::Fields;
use super::sink::Sink;
use crate::lab::{Agreement, RowsTest};

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
    RowsTest {
        question: fields.need_text("question"),
        truth: fields.need_text("truth"),
        columns,
        agreement: agreement.unwrap_or(Agreement::Same),
    }
}
