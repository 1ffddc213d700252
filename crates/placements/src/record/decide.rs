use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Deed, Line, LineState, Record, Rules, Schedule, identifier, monday, progress};

/// The longest onboarding that is reported, in days.
const ONBOARDING_DAYS_MAX: u32 = 730;

/// As what somebody acts on a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The apprentice.
    Apprentice,
    /// Who supervises them.
    Supervisor,
    /// The employer's education office.
    Office,
}

/// Who acts, and when.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// Who, by id.
    pub who: &'a str,
    /// As what.
    pub side: Side,
    /// The day.
    pub today: Date,
}

/// Why a deed is not added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The field it is about.
    pub field: &'static str,
    /// What is wrong, and what to try.
    pub what: String,
}

impl Refusal {
    pub(super) fn new(field: &'static str, what: impl Into<String>) -> Self {
        Self { field, what: what.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

/// Whether a deed may be added to a record.
///
/// # Errors
/// [`Refusal`] says in words why not.
pub fn decide(
    record: &Record,
    (schedule, rules): (&Schedule, &Rules),
    moment: Moment<'_>,
    deed: &Deed,
) -> Result<(), Refusal> {
    let refuse = |field, what: &str| Err(Refusal::new(field, what));
    if deed.side().is_some_and(|side| side != moment.side) {
        return refuse("deed", "this part of the record is for somebody else to write");
    }
    if record.is_over() && !matches!(deed, Deed::Looked) {
        return refuse("deed", "this apprenticeship is over; its record stays as it is");
    }
    if record.accepted_us.is_none() && !matches!(deed, Deed::Accepted | Deed::Ended { .. } | Deed::Looked) {
        return refuse("deed", "the apprentice has to accept the agreement first");
    }
    match deed {
        Deed::Agreed(_) => refuse("deed", "an agreement is made once; end this one and make another"),
        Deed::Accepted if record.accepted_us.is_some() => refuse("deed", "the agreement is accepted already"),
        Deed::Logged { day, at, minutes, what } => {
            logs(record, rules, moment, *day)?;
            line(record, (schedule, rules), (*day, at, *minutes, what), None)
        }
        Deed::Corrected { line: wrong, at, minutes, what, why } => {
            let wrong = correctable(record, *wrong)?;
            words("why", why)?;
            line(record, (schedule, rules), (wrong.day, at, *minutes, what), Some(wrong.seq))
        }
        Deed::Withdrawn { line } => match record.line(*line).map(|line| &line.state) {
            Some(LineState::Open | LineState::Returned(_)) => Ok(()),
            Some(LineState::Signed(_)) => refuse(
                "line",
                "this line is signed and stays; correct it, and the correction is signed in its turn",
            ),
            _ => refuse("line", "there is no such line to take back"),
        },
        Deed::Returned { line, why } => {
            waiting(record, *line)?;
            words("why", why)
        }
        Deed::Signed { week, lines, words: said } => signs(record, moment, *week, lines, said),
        Deed::Entrusted(one) => {
            if !schedule.entrust.iter().any(|asked| asked.competency == one.competency) {
                return refuse("competency", "choose a competency of the schedule");
            }
            if !(1..=5).contains(&one.level) || one.seen > 1_000 {
                return refuse("level", "choose a level from 1 to 5, and say how often you saw it done");
            }
            if one.level >= rules.house.entrusted_level && one.seen == 0 {
                return refuse(
                    "seen",
                    "nothing is entrusted unseen: say how often you saw it done, at least once",
                );
            }
            words("words", &one.words)
        }
        Deed::Evaluated(one) => {
            if record.evaluations.contains_key(&one.half) {
                return refuse("half", "this evaluation is written already, and stays");
            }
            words("well", &one.well)?;
            words("next", &one.next)
        }
        Deed::Incident(one) => {
            if one.day > moment.today {
                return refuse("day", "write a day that has been");
            }
            words("what", &one.what)
        }
        Deed::Paid { step, .. } => {
            let reached = progress(record, schedule, rules).wage.reached;
            if *step > reached {
                return refuse("step", "this wage step is not reached yet");
            }
            if record.paid.contains_key(step) {
                return refuse("step", "this wage step is in the pay already");
            }
            Ok(())
        }
        Deed::Onboarded(one) => {
            if record.onboarding.is_some() {
                return refuse("days", "this is reported already, and stays");
            }
            if !(1..=ONBOARDING_DAYS_MAX).contains(&one.days) {
                return refuse("days", "write 1 to 730 days");
            }
            if !(1..=ONBOARDING_DAYS_MAX).contains(&one.usual_days) {
                return refuse("usual_days", "write 1 to 730 days that you usually need");
            }
            let day = record.agreement.begins.saturating_add(i64::from(one.days).days());
            if day > moment.today {
                return refuse("days", "so many days have not passed since the first day");
            }
            Ok(())
        }
        Deed::Completed => match progress(record, schedule, rules).missing.first() {
            Some(gap) => Err(Refusal::new("deed", format!("it is not complete: {gap}"))),
            None => Ok(()),
        },
        Deed::Ended { why } => words("why", why),
        Deed::Accepted | Deed::Looked => Ok(()),
    }
}

/// Whether a day can be logged now.
fn logs(record: &Record, rules: &Rules, moment: Moment<'_>, day: Date) -> Result<(), Refusal> {
    let refuse = |what: String| Err(Refusal::new("day", what));
    if day > moment.today {
        return refuse(format!("{day} is still to come; log it when it is over"));
    }
    if day < record.agreement.begins {
        return refuse(format!("{day} is before the first day, {}", record.agreement.begins));
    }
    let days = rules.house.log_days;
    let oldest = moment.today.saturating_sub(i64::from(days).days());
    if day < oldest {
        return refuse(format!(
            "{day} is more than {days} days ago: what is logged so late is memory, not a record; ask your supervisor to note it as an incident"
        ));
    }
    Ok(())
}

/// Whether a line can stand as it is written.
fn line(
    record: &Record,
    (schedule, rules): (&Schedule, &Rules),
    (day, at, minutes, what): (Date, &str, u32, &str),
    mends: Option<u64>,
) -> Result<(), Refusal> {
    if schedule.title_of(at).is_none() {
        return Err(Refusal::new("at", "choose a work process or course of the schedule"));
    }
    // A correction may say that something did not happen at all.
    if minutes == 0 && mends.is_none() {
        return Err(Refusal::new("hours", "write how long it took, as 7.5 or 7:30"));
    }
    let others = record.lines.iter().filter(|line| line.day == day && Some(line.seq) != mends);
    let others = others.filter(|line| line.counts() || line.waits()).map(|line| line.minutes);
    let all = others.fold(minutes, u32::saturating_add);
    if all > rules.house.day_minutes_max {
        let most = rules.house.day_minutes_max / 60;
        return Err(Refusal::new("hours", format!("that would make {day} a day of more than {most} hours")));
    }
    words("what", what)
}

fn correctable(record: &Record, line: u64) -> Result<&Line, Refusal> {
    let refuse = |what: &str| Err(Refusal::new("line", what));
    let Some(found) = record.line(line) else { return refuse("there is no such line") };
    match found.state {
        LineState::Signed(_) => {}
        LineState::Mended(by) => {
            return Err(Refusal::new(
                "line",
                format!("line {line} was mended by line {by}; correct that one"),
            ));
        }
        _ => return refuse("this line is not signed; take it back and log it anew"),
    }
    let pending = |one: &&Line| one.waits() && one.corrects.as_ref().is_some_and(|(mends, _)| *mends == line);
    if record.lines.iter().any(|one| pending(&one)) {
        return refuse("a correction of this line waits for its signature already");
    }
    Ok(found)
}

fn waiting(record: &Record, line: u64) -> Result<&Line, Refusal> {
    let found = record.line(line).filter(|line| line.waits());
    found.ok_or_else(|| Refusal::new("lines", "one of these lines does not wait for a signature; look again"))
}

fn signs(record: &Record, moment: Moment<'_>, week: Date, lines: &[u64], said: &str) -> Result<(), Refusal> {
    if moment.who == record.agreement.apprentice {
        return Err(Refusal::new("lines", "nobody signs their own hours; your supervisor does"));
    }
    if lines.is_empty() {
        return Err(Refusal::new("lines", "choose the lines that you stand by"));
    }
    for line in lines {
        if monday(waiting(record, *line)?.day) != week {
            return Err(Refusal::new("week", format!("line {line} is of another week")));
        }
    }
    // A week can be signed without a word.
    if said.is_empty() { Ok(()) } else { words("words", said) }
}

/// Whether a text can stand in a record: long enough to say something, and without a number that somebody could be known by.
fn words(field: &'static str, text: &str) -> Result<(), Refusal> {
    if !(3..=2_000).contains(&text.trim().chars().count()) {
        return Err(Refusal::new(field, "write 3 to 2,000 characters"));
    }
    match identifier(text) {
        Some(word) => Err(Refusal::new(
            field,
            format!(
                "“{word}” looks like a number that somebody could be known by; write what happened without naming patients"
            ),
        )),
        None => Ok(()),
    }
}
