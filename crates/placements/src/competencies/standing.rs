use serde::Deserialize;

/// How hard the work was in which something was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// First steps.
    Foundation,
    /// Daily work, on one's own.
    Practitioner,
    /// Hard cases and their consequences.
    Expert,
}

impl Level {
    /// The level of that word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        [Self::Foundation, Self::Practitioner, Self::Expert].into_iter().find(|level| level.word() == word)
    }

    /// The word on pages and in credentials.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Foundation => "foundation",
            Self::Practitioner => "practitioner",
            Self::Expert => "expert",
        }
    }
}

/// One finished attempt at work that shows a competency.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// The level of the work.
    pub level: Level,
    /// How much of the work is about this competency, 0 to 1.
    pub weight: f64,
    /// How well it was done, 0 to 1.
    pub worth: f64,
    /// Whether nobody and nothing helped: no hint was taken, and no one else worked on it.
    pub unaided: bool,
    /// Whether the work asks for the same today; false once the regulation or standard behind it has changed.
    pub current: bool,
    /// When it was finished, in microseconds since 1970 UTC.
    pub at_us: i64,
}

/// How likely the next try at such work succeeds, with the interval that holds nine times in ten.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The best guess, 0 to 1.
    pub likely: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// What is known of one competency.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The highest level shown without help by work that still asks for the same.
    pub level: Option<Level>,
    /// How often it was shown without help.
    pub unaided: usize,
    /// How often in all.
    pub shown: usize,
    /// When it was last shown.
    pub last_us: Option<i64>,
    /// When a refresher is due: none before it was shown without help.
    pub due_us: Option<i64>,
    /// Whether all that was shown was shown of work that has changed since.
    pub again: bool,
    /// How sure one can be now.
    pub estimate: Estimate,
}

const DAY_US: i64 = 86_400_000_000;

/// Days after which half of what a proof says is gone.
const HALF_LIFE_DAYS: f64 = 197.0;

/// Days to the first refresher, and to those after something was shown twice.
const REFRESH_DAYS: [i64; 2] = [90, 180];

/// What the proofs say at `now_us`.
#[must_use]
pub fn standing(proofs: &[Proof], now_us: i64) -> Standing {
    let counted = || proofs.iter().filter(|proof| proof.unaided && proof.current);
    let unaided = counted().count();
    let last_unaided = counted().map(|proof| proof.at_us).max();
    let refresh = if unaided > 1 { REFRESH_DAYS[1] } else { REFRESH_DAYS[0] };
    Standing {
        level: counted().map(|proof| proof.level).max(),
        unaided,
        shown: proofs.len(),
        last_us: proofs.iter().map(|proof| proof.at_us).max(),
        due_us: last_unaided.map(|last| last.saturating_add(refresh * DAY_US)),
        again: !proofs.is_empty() && proofs.iter().all(|proof| !proof.current),
        estimate: estimate(proofs, now_us),
    }
}

/// A Beta distribution that begins knowing nothing and learns a success or a failure, or part of each, from every proof; old proofs and proofs
/// with help weigh less. Its interval is taken as that of a normal distribution, cut at 0 and 1.
fn estimate(proofs: &[Proof], now_us: i64) -> Estimate {
    let (mut won, mut lost) = (1.0, 1.0);
    for proof in proofs.iter().filter(|proof| proof.current) {
        #[allow(clippy::cast_precision_loss, reason = "days, not microseconds, decide")]
        let days = now_us.saturating_sub(proof.at_us).max(0) as f64 / DAY_US as f64;
        let weight =
            proof.weight * 0.5_f64.powf(days / HALF_LIFE_DAYS) * if proof.unaided { 1.0 } else { 0.5 };
        won += weight * proof.worth;
        lost += weight * (1.0 - proof.worth);
    }
    let all = won + lost;
    let likely = won / all;
    let spread = 1.645 * (won * lost / (all * all * (all + 1.0))).sqrt();
    Estimate { likely, low: (likely - spread).max(0.0), high: (likely + spread).min(1.0) }
}
