use security::telemetry::{Signal, iso};

use super::error::DeskError;
use super::signals::signals;
use crate::access::Access;

/// Moments shown at most.
const MOMENTS_MAX: usize = 300;

/// Whose time line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// What was done to a patient's record.
    Patient,
    /// What a person did.
    User,
    /// What came through an app or application entity.
    Client,
    /// What came from a network address.
    Address,
}

impl Whose {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Patient, Self::User, Self::Client, Self::Address];

    /// The field of a signal that names it.
    pub fn field(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::User => "user",
            Self::Client => "client",
            Self::Address => "address",
        }
    }

    /// The one of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|whose| whose.field() == name)
    }
}

/// One thing that happened, as a time line shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Its place in the journal.
    pub seq: i64,
    /// When, microseconds since 1970 UTC on the hospital's clock.
    pub time_us: i64,
    /// The day of that in UTC, as `2031-03-04`.
    pub day: String,
    /// The journal's word for it.
    pub kind: String,
    /// Who.
    pub user: String,
    /// Through what, or from where.
    pub through: String,
    /// About whom.
    pub patient: String,
    /// How they stood to the patient; empty if nothing is known.
    pub care: String,
    /// How it ended.
    pub outcome: String,
    /// What was asked for or given.
    pub what: String,
}

/// A time line, and how much of it was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// The newest moments, the newest first.
    pub moments: Vec<Moment>,
    /// How many there are in all.
    pub all: usize,
}

/// What happened to a patient's record, or through a user, a client or an address. A patient may be named by id alone.
///
/// # Errors
/// If the store fails.
pub fn timeline(access: &Access, whose: Whose, name: &str) -> Result<Timeline, DeskError> {
    let name = name.trim();
    let name = match whose {
        Whose::Patient if !name.contains('/') => format!("Patient/{name}"),
        _ => name.to_owned(),
    };
    let found: Vec<Moment> = signals(access, true)?
        .iter()
        .rev()
        .filter(|signal| signal.text(whose.field()) == Some(&name))
        .map(moment)
        .collect();
    let all = found.len();
    Ok(Timeline { moments: found.into_iter().take(MOMENTS_MAX).collect(), all })
}

fn moment(signal: &Signal) -> Moment {
    let text = |name: &str| signal.text(name).unwrap_or_default().to_owned();
    let first =
        |names: &[&str]| names.iter().find_map(|name| signal.text(name)).unwrap_or_default().to_owned();
    let (kind, id) = (text("type"), text("id"));
    let resource = if id.is_empty() { kind } else { format!("{kind}/{id}") };
    let asked = first(&["query", "command", "detail.section", "message", "reason", "detail.did"]);
    let what = [resource, asked].into_iter().filter(|part| part.len() > 1).collect::<Vec<_>>().join(" ");
    Moment {
        seq: signal.seq,
        time_us: signal.time_us,
        day: iso(signal.time_us).chars().take(10).collect(),
        kind: text("kind"),
        user: text("user"),
        through: first(&["client", "address", "source"]),
        patient: text("patient"),
        care: text("care"),
        outcome: text("outcome"),
        what,
    }
}
