//! The same hospital in the terms of three disciplines.

use store::StoreError;
use workshops::model::Discipline;

use crate::access::Access;
use crate::drills::read;

/// One number of the hospital, as a discipline calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseFigure {
    /// What is counted, in its words.
    pub title: &'static str,
    /// How many.
    pub count: u64,
}

/// What each discipline looks at: what it is called there, and the reading it is.
const FIGURES: [(Discipline, &str, &str); 9] = [
    (Discipline::Clinical, "Results that have not reached a chart", "waiting:results-*"),
    (Discipline::Clinical, "Orders that nobody has heard of", "waiting:orders-*"),
    (Discipline::Clinical, "Charts that cannot be read", "locked"),
    (Discipline::Administrative, "Admissions and moves that others have not heard of", "waiting:adt-*"),
    (Discipline::Administrative, "Charges that are not booked", "waiting:charges-*"),
    (Discipline::Administrative, "Accounts shut by the security desk", "held:disable-account"),
    (Discipline::Technical, "Interfaces that carry nothing", "closed:*"),
    (Discipline::Technical, "Messages that wait", "waiting:*"),
    (Discipline::Technical, "Messages that were refused", "refused:*"),
];

/// The hospital's numbers in a discipline's terms, as it stands at the time of `access`.
pub(super) fn figures(access: &Access, discipline: Discipline) -> Result<Vec<HouseFigure>, StoreError> {
    let mine = FIGURES.iter().filter(|(own, ..)| *own == discipline);
    let readings = read(access, mine.clone().map(|(.., reading)| *reading))?;
    let figure = |(_, title, reading): &(Discipline, &'static str, &str)| {
        let value = readings.get(*reading).copied().unwrap_or(0.0);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts are whole")]
        let count = value.max(0.0) as u64;
        HouseFigure { title, count }
    };
    Ok(mine.map(figure).collect())
}
