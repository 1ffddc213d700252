//! After the match: what a second round is about, and changes by hand with their price.

use serde::Serialize;

use super::report::wants;
use super::{Market, Open, Outcome, Report, Wants, blocking};
use crate::tables::{Mistakes, Rows, Sink, Source};

/// Who and what may take part in a second round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remaining {
    /// Applicants without a place.
    pub applicants: Vec<String>,
    /// Places without an applicant.
    pub open: Vec<Open>,
}

/// What a second round is about: whoever has a place keeps it.
#[must_use]
pub fn remaining(report: &Report) -> Remaining {
    Remaining { applicants: report.unmatched.clone(), open: report.open.clone() }
}

/// A change by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Whose place changes.
    pub applicant: u32,
    /// Where to; nowhere, to make room.
    pub program: Option<u32>,
    /// Why somebody decided so.
    pub reason: String,
    /// The line it stands on.
    pub line: u64,
}

/// What a change by hand did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overruled {
    /// Whose place changed.
    pub applicant: String,
    /// Where they were.
    pub from: Option<String>,
    /// Where they are now.
    pub to: Option<String>,
    /// Why.
    pub reason: String,
    /// Its price: who blocks now and did not before.
    pub price: Vec<Wants>,
}

/// Reads changes, `applicant,program,reason`; an empty programme takes the place away.
///
/// # Errors
/// Every mistake with its line: a name nobody knows, a change without a reason.
pub fn read_overrides(market: &Market, source: Source<'_>) -> Result<Vec<Override>, Mistakes> {
    let (mut sink, mut found) = (Sink::default(), Vec::new());
    let Some(mut rows) = Rows::open(source, &["applicant", "program", "reason"], &mut sink) else {
        return sink.or(found);
    };
    while let Some((line, [name, to, reason])) = rows.next(&mut sink) {
        let applicant = market.applicant(name);
        if applicant.is_none() {
            sink.say(
                source.name,
                line,
                format!("there is no applicant `{name}`"),
                "write the name as in the lists",
            );
        }
        let program = market.program(to);
        if program.is_none() && !to.is_empty() {
            sink.say(
                source.name,
                line,
                format!("there is no programme `{to}`"),
                "write the name as in the lists",
            );
        }
        if reason.is_empty() {
            sink.say(
                source.name,
                line,
                format!("nobody says why `{name}` is moved"),
                "give the reason; it is published",
            );
        }
        if let Some(applicant) = applicant {
            found.push(Override { applicant, program, reason: reason.to_owned(), line });
        }
    }
    sink.or(found)
}

/// Makes changes one after another, each with its price.
///
/// # Errors
/// A change that would put more people into a programme than it has places; then none is made.
pub fn overrule(
    market: &Market,
    outcome: &Outcome,
    changes: &[Override],
    file: &str,
) -> Result<(Outcome, Vec<Overruled>), Mistakes> {
    let (mut sink, mut outcome, mut done) = (Sink::default(), outcome.clone(), Vec::new());
    let name = |program: Option<u32>| program.map(|program| market.programs[program as usize].name.clone());
    let mut before = blocking(market, &outcome.places);
    for change in changes {
        let from = std::mem::replace(&mut outcome.places[change.applicant as usize], change.program);
        let there =
            outcome.places.iter().filter(|place| place.is_some() && **place == change.program).count();
        if let Some(program) = change.program.map(|program| &market.programs[program as usize])
            && there > program.capacity as usize
        {
            let what = format!("`{}` has {} places, and all are taken", program.name, program.capacity);
            sink.say(file, change.line, what, "take somebody's place away in a row before this one");
        }
        let after = blocking(market, &outcome.places);
        done.push(Overruled {
            applicant: market.applicants[change.applicant as usize].name.clone(),
            from: name(from),
            to: name(change.program),
            reason: change.reason.clone(),
            price: after.iter().filter(|new| !before.contains(new)).map(|new| wants(market, *new)).collect(),
        });
        before = after;
    }
    sink.or((outcome, done))
}
