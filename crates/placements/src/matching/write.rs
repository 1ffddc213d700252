//! The outcome as CSV, for those who work with spreadsheets.

use super::{Market, Outcome, Report, why_not};
use crate::tables::{Table, csv_text};

/// The files of a result.
///
/// They are `matched.csv`, `unmatched.csv`, `open-places.csv` (which is the first file of a second round), and `why.csv` with an answer for every
/// wish that was not given. No name begins like a formula: such names are refused when they are read.
#[must_use]
pub fn tables(market: &Market, outcome: &Outcome, report: &Report) -> Vec<Table> {
    let number = |rank: Option<u32>| rank.map_or(String::new(), |rank| rank.to_string());
    let matched = report.matched.iter().map(|matched| {
        [
            matched.applicant.clone(),
            matched.program.clone(),
            number(matched.rank),
            number(matched.program_rank),
        ]
    });
    let unmatched = report.unmatched.iter().map(|applicant| [applicant.clone()]);
    let open = report.open.iter().map(|open| [open.program.clone(), open.places.to_string()]);
    let answers = why_not(market, &outcome.places);
    let why = market.applicants.iter().zip(&answers).flat_map(|(applicant, answers)| {
        answers.iter().map(|answer| {
            let program = market.programs[answer.program as usize].name.clone();
            [applicant.name.clone(), answer.rank.to_string(), program, answer.reason.to_string()]
        })
    });
    vec![
        Table {
            file: "matched.csv",
            text: csv_text(["applicant", "program", "rank", "program_rank"], matched),
        },
        Table { file: "unmatched.csv", text: csv_text(["applicant"], unmatched) },
        Table { file: "open-places.csv", text: csv_text(["program", "capacity"], open) },
        Table { file: "why.csv", text: csv_text(["applicant", "rank", "program", "why"], why) },
    ]
}
