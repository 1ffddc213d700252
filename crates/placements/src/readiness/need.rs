use super::Job;
use crate::competencies::{Level, Standing};

/// How somebody stands to one thing that a job asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Never shown.
    Missing,
    /// Shown, but only with help.
    Helped,
    /// Shown without help, in easier work than the job asks for.
    Easier,
    /// Shown, but of work that has changed since.
    Changed,
    /// Shown without help at the level, and a refresher is due.
    Due,
    /// Shown without help at the level, and lately.
    Proven,
}

impl State {
    /// The words on pages.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Missing => "not shown yet",
            Self::Helped => "shown with help",
            Self::Easier => "shown in easier work",
            Self::Changed => "the work has changed since",
            Self::Due => "proven, refresher due",
            Self::Proven => "proven without help",
        }
    }

    /// Whether something is left to do.
    #[must_use]
    pub fn is_gap(self) -> bool {
        self != Self::Proven
    }
}

/// One thing that a job asks for, and how somebody stands to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The competency, by id.
    pub competency: String,
    /// The level the job asks for.
    pub wanted: Level,
    /// What the job needs it for.
    pub why: String,
    /// How somebody stands to it.
    pub state: State,
}

/// What a job asks for and how somebody stands to each, in the order of the job. `standing` knows what is known of a competency.
pub fn needs<'a>(job: &Job, standing: impl Fn(&str) -> Option<&'a Standing>, now_us: i64) -> Vec<Need> {
    let need = |ask: &super::Ask| Need {
        competency: ask.competency.clone(),
        wanted: ask.level,
        why: ask.why.clone(),
        state: standing(&ask.competency).map_or(State::Missing, |known| state(known, ask.level, now_us)),
    };
    job.asks.iter().map(need).collect()
}

fn state(known: &Standing, wanted: Level, now_us: i64) -> State {
    match known.level {
        _ if known.shown == 0 => State::Missing,
        _ if known.again => State::Changed,
        None => State::Helped,
        Some(level) if level < wanted => State::Easier,
        Some(_) if known.due_us.is_some_and(|due| due <= now_us) => State::Due,
        Some(_) => State::Proven,
    }
}
