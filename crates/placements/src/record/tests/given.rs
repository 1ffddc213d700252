//! A record to write into.

use jiff::civil::{Date, date};

use crate::record::*;

pub(super) const RULES: &str = include_str!("../../../../../content/apprenticeships/rules.toml");

pub(super) fn rules() -> Rules {
    Rules::parse(RULES).unwrap()
}

/// Two processes of at least 2 and at most 8 hours, one course of 1 hour, one competency: small enough to be done in a week.
pub(super) const SMALL: &str = r#"
id = "small"
title = "A small occupation"
about = "For tests."
approach = "hybrid"
read = "2026-11-27"
term_hours = 10
[[process]]
id = "watch"
title = "Watching"
hours_min = 2
hours_max = 8
[[process]]
id = "mend"
title = "Mending"
hours_min = 2
hours_max = 8
[[instruction]]
id = "talk"
title = "Talking"
hours = 1
[[entrust]]
competency = "x.find"
"#;

pub(super) fn agreement() -> Agreement {
    let step = |hours, entrusted, cents| WageStep { hours, entrusted, cents };
    Agreement {
        apprentice: "ana".to_owned(),
        employer: "mercy".to_owned(),
        supervisor: "sam".to_owned(),
        programme: "Mercy health IT".to_owned(),
        schedule: "small".to_owned(),
        begins: date(2031, 9, 1),
        ends: date(2032, 9, 1),
        wages: vec![step(0, 0, 2_000), step(4, 0, 2_200), step(8, 1, 2_500)],
        documents: Vec::new(),
    }
}

/// A record that grows, under its rules.
pub(super) struct Kept {
    pub(super) entries: Vec<Entry>,
    pub(super) schedule: Schedule,
    pub(super) rules: Rules,
    pub(super) today: Date,
}

impl Kept {
    pub(super) fn new() -> Self {
        let entries = vec![next_entry(None, "olga", 0, &Deed::Agreed(agreement()))];
        let (schedule, rules) = (Schedule::parse(SMALL).unwrap(), rules());
        Self { entries, schedule, rules, today: date(2031, 9, 5) }
    }

    pub(super) fn begun() -> Self {
        let mut kept = Self::new();
        kept.does("ana", Side::Apprentice, Deed::Accepted).unwrap();
        kept
    }

    pub(super) fn record(&self) -> Record {
        Record::of(&self.entries).unwrap()
    }

    pub(super) fn progress(&self) -> Progress {
        progress(&self.record(), &self.schedule, &self.rules)
    }

    #[expect(clippy::needless_pass_by_value, reason = "a deed is written where it is done")]
    pub(super) fn does(&mut self, who: &str, side: Side, deed: Deed) -> Result<u64, Refusal> {
        let moment = Moment { who, side, today: self.today };
        decide(&self.record(), (&self.schedule, &self.rules), moment, &deed)?;
        let entry = next_entry(self.entries.last(), who, 1_000, &deed);
        let seq = entry.seq;
        self.entries.push(entry);
        Ok(seq)
    }

    pub(super) fn logs(&mut self, day: i8, at: &str, hours: u32) -> Result<u64, Refusal> {
        let deed = Deed::Logged {
            day: date(2031, 9, day),
            at: at.to_owned(),
            minutes: hours * 60,
            what: "Some work".to_owned(),
        };
        self.does("ana", Side::Apprentice, deed)
    }

    pub(super) fn signs(&mut self, lines: &[u64]) -> Result<u64, Refusal> {
        let week = monday(self.record().line(lines[0]).map_or(self.today, |line| line.day));
        let deed = Deed::Signed { week, lines: lines.to_vec(), words: String::new() };
        self.does("sam", Side::Supervisor, deed)
    }

    pub(super) fn entrusts(&mut self, level: u8) -> Result<u64, Refusal> {
        let words = "Found the stopped queue twice".to_owned();
        let deed = Deed::Entrusted(Entrusted { competency: "x.find".to_owned(), level, seen: 3, words });
        self.does("sam", Side::Supervisor, deed)
    }
}
