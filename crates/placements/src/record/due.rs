use jiff::ToSpan;
use jiff::civil::Date;

use super::{Half, Record, Rules, Schedule, Side, monday, progress};

/// What somebody has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    /// Accept the agreement.
    Accept,
    /// Log what was done; nothing is there since this day.
    Log(Date),
    /// Take back or log anew a line that was given back.
    Mend(u64),
    /// Sign the week of this Monday.
    Sign(Date),
    /// Evaluate.
    Evaluate(Half),
    /// Put this wage step into the pay.
    Pay(usize),
    /// Declare it complete.
    Complete,
}

/// A reminder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Who has to do it.
    pub side: Side,
    /// What.
    pub matter: Matter,
    /// By when.
    pub by: Date,
}

impl Due {
    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.matter {
            Matter::Accept => "Accept the agreement".to_owned(),
            Matter::Log(since) => format!("Log what you did; the last line is of {since}"),
            Matter::Mend(line) => format!("Look at line {line}, which was given back"),
            Matter::Sign(week) => format!("Sign the week of {week}"),
            Matter::Evaluate(Half::Mid) => "Write the evaluation at the middle".to_owned(),
            Matter::Evaluate(Half::End) => "Write the evaluation at the end".to_owned(),
            Matter::Pay(step) => format!("Put wage step {} into the pay", step + 1),
            Matter::Complete => "Declare the apprenticeship complete".to_owned(),
        }
    }
}

/// What is to be done about a record by `today`, the most urgent first.
#[must_use]
pub fn dues(record: &Record, schedule: &Schedule, rules: &Rules, today: Date) -> Vec<Due> {
    let agreement = &record.agreement;
    if record.is_over() {
        return Vec::new();
    }
    if record.accepted_us.is_none() {
        return vec![Due { side: Side::Apprentice, matter: Matter::Accept, by: agreement.begins }];
    }
    let mut found = Vec::new();
    let mut add = |side, matter, by| found.push(Due { side, matter, by });
    let kept = record.lines.iter().filter(|line| line.waits() || line.counts());
    let last = kept.map(|line| line.day).max().unwrap_or(agreement.begins);
    let house = &rules.house;
    if today >= plus(last, house.quiet_days) && today >= agreement.begins {
        add(Side::Apprentice, Matter::Log(last), plus(last, house.log_days));
    }
    for line in &record.lines {
        if let super::LineState::Returned(_) = line.state {
            add(Side::Apprentice, Matter::Mend(line.seq), plus(line.day, house.log_days));
        }
    }
    let mut weeks: Vec<Date> =
        record.lines.iter().filter(|line| line.waits()).map(|line| monday(line.day)).collect();
    weeks.sort();
    weeks.dedup();
    // A week is signed once it is over.
    for week in weeks.into_iter().filter(|week| today >= plus(*week, 5)) {
        add(Side::Supervisor, Matter::Sign(week), plus(week, 6 + house.sign_days));
    }
    let length = agreement.begins.until(agreement.ends).map_or(0, |span| span.get_days());
    for (half, by) in [(Half::Mid, plus(agreement.begins, length / 2)), (Half::End, agreement.ends)] {
        if !record.evaluations.contains_key(&half) && today >= plus(by, -house.board_days) {
            add(Side::Supervisor, Matter::Evaluate(half), by);
        }
    }
    let made = progress(record, schedule, rules);
    for step in made.wage.unpaid {
        add(Side::Office, Matter::Pay(step), today);
    }
    if made.missing.is_empty() {
        add(Side::Office, Matter::Complete, today);
    }
    found.sort_by_key(|due| due.by);
    found
}

fn plus(day: Date, days: i32) -> Date {
    day.saturating_add(i64::from(days).days())
}
