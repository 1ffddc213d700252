use std::collections::{BTreeMap, BTreeSet};

use super::relation::Relation;

const HOUR_US: i64 = 3_600_000_000;
/// How long before a visit its people may prepare it, and how long after it they finish their notes. Numbers of ours: a
/// chart is read the day before a clinic, and closed within three days of a discharge.
const BEFORE_US: i64 = 24 * HOUR_US;
const AFTER_US: i64 = 72 * HOUR_US;

/// A span in which a person or a place was tied to a chart. Without an end it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The practitioner or the place, as a reference.
    pub to: String,
    /// From when on; always, if the record does not say.
    pub from_us: Option<i64>,
    /// Until when.
    pub until_us: Option<i64>,
}

impl Tie {
    fn holds(&self, time_us: i64, before_us: i64, after_us: i64) -> bool {
        self.from_us.is_none_or(|from| time_us >= from.saturating_sub(before_us))
            && self.until_us.is_none_or(|until| time_us <= until.saturating_add(after_us))
    }
}

/// Who took part in a patient's care, and where the patient lay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chart {
    /// Practitioners, as `Practitioner/ID`.
    pub people: Vec<Tie>,
    /// Places with all they lie in: bed, unit, house.
    pub places: Vec<Tie>,
}

/// Somebody with an account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Colleague {
    /// Who they are in the records, as `Practitioner/ID`; many who work in a hospital are nobody there.
    pub practitioner: Option<String>,
    /// The units they work in.
    pub units: BTreeSet<String>,
}

/// What is known of people and charts when a journal is looked through.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    colleagues: BTreeMap<String, Colleague>,
    charts: BTreeMap<String, Chart>,
    /// By login and patient: when reasons were given.
    glasses: BTreeMap<(String, String), Vec<i64>>,
    glass_us: i64,
}

impl Roster {
    /// A roster of these people, by login, in a hospital where a broken glass lasts so long.
    #[must_use]
    pub fn new(colleagues: BTreeMap<String, Colleague>, glass_us: i64) -> Self {
        Self { colleagues, glass_us, ..Self::default() }
    }

    /// Whether anything can be told of an actor.
    #[must_use]
    pub fn knows(&self, actor: &str) -> bool {
        self.colleagues.contains_key(login_of(actor))
    }

    /// Adds what a patient's chart says, by `Patient/ID`.
    pub fn add_chart(&mut self, patient: String, chart: Chart) {
        self.charts.insert(patient, chart);
    }

    /// Adds a reason that somebody gave for opening a chart.
    pub fn add_glass(&mut self, actor: &str, patient: &str, time_us: i64) {
        self.glasses.entry((login_of(actor).to_owned(), patient.to_owned())).or_default().push(time_us);
    }

    /// How an actor stood to a patient at a moment. Nothing is told of whoever has no account here, such as a system, or of a
    /// chart that is gone.
    #[must_use]
    pub fn relation(&self, actor: &str, patient: &str, time_us: i64) -> Option<Relation> {
        let login = login_of(actor);
        let colleague = self.colleagues.get(login)?;
        let chart = self.charts.get(patient)?;
        let own = colleague.practitioner.as_deref();
        if chart.people.iter().any(|tie| own == Some(&tie.to) && tie.holds(time_us, BEFORE_US, AFTER_US)) {
            return Some(Relation::Treating);
        }
        if chart.places.iter().any(|tie| colleague.units.contains(&tie.to) && tie.holds(time_us, 0, 0)) {
            return Some(Relation::SameUnit);
        }
        let lasts = |given: &i64| (0..=self.glass_us).contains(&(time_us - given));
        let given = self.glasses.get(&(login.to_owned(), patient.to_owned()));
        if given.is_some_and(|given| given.iter().any(lasts)) {
            return Some(Relation::BreakGlass);
        }
        Some(Relation::None)
    }
}

/// The login of whoever acts; through an app the journal says `LOGIN by APP`.
#[must_use]
pub fn login_of(actor: &str) -> &str {
    actor.split_once(" by ").map_or(actor, |(login, _)| login)
}
