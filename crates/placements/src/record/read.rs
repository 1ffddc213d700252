use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    Agreement, Deed, Entrusted, Entry, Evaluation, Half, Incident, Line, LineState, Onboarding, broken_at,
};

/// A record, read from its entries.
#[derive(Debug, Clone)]
pub struct Record {
    /// What was agreed.
    pub agreement: Agreement,
    /// When the apprentice accepted it, in microseconds since 1970 UTC.
    pub accepted_us: Option<i64>,
    /// All lines, as they were logged.
    pub lines: Vec<Line>,
    /// The signatures: number of the entry, week, when, and what the supervisor said.
    pub signatures: Vec<Signature>,
    /// Every decision about a competency, oldest first, with when it was taken.
    pub entrusted: Vec<(i64, Entrusted)>,
    /// The evaluations, with when.
    pub evaluations: BTreeMap<Half, (i64, Evaluation)>,
    /// What happened, with who said so.
    pub incidents: Vec<(String, Incident)>,
    /// The wage steps that are in the pay, with their first day.
    pub paid: BTreeMap<usize, Date>,
    /// How long onboarding took, as the employer reports.
    pub onboarding: Option<Onboarding>,
    /// Looks at the sealed particulars: when, and who.
    pub looks: Vec<(i64, String)>,
    /// When it was declared complete.
    pub completed_us: Option<i64>,
    /// When and why it was ended before that.
    pub ended: Option<(i64, String)>,
}

/// A week that a supervisor signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The number of its entry.
    pub seq: u64,
    /// The week's Monday.
    pub week: Date,
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
    /// Who, by id.
    pub by: String,
    /// What they said of the week.
    pub words: String,
}

/// Why entries are no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// An entry does not follow from the one before it.
    #[error("entry {0} of this record was changed after it was written, or one before it is missing")]
    Broken(u64),
    /// An entry is no deed that is known.
    #[error("entry {0} of this record says something this program does not know")]
    Unknown(u64),
    /// It does not begin with an agreement.
    #[error("this record has no agreement")]
    NoAgreement,
}

impl Record {
    /// The record that these entries are.
    ///
    /// # Errors
    /// [`Unreadable`] if the chain does not hold or an entry cannot be read.
    pub fn of(entries: &[Entry]) -> Result<Self, Unreadable> {
        if let Some(broken) = broken_at(entries) {
            return Err(Unreadable::Broken(broken));
        }
        let deed = |entry: &Entry| {
            serde_json::from_str::<Deed>(&entry.body).map_err(|_| Unreadable::Unknown(entry.seq))
        };
        let (first, rest) = entries.split_first().ok_or(Unreadable::NoAgreement)?;
        let Deed::Agreed(agreement) = deed(first)? else { return Err(Unreadable::NoAgreement) };
        let mut record = Self::under(agreement);
        for entry in rest {
            record.take(entry, deed(entry)?);
        }
        Ok(record)
    }

    fn under(agreement: Agreement) -> Self {
        Self {
            agreement,
            accepted_us: None,
            lines: Vec::new(),
            signatures: Vec::new(),
            entrusted: Vec::new(),
            evaluations: BTreeMap::new(),
            incidents: Vec::new(),
            paid: BTreeMap::new(),
            onboarding: None,
            looks: Vec::new(),
            completed_us: None,
            ended: None,
        }
    }

    fn take(&mut self, entry: &Entry, deed: Deed) {
        match deed {
            // A second agreement is never decided; the first stands.
            Deed::Agreed(_) => {}
            Deed::Accepted => self.accepted_us = Some(entry.at_us),
            Deed::Logged { day, at, minutes, what } => self.add_line(entry, day, (at, minutes, what), None),
            Deed::Corrected { line, at, minutes, what, why } => {
                if let Some(day) = self.line(line).map(|line| line.day) {
                    self.add_line(entry, day, (at, minutes, what), Some((line, why)));
                }
            }
            Deed::Withdrawn { line } => self.set(line, LineState::Withdrawn),
            Deed::Returned { line, why } => self.set(line, LineState::Returned(why)),
            Deed::Signed { week, lines, words } => {
                for line in lines {
                    self.set(line, LineState::Signed(entry.seq));
                    if let Some((mended, _)) = self.line(line).and_then(|line| line.corrects.clone()) {
                        self.set(mended, LineState::Mended(line));
                    }
                }
                let (seq, at_us, by) = (entry.seq, entry.at_us, entry.by.clone());
                self.signatures.push(Signature { seq, week, at_us, by, words });
            }
            Deed::Entrusted(one) => self.entrusted.push((entry.at_us, one)),
            Deed::Evaluated(one) => {
                self.evaluations.insert(one.half, (entry.at_us, one));
            }
            Deed::Incident(one) => self.incidents.push((entry.by.clone(), one)),
            Deed::Paid { step, from } => {
                self.paid.insert(step, from);
            }
            Deed::Onboarded(one) => self.onboarding = Some(one),
            Deed::Looked => self.looks.push((entry.at_us, entry.by.clone())),
            Deed::Completed => self.completed_us = Some(entry.at_us),
            Deed::Ended { why } => self.ended = Some((entry.at_us, why)),
        }
    }

    fn add_line(
        &mut self,
        entry: &Entry,
        day: Date,
        (at, minutes, what): (String, u32, String),
        corrects: Option<(u64, String)>,
    ) {
        let (seq, logged_us) = (entry.seq, entry.at_us);
        self.lines.push(Line { seq, day, at, minutes, what, corrects, logged_us, state: LineState::Open });
    }

    fn set(&mut self, line: u64, state: LineState) {
        if let Some(line) = self.lines.iter_mut().find(|one| one.seq == line) {
            line.state = state;
        }
    }

    /// The line with this number.
    #[must_use]
    pub fn line(&self, seq: u64) -> Option<&Line> {
        self.lines.iter().find(|line| line.seq == seq)
    }

    /// Whether nothing is added any longer.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.completed_us.is_some() || self.ended.is_some()
    }

    /// The newest decision about a competency.
    #[must_use]
    pub fn trust_in(&self, competency: &str) -> Option<&(i64, Entrusted)> {
        self.entrusted.iter().rev().find(|(_, one)| one.competency == competency)
    }
}
