use platform::record::{Apprenticed, Deed, Line, LineState, Side, minutes_of};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::call::Call;
use crate::api::me::PersonView;
use crate::problem::Problem;

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ApprenticeshipList {
    /// The newest first.
    apprenticeships: Vec<ApprenticeshipView>,
}

/// An apprenticeship with its record.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Apprenticeship")]
pub(super) struct ApprenticeshipView {
    id: String,
    apprentice: PersonView,
    supervisor: PersonView,
    employer: String,
    /// The id of the schedule it follows.
    schedule: String,
    /// Its first day, as `2031-09-01`.
    begins_on: String,
    /// Whether the apprentice has accepted the agreement.
    accepted: bool,
    /// Whether it is complete, or was ended.
    over: bool,
    /// What the caller writes as: `apprentice`, `supervisor`, `office`.
    sides: Vec<&'static str>,
    /// Signed minutes on the job that count.
    job_minutes: u32,
    /// Minutes that wait for a signature.
    waiting_minutes: u32,
    processes: Vec<ProcessView>,
    /// Everything that is missing for completion, in words.
    missing: Vec<String>,
    /// The wage step that is reached, from 1.
    wage_step: usize,
    /// What the caller has to do.
    dues: Vec<DueView>,
    lines: Vec<LineView>,
    /// The hash of the last entry: whoever noted it can tell later whether anything before it was changed.
    hash: String,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "WorkProcess")]
pub(super) struct ProcessView {
    id: String,
    title: String,
    /// Signed minutes.
    minutes: u32,
    /// The least minutes.
    least: Option<u32>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ApprenticeshipDue")]
pub(super) struct DueView {
    what: String,
    /// By which day.
    by: String,
}

/// A line of the log.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "LogLine")]
pub(super) struct LineView {
    /// Its number in the record.
    line: u64,
    day: String,
    /// The process or course, by id.
    at: String,
    minutes: u32,
    what: String,
    /// `waits`, `given-back`, `taken-back`, `signed`, `mended`.
    state: &'static str,
    /// The line that it corrects.
    corrects: Option<u64>,
}

fn line_view(line: &Line) -> LineView {
    LineView {
        line: line.seq,
        day: line.day.to_string(),
        at: line.at.clone(),
        minutes: line.minutes,
        what: line.what.clone(),
        state: match line.state {
            LineState::Open => "waits",
            LineState::Returned(_) => "given-back",
            LineState::Withdrawn => "taken-back",
            LineState::Signed(_) => "signed",
            LineState::Mended(_) => "mended",
        },
        corrects: line.corrects.as_ref().map(|(line, _)| *line),
    }
}

fn view(one: &Apprenticed) -> ApprenticeshipView {
    let side = |side: &Side| match side {
        Side::Apprentice => "apprentice",
        Side::Supervisor => "supervisor",
        Side::Office => "office",
    };
    let process = |done: &platform::record::Done| ProcessView {
        id: done.id.clone(),
        title: done.title.clone(),
        minutes: done.minutes,
        least: done.least,
    };
    let (record, made) = (&one.record, &one.progress);
    ApprenticeshipView {
        id: one.id.clone(),
        apprentice: (&one.apprentice).into(),
        supervisor: (&one.supervisor).into(),
        employer: one.employer.name.clone(),
        schedule: one.schedule.id.clone(),
        begins_on: record.agreement.begins.to_string(),
        accepted: record.accepted_us.is_some(),
        over: record.is_over(),
        sides: one.sides.iter().map(side).collect(),
        job_minutes: made.job_minutes,
        waiting_minutes: made.waiting_minutes,
        processes: made.processes.iter().chain(&made.instruction).map(process).collect(),
        missing: made.missing.iter().map(ToString::to_string).collect(),
        wage_step: made.wage.reached + 1,
        dues: one.own_dues().map(|due| DueView { what: due.words(), by: due.by.to_string() }).collect(),
        lines: record.lines.iter().map(line_view).collect(),
        hash: one.entries.last().map_or(String::new(), |entry| entry.hash.clone()),
    }
}

pub(super) fn list(call: &Call<'_>) -> Result<ApprenticeshipList, Problem> {
    let all = call.platform().apprenticeships(call.person()?)?;
    Ok(ApprenticeshipList { apprenticeships: all.iter().map(view).collect() })
}

pub(super) fn read(call: &Call<'_>) -> Result<ApprenticeshipView, Problem> {
    Ok(view(&call.platform().apprenticeship(call.person()?, call.part("id"))?))
}

/// A day's work, to be logged.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewLine {
    /// The day, as `2031-09-01`.
    day: String,
    /// The process or course, by id.
    at: String,
    /// How long, as `7.5` or `7:30`.
    hours: String,
    /// What was done.
    what: String,
}

pub(super) fn log(call: &Call<'_>, given: &NewLine) -> Result<ApprenticeshipView, Problem> {
    let minutes =
        minutes_of(&given.hours).ok_or_else(|| unreadable("hours", "write hours as 7.5 or 7:30"))?;
    let (day, at, what) = (day_of("day", &given.day)?, given.at.clone(), given.what.clone());
    write(call, &Deed::Logged { day, at, minutes, what })
}

/// Lines of a week that the caller stands by.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewSignature {
    /// The week's Monday, as `2031-09-01`.
    week: String,
    /// The numbers of the lines.
    lines: Vec<u64>,
    /// A word on the week.
    #[serde(default)]
    words: String,
}

pub(super) fn sign(call: &Call<'_>, given: &NewSignature) -> Result<ApprenticeshipView, Problem> {
    let (week, lines, words) = (day_of("week", &given.week)?, given.lines.clone(), given.words.clone());
    write(call, &Deed::Signed { week, lines, words })
}

/// What is to stand in the place of a signed line.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewCorrection {
    /// The line that was wrong.
    line: u64,
    at: String,
    /// How long; `0` if it did not happen.
    hours: String,
    what: String,
    /// What was wrong.
    why: String,
}

pub(super) fn correct(call: &Call<'_>, given: &NewCorrection) -> Result<ApprenticeshipView, Problem> {
    let minutes =
        minutes_of(&given.hours).ok_or_else(|| unreadable("hours", "write hours as 7.5 or 7:30"))?;
    let (at, what, why) = (given.at.clone(), given.what.clone(), given.why.clone());
    write(call, &Deed::Corrected { line: given.line, at, minutes, what, why })
}

fn write(call: &Call<'_>, deed: &Deed) -> Result<ApprenticeshipView, Problem> {
    call.platform().write_record(call.person()?, call.part("id"), deed)?;
    read(call)
}

fn day_of(field: &'static str, text: &str) -> Result<jiff::civil::Date, Problem> {
    text.parse().map_err(|_| unreadable(field, "write the day as 2031-09-01"))
}

fn unreadable(field: &'static str, what: &str) -> Problem {
    platform::record::RecordError::Refused { field, what: what.to_owned() }.into()
}
