use super::branch::{Whole, whole};
use super::simplex::Dictionary;
use super::{Plan, Shift};
use crate::{FlowError, hour_name};

/// The most kinds of shift, each on each day.
const SHIFTS_MAX: usize = 200;
/// The most people an hour may need.
const NEEDED_MAX: u32 = 1_000;

/// What a roster may not go beyond.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// The most people in one shift.
    pub people_per_shift: Option<u32>,
    /// The most hours that may be paid.
    pub paid_hours: Option<u64>,
}

/// The cheapest roster that has at least the needed people in each hour.
///
/// # Errors
/// When the shifts or the need are no such thing, when nothing covers an hour, or when the limits allow no roster.
pub fn cheapest(shifts: &[Shift], needed: &[u32], limits: Limits) -> Result<Plan, FlowError> {
    check(shifts, needed)?;
    is_covered(shifts, needed, limits)?;
    let period = needed.len();
    let costs: Vec<f64> = shifts.iter().map(|shift| shift.cost).collect();
    let mut problem = Dictionary::new(&costs);
    for (hour, need) in needed.iter().enumerate().filter(|(_, need)| **need > 0) {
        let covers = |shift: &Shift| shift.covers(period).any(|at| at == hour);
        let covering = shifts.iter().enumerate().filter(|(_, shift)| covers(shift));
        let covering: Vec<_> = covering.map(|(at, _)| (at, 1.0)).collect();
        problem.require(-f64::from(*need), &covering);
    }
    let most = f64::from(limits.people_per_shift.unwrap_or(NEEDED_MAX).min(NEEDED_MAX));
    for at in 0..shifts.len() {
        problem.require(most, &[(at, -1.0)]);
    }
    if let Some(paid_hours) = limits.paid_hours {
        let paid: Vec<_> = shifts.iter().enumerate().map(|(at, shift)| (at, -(shift.hours as f64))).collect();
        problem.require(paid_hours as f64, &paid);
    }
    match whole(problem, shifts.len()) {
        Whole::Best(people) => Ok(Plan::of(shifts, people, period)),
        Whole::Infeasible => Err(too_tight(shifts, needed, limits)),
        Whole::Lost => Err(FlowError::Solver("it would take too long".to_owned())),
    }
}

fn check(shifts: &[Shift], needed: &[u32]) -> Result<(), FlowError> {
    let wrong = |what: String| Err(FlowError::Input(what));
    if needed.is_empty() || needed.len() > crate::HOURS {
        return wrong(format!("say what each hour needs, for 1 to {} hours", crate::HOURS));
    }
    if shifts.is_empty() || shifts.len() > SHIFTS_MAX {
        return wrong(format!("give 1 to {SHIFTS_MAX} shifts, counted on each day they may begin"));
    }
    for shift in shifts {
        if shift.start >= needed.len() || shift.hours == 0 || shift.hours > needed.len() {
            let what = format!(
                "the shift {} begins at hour {} and lasts {}; the period has {} hours",
                shift.name,
                shift.start,
                shift.hours,
                needed.len()
            );
            return wrong(what);
        }
        if !(shift.cost.is_finite() && shift.cost >= 0.0) {
            return wrong(format!("the shift {} cannot cost {}", shift.name, shift.cost));
        }
    }
    if let Some(hour) = needed.iter().position(|need| *need > NEEDED_MAX) {
        return wrong(format!("{} cannot need {} people", hour_name(hour, needed.len()), needed[hour]));
    }
    Ok(())
}

/// Hours that no roster could cover are told by name, before anything is solved.
fn is_covered(shifts: &[Shift], needed: &[u32], limits: Limits) -> Result<(), FlowError> {
    let period = needed.len();
    let most = u64::from(limits.people_per_shift.unwrap_or(NEEDED_MAX).min(NEEDED_MAX));
    let mut covering = vec![0_u64; period];
    for hour in shifts.iter().flat_map(|shift| shift.covers(period)) {
        covering[hour] += 1;
    }
    let short = needed.iter().zip(&covering).position(|(need, shifts)| u64::from(*need) > shifts * most);
    let Some(hour) = short else { return Ok(()) };
    let (name, need) = (hour_name(hour, period), needed[hour]);
    Err(FlowError::Infeasible(match covering[hour] {
        0 => format!("{name} needs {need}, and no shift covers that hour; add one that does"),
        shifts => format!(
            "{name} needs {need}, and its {shifts} shifts of {most} at most give {}; allow more in a shift, or add one",
            shifts * most
        ),
    }))
}

/// The limits leave nothing, though each hour by itself can be covered: so it is the hours that are paid.
fn too_tight(shifts: &[Shift], needed: &[u32], limits: Limits) -> FlowError {
    let Some(allowed) = limits.paid_hours else {
        return FlowError::Solver("hours can be covered one by one, and not together".to_owned());
    };
    let by_hours: Vec<Shift> =
        shifts.iter().map(|shift| Shift { cost: shift.hours as f64, ..shift.clone() }).collect();
    let least = cheapest(&by_hours, needed, Limits { paid_hours: None, ..limits });
    match least {
        Ok(plan) => FlowError::Infeasible(format!(
            "{allowed} hours may be paid, and the need takes at least {} with these shifts; ask for less, pay more, or use shorter shifts",
            plan.paid_hours
        )),
        Err(error) => error,
    }
}
