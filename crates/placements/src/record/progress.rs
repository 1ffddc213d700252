use std::fmt;

use super::{Approach, Half, Line, Record, Rules, Schedule, hours_text};

/// How far a process or course is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Its id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Minutes that are signed.
    pub minutes: u32,
    /// Of these, those that count: no more than the schedule's most.
    pub counted: u32,
    /// The least minutes; none where it has none.
    pub least: Option<u32>,
    /// The most that count.
    pub most: Option<u32>,
}

/// How far a competency is entrusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    /// The competency, by id.
    pub competency: String,
    /// The newest decision; none before the first.
    pub level: Option<u8>,
    /// Whether that is enough.
    pub enough: bool,
}

/// Where somebody stands on the wage schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wage {
    /// The step that is reached, from 0.
    pub reached: usize,
    /// Reached steps that the office has not put into the pay.
    pub unpaid: Vec<usize>,
    /// What the next step asks for beyond what is there: minutes and competencies; none at the top.
    pub next: Option<(u32, u32)>,
}

/// A record held against its schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// By process.
    pub processes: Vec<Done>,
    /// By course.
    pub instruction: Vec<Done>,
    /// Counted minutes on the job.
    pub job_minutes: u32,
    /// Minutes that wait for a signature.
    pub waiting_minutes: u32,
    /// By competency.
    pub trust: Vec<Trust>,
    /// Pay.
    pub wage: Wage,
    /// Everything that is missing for completion.
    pub missing: Vec<Gap>,
}

/// Something that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// Hours in a process or course.
    Hours(String, u32),
    /// Hours on the job in all.
    Term(u32),
    /// A competency that is not entrusted.
    Entrust(String),
    /// An evaluation.
    Evaluation(Half),
    /// Lines that wait for a signature, or were given back.
    Unsigned(usize),
    /// Learning on the job, which every approach has.
    OnTheJob,
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hours(title, minutes) => write!(f, "{} hours more of “{title}”", hours_text(*minutes)),
            Self::Term(minutes) => write!(f, "{} hours more on the job in all", hours_text(*minutes)),
            Self::Entrust(competency) => write!(f, "not entrusted yet: {competency}"),
            Self::Evaluation(Half::Mid) => f.write_str("the evaluation at the middle is not written"),
            Self::Evaluation(Half::End) => f.write_str("the evaluation at the end is not written"),
            Self::Unsigned(1) => f.write_str("one line is not signed"),
            Self::Unsigned(lines) => write!(f, "{lines} lines are not signed"),
            Self::OnTheJob => f.write_str("no hour on the job is signed"),
        }
    }
}

/// How far a record is under its schedule.
#[must_use]
pub fn progress(record: &Record, schedule: &Schedule, rules: &Rules) -> Progress {
    let signed = |at: &str| -> u32 {
        let lines = record.lines.iter().filter(|line| line.at == at && line.counts());
        lines.map(|line| line.minutes).fold(0, u32::saturating_add)
    };
    let processes: Vec<Done> = schedule
        .processes
        .iter()
        .map(|one| done(&one.id, &one.title, signed(&one.id), (one.hours_min, one.hours_max)))
        .collect();
    let instruction: Vec<Done> = schedule
        .instruction
        .iter()
        .map(|one| done(&one.id, &one.title, signed(&one.id), (Some(one.hours), None)))
        .collect();
    let trust: Vec<Trust> = schedule
        .entrust
        .iter()
        .map(|one| {
            let level = record.trust_in(&one.competency).map(|(_, decided)| decided.level);
            let enough = level.is_some_and(|level| level >= rules.house.entrusted_level);
            Trust { competency: one.competency.clone(), level, enough }
        })
        .collect();
    let job_minutes = processes.iter().map(|one| one.counted).fold(0, u32::saturating_add);
    let waiting = record.lines.iter().filter(|line| line.waits()).map(|line| line.minutes);
    let mut made = Progress {
        job_minutes,
        waiting_minutes: waiting.fold(0, u32::saturating_add),
        wage: wage(record, job_minutes, &trust),
        processes,
        instruction,
        trust,
        missing: Vec::new(),
    };
    made.missing = missing(record, schedule, &made);
    made
}

fn done(id: &str, title: &str, minutes: u32, (least, most): (Option<u32>, Option<u32>)) -> Done {
    let (least, most) = (least.map(|hours| hours * 60), most.map(|hours| hours * 60));
    let counted = most.map_or(minutes, |most| minutes.min(most));
    Done { id: id.to_owned(), title: title.to_owned(), minutes, counted, least, most }
}

/// A step is reached once the hours and the competencies of it and of all before it are there.
fn wage(record: &Record, job_minutes: u32, trust: &[Trust]) -> Wage {
    let entrusted = u32::try_from(trust.iter().filter(|one| one.enough).count()).unwrap_or(u32::MAX);
    let steps = &record.agreement.wages;
    let reached =
        steps.iter().take_while(|step| job_minutes >= step.hours * 60 && entrusted >= step.entrusted);
    let reached = reached.count().saturating_sub(1);
    let next = steps.get(reached + 1).map(|step| {
        ((step.hours * 60).saturating_sub(job_minutes), step.entrusted.saturating_sub(entrusted))
    });
    let unpaid = (0..=reached).filter(|step| *step > 0 && !record.paid.contains_key(step)).collect();
    Wage { reached, unpaid, next }
}

fn missing(record: &Record, schedule: &Schedule, made: &Progress) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for one in made.processes.iter().chain(&made.instruction) {
        let short = one.least.unwrap_or(0).saturating_sub(one.counted);
        if short > 0 {
            gaps.push(Gap::Hours(one.title.clone(), short));
        }
    }
    let term = schedule.term_hours.unwrap_or(0) * 60;
    if term > made.job_minutes {
        gaps.push(Gap::Term(term - made.job_minutes));
    }
    if schedule.approach == Approach::Competency && made.job_minutes == 0 {
        gaps.push(Gap::OnTheJob);
    }
    gaps.extend(made.trust.iter().filter(|one| !one.enough).map(|one| Gap::Entrust(one.competency.clone())));
    let halves = [Half::Mid, Half::End].into_iter().filter(|half| !record.evaluations.contains_key(half));
    gaps.extend(halves.map(Gap::Evaluation));
    let unsigned = |line: &&Line| line.waits() || matches!(line.state, super::LineState::Returned(_));
    let unsigned = record.lines.iter().filter(unsigned).count();
    if unsigned > 0 {
        gaps.push(Gap::Unsigned(unsigned));
    }
    gaps
}
