//! What cells of OneRoster files can hold, each with what to try when it holds something else.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::tables::{Sink, Source};

/// Where a cell stands: its file and line.
pub(super) type At<'a> = (Source<'a>, u64);

/// Whether a row is in force; `tobedeleted` says that it is not. Nothing means the same as `active`, as in files that hold everything.
pub(super) fn in_force(status: &str, (source, line): At<'_>, sink: &mut Sink) -> bool {
    match status.to_ascii_lowercase().as_str() {
        "" | "active" => true,
        "tobedeleted" => false,
        _ => {
            let what = format!("the status is `{status}`");
            sink.say(source.name, line, what, "write active or tobedeleted, or leave it empty");
            false
        }
    }
}

/// A day as `2031-09-01`; none where the cell is empty.
pub(super) fn day(text: &str, column: &str, (source, line): At<'_>, sink: &mut Sink) -> Option<Date> {
    if text.is_empty() {
        return None;
    }
    let day = text.parse().ok();
    if day.is_none() {
        let what = format!("`{column}` is `{text}`, which is no day");
        sink.say(source.name, line, what, "write it as 2031-09-01");
    }
    day
}

/// Says so if something ends before it begins.
pub(super) fn in_order(begins: Option<Date>, ends: Option<Date>, (source, line): At<'_>, sink: &mut Sink) {
    if let (Some(begins), Some(ends)) = (begins, ends)
        && ends < begins
    {
        sink.say(
            source.name,
            line,
            format!("it ends on {ends}, before it begins on {begins}"),
            "swap the days",
        );
    }
}

/// Rows by their `sourcedId`, each of which may stand once.
pub(super) struct ById<T> {
    what: &'static str,
    pub(super) rows: BTreeMap<String, T>,
    /// Rows that are known and were left out; who refers to them is left out too, and is no mistake.
    pub(super) left_out: BTreeMap<String, ()>,
}

impl<T> ById<T> {
    pub(super) fn new(what: &'static str) -> Self {
        Self { what, rows: BTreeMap::new(), left_out: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, id: &str, row: T, (source, line): At<'_>, sink: &mut Sink) {
        if self.is_new(id, (source, line), sink) {
            self.rows.insert(id.to_owned(), row);
        }
    }

    pub(super) fn leave_out(&mut self, id: &str, at: At<'_>, sink: &mut Sink) {
        if self.is_new(id, at, sink) {
            self.left_out.insert(id.to_owned(), ());
        }
    }

    fn is_new(&self, id: &str, (source, line): At<'_>, sink: &mut Sink) -> bool {
        let known = self.rows.contains_key(id) || self.left_out.contains_key(id);
        if id.is_empty() {
            sink.say(source.name, line, format!("the {} has no sourcedId", self.what), "give it one");
        } else if known {
            let what = format!("the sourcedId `{id}` stands here twice");
            sink.say(source.name, line, what, "give each row one of its own");
        }
        !id.is_empty() && !known
    }

    /// Whether `id` is a row that was taken; one that nobody knows is a mistake.
    pub(super) fn refers(&self, id: &str, (source, line): At<'_>, sink: &mut Sink) -> bool {
        if self.rows.contains_key(id) {
            return true;
        }
        if !self.left_out.contains_key(id) {
            let what = format!("there is no {} `{id}`", self.what);
            sink.say(
                source.name,
                line,
                what,
                format!("add the {} to its file, or take this row out", self.what),
            );
        }
        false
    }
}

/// The members of a list in one cell, as in `s1,s2`.
pub(super) fn listed(cell: &str) -> Vec<String> {
    cell.split(',').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
}
