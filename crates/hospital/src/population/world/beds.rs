//! Who is in the house at the recipe's instant.

use std::collections::BTreeMap;

use super::building::{Bed, PLANS, Plan, Unit, WARDS};
use crate::calendar::{DAY_US, HOUR_US, MINUTE_US};
use crate::population::{Condition, Person, Recipe};
use crate::random::{Key, Permutation, Stream};

/// A patient who is in the hospital now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bedded {
    pub(crate) bed: Bed,
    pub(crate) since_us: i64,
}

/// Who lies where, by patient index; nobody shares a bed.
pub(crate) type Beds = BTreeMap<u32, Bedded>;

/// How many patients each unit still takes.
type Free = BTreeMap<Unit, usize>;

/// Fills the beds, asking the patients in a shuffled order which unit would take them.
pub(crate) fn fill(recipe: &Recipe) -> Beds {
    let key = recipe.key().name("beds");
    let mut free: Free = PLANS.iter().map(|plan| (plan.unit, quota(recipe, plan))).collect();
    let mut beds = Beds::new();
    if recipe.patients == 0 {
        return beds;
    }
    let order = Permutation::new(key, u64::from(recipe.patients));
    for turn in 0..u64::from(recipe.patients) {
        if free.values().all(|count| *count == 0) {
            break;
        }
        let person = Person::draw(recipe, order.apply(turn) as u32);
        let mut stream = key.name("stay").number(u64::from(person.index)).stream();
        let Some(unit) = choose(&person, &free, &mut stream) else {
            continue;
        };
        let left = free.get(&unit).copied().unwrap_or(0).saturating_sub(1);
        free.insert(unit, left);
        beds.insert(
            person.index,
            Bedded {
                bed: free_bed(key, unit, left),
                since_us: recipe.as_of_us - draw_time_here(&mut stream, unit),
            },
        );
    }
    beds
}

/// Small populations fill a proportionate part of the beds.
fn quota(recipe: &Recipe, plan: &Plan) -> usize {
    let patients = recipe.patients.min(1000) as usize;
    (plan.taken * patients + 500) / 1000
}

/// The first unit with a free bed that fits; adults come more often the older they are.
fn choose(person: &Person, free: &Free, stream: &mut Stream) -> Option<Unit> {
    if person.deceased_us.is_some() {
        return None;
    }
    let ward = *stream.pick(&WARDS);
    let fits = |unit: Unit| match unit {
        Unit::Emergency => person.age >= 1,
        Unit::Postpartum => person.is_female() && (19..=41).contains(&person.age),
        Unit::Pediatrics => (1..18).contains(&person.age),
        Unit::Psychiatry => person.health.years(Condition::Depression).is_some() && person.age >= 18,
        _ => person.age >= 18,
    };
    let frail = 0.1 + f64::from(person.age.clamp(18, 80) - 18) / 70.0;
    let rare = [Unit::Postpartum, Unit::Pediatrics, Unit::Psychiatry];
    let common = [(Unit::IntensiveCare, 1.0), (Unit::StepDown, 1.1), (ward, 7.0)];
    let common = [stream.weighted(&common, |row| row.1).0];
    let free_and_fit = |unit: &Unit| free.get(unit).is_some_and(|count| *count > 0) && fits(*unit);
    let wanted: &[Unit] = if stream.chance(0.1) {
        &[Unit::Emergency]
    } else if rare.iter().any(free_and_fit) {
        &rare
    } else if stream.chance(frail) {
        &common
    } else {
        &[]
    };
    wanted.iter().copied().find(free_and_fit)
}

fn free_bed(key: Key, unit: Unit, turn: usize) -> Bed {
    let order = Permutation::new(key.name("order").number(unit as u64), unit.beds() as u64);
    Bed { unit, number: order.apply(turn as u64) as u16 + 1 }
}

fn draw_time_here(stream: &mut Stream, unit: Unit) -> i64 {
    match unit {
        Unit::Emergency => stream.between(20 * MINUTE_US, 6 * HOUR_US),
        Unit::Postpartum => stream.between(5 * HOUR_US, 50 * HOUR_US),
        _ => {
            let days = stream.long_tail(3.0).clamp(0.2, 12.0);
            (days * DAY_US as f64) as i64 / MINUTE_US * MINUTE_US
        }
    }
}
