use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};

use super::law::Law;

/// A person concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affected {
    /// Who it is: charts of the same person bear the same.
    pub person: String,
    /// The state or jurisdiction of residence.
    pub state: String,
    /// Whether a good address is known.
    pub reachable: bool,
}

/// When somebody came to know, or could have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Discovery {
    /// When they knew.
    pub known: Date,
    /// When reasonable diligence would have shown it, if that was earlier.
    pub could_have_known: Option<Date>,
    /// When an agent of the organisation knew it, such as an associate acting as one.
    pub agent_knew: Option<Date>,
}

/// A statement by law enforcement that a notice would impede an investigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delay {
    /// In writing, with the day until which.
    Written {
        /// The last day of the delay.
        until: Date,
    },
    /// By word of mouth.
    Oral {
        /// The day it was said.
        on: Date,
    },
}

/// Who has to be told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recipient {
    /// Each person concerned.
    Individuals,
    /// The Secretary of Health and Human Services, together with the notice to individuals.
    Secretary,
    /// The Secretary, with the log of the year's smaller breaches.
    SecretaryByLog,
    /// Prominent media outlets of a state.
    Media(String),
    /// The public, because too many cannot be reached: website or media, with a free telephone line.
    SubstitutePublic,
    /// Those few who cannot be reached, in another form.
    SubstituteOther,
}

/// One notice that is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Who has to be told.
    pub recipient: Recipient,
    /// The latest day; sooner where nothing stands in the way.
    pub by: Date,
    /// The section.
    pub section: String,
}

/// All that is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duties {
    /// The day of discovery.
    pub discovered: Date,
    /// How many different people.
    pub people: usize,
    /// How many of them live in which state.
    pub by_state: BTreeMap<String, usize>,
    /// The notices, by recipient.
    pub notices: Vec<Notice>,
    /// Until when the papers are kept, counted from the last notice.
    pub keep_until: Date,
}

/// The day a breach counts as discovered: the earliest that anybody knew or should have known, except who committed it.
#[must_use]
pub fn discovered(discovery: &Discovery) -> Date {
    [Some(discovery.known), discovery.could_have_known, discovery.agent_knew]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(discovery.known)
}

/// Each person once. Where charts disagree about the state, the first is believed; who can be reached on any can be.
#[must_use]
pub fn people(affected: &[Affected]) -> Vec<Affected> {
    let mut seen: BTreeMap<&str, Affected> = BTreeMap::new();
    for one in affected {
        let known = seen.entry(&one.person).or_insert_with(|| one.clone());
        known.reachable |= one.reachable;
    }
    seen.into_values().collect()
}

/// What is owed for a breach of these charts, discovered then.
#[must_use]
pub fn duties(affected: &[Affected], discovery: &Discovery, delay: Option<Delay>, law: &Law) -> Duties {
    let people = people(affected);
    let mut by_state: BTreeMap<String, usize> = BTreeMap::new();
    for person in &people {
        *by_state.entry(person.state.clone()).or_default() += 1;
    }
    let day = discovered(discovery);
    let held = |by: Date| by.max(held_until(delay, law).unwrap_or(by));
    let individuals = held(after(day, law.individuals.days));
    let mut notices = BTreeSet::new();
    let mut owe = |recipient, by, section: &str| notices.insert((recipient, by, section.to_owned()));
    if !people.is_empty() {
        owe(Recipient::Individuals, individuals, &law.individuals.section);
        if people.len() >= law.secretary.at_once_from {
            owe(Recipient::Secretary, individuals, &law.secretary.section);
        } else {
            let year_end = date(day.year(), 12, 31);
            let by = held(after(year_end, law.secretary.log_days_after_year));
            owe(Recipient::SecretaryByLog, by, &law.secretary.section);
        }
    }
    for (state, residents) in &by_state {
        if *residents > law.media.residents_more_than {
            owe(Recipient::Media(state.clone()), held(after(day, law.media.days)), &law.media.section);
        }
    }
    match people.iter().filter(|person| !person.reachable).count() {
        0 => {}
        lost if lost >= law.substitute.public_from => {
            owe(Recipient::SubstitutePublic, individuals, &law.substitute.section);
        }
        _ => {
            owe(Recipient::SubstituteOther, individuals, &law.substitute.section);
        }
    }
    let notices: Vec<Notice> =
        notices.into_iter().map(|(recipient, by, section)| Notice { recipient, by, section }).collect();
    let last = notices.iter().map(|notice| notice.by).max().unwrap_or(day);
    let keep_until = last.saturating_add(Span::new().years(law.records.years));
    Duties { discovered: day, people: people.len(), by_state, notices, keep_until }
}

fn held_until(delay: Option<Delay>, law: &Law) -> Option<Date> {
    delay.map(|delay| match delay {
        Delay::Written { until } => until,
        Delay::Oral { on } => after(on, law.police.oral_days),
    })
}

fn after(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}
