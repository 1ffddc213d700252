use super::{Line, LineState, Progress, Record, Schedule, hours_text};
use crate::tables::csv_text;

/// Hours by process as CSV.
#[must_use]
pub fn hours_csv(progress: &Progress) -> String {
    let headings = ["id", "kind", "title", "signed_hours", "counted_hours", "least_hours", "most_hours"];
    let kinds = [("on the job", &progress.processes), ("related instruction", &progress.instruction)];
    let hours = |minutes: Option<u32>| minutes.map_or(String::new(), hours_text);
    let rows = kinds.into_iter().flat_map(|(kind, all)| {
        all.iter().map(move |one| {
            [
                one.id.clone(),
                kind.to_owned(),
                one.title.clone(),
                hours_text(one.minutes),
                hours_text(one.counted),
                hours(one.least),
                hours(one.most),
            ]
        })
    });
    csv_text(headings, rows)
}

/// Every line as CSV, with what became of it. `name` says what a person is called.
#[must_use]
pub fn lines_csv(record: &Record, schedule: &Schedule, name: impl Fn(&str) -> String) -> String {
    let headings = ["line", "day", "kind", "at", "hours", "what", "state", "signed_by", "corrects", "why"];
    let row = |line: &Line| {
        let signature = |seq: u64| record.signatures.iter().find(|one| one.seq == seq);
        let (state, by, why) = match &line.state {
            LineState::Open => ("waits", String::new(), None),
            LineState::Returned(why) => ("given back", String::new(), Some(why.clone())),
            LineState::Withdrawn => ("taken back", String::new(), None),
            LineState::Signed(seq) => {
                ("signed", signature(*seq).map_or(String::new(), |one| name(&one.by)), None)
            }
            LineState::Mended(_) => ("mended", String::new(), None),
        };
        let corrects = line.corrects.as_ref();
        [
            line.seq.to_string(),
            line.day.to_string(),
            if schedule.course(&line.at).is_some() { "related instruction" } else { "on the job" }.to_owned(),
            schedule.title_of(&line.at).unwrap_or(&line.at).to_owned(),
            hours_text(line.minutes),
            line.what.clone(),
            state.to_owned(),
            by,
            corrects.map_or(String::new(), |(line, _)| line.to_string()),
            why.or_else(|| corrects.map(|(_, why)| why.clone())).unwrap_or_default(),
        ]
    };
    csv_text(headings, record.lines.iter().map(row))
}
