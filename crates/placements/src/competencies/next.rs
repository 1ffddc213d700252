use super::{Level, Standing};

/// Work that would show a competency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its id.
    pub id: String,
    /// Its level.
    pub level: Level,
}

/// What to do about a competency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Show it for the first time.
    Show,
    /// Show it without help.
    Unaided,
    /// Show it anew, because the work has changed.
    Again,
    /// Refresh it, because it was long ago.
    Refresh,
    /// Show it in harder work.
    Deepen,
}

/// The next step, with the work to take: the easiest that serves. None if nothing is due and nothing is harder.
#[must_use]
pub fn next_step<'a>(standing: &Standing, offers: &'a [Offer], now_us: i64) -> Option<(Step, &'a Offer)> {
    let easiest = || offers.iter().min_by_key(|offer| (offer.level, &offer.id));
    let harder = |than: Level| {
        offers.iter().filter(move |offer| offer.level > than).min_by_key(|offer| (offer.level, &offer.id))
    };
    match standing.level {
        _ if standing.shown == 0 => Some((Step::Show, easiest()?)),
        _ if standing.again => Some((Step::Again, easiest()?)),
        None => Some((Step::Unaided, easiest()?)),
        Some(_) if standing.due_us.is_some_and(|due| due <= now_us) => Some((Step::Refresh, easiest()?)),
        Some(level) => Some((Step::Deepen, harder(level)?)),
    }
}
