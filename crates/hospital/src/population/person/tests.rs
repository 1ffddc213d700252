//! Ten thousand people against the table of national figures.

use super::{Condition, Person, Race, Smoking};
use crate::population::Recipe;

const PEOPLE: u32 = 10_000;

fn people() -> Vec<Person> {
    let recipe = Recipe { patients: PEOPLE, ..Recipe::default() };
    (0..PEOPLE).map(|index| Person::draw(&recipe, index)).collect()
}

/// Who is counted, who among them, the target in percent and the tolerance in points.
type Row = (&'static str, fn(&Person) -> bool, fn(&Person) -> bool, f64, f64);

const ROWS: &[Row] = &[
    ("under 18", all, |p| p.age < 18, 21.7, 1.0),
    ("18 to 64", all, |p| (18..65).contains(&p.age), 61.0, 1.0),
    ("65 and over", all, |p| p.age >= 65, 17.3, 1.0),
    ("female", all, Person::is_female, 50.5, 1.0),
    ("White", all, |p| p.race == Race::White, 75.5, 1.0),
    ("Black", all, |p| p.race == Race::Black, 13.6, 1.0),
    ("Asian", all, |p| p.race == Race::Asian, 6.3, 0.5),
    ("American Indian", all, |p| p.race == Race::AmericanIndian, 1.3, 0.3),
    ("Pacific Islander", all, |p| p.race == Race::PacificIslander, 0.3, 0.15),
    ("several races", all, |p| p.race == Race::Several, 3.0, 0.4),
    ("Hispanic", all, |p| p.hispanic, 19.1, 1.0),
    ("diabetes", all, |p| has(p, Condition::Diabetes), 11.6, 0.8),
    ("diabetes, adults", adult, |p| has(p, Condition::Diabetes), 14.7, 1.0),
    ("diabetes, 65 and over", old, |p| has(p, Condition::Diabetes), 29.2, 1.5),
    ("hypertension, adults", adult, |p| has(p, Condition::Hypertension), 47.7, 1.0),
    ("controlled", hypertensive, |p| p.health.controlled, 21.0, 1.0),
    ("obesity, adults", adult, |p| p.health.obese, 40.3, 1.0),
    ("severe obesity, adults", adult, |p| p.health.severely_obese, 9.4, 0.8),
    ("cholesterol, adults", adult, |p| p.health.high_cholesterol, 11.3, 0.8),
    ("asthma", all, |p| has(p, Condition::Asthma), 8.0, 0.6),
    ("COPD, adults", adult, |p| has(p, Condition::Copd), 5.0, 1.0),
    ("smokers, adults", adult, |p| p.health.smoking == Smoking::Current, 11.6, 0.8),
    ("coronary disease, adults", adult, |p| has(p, Condition::Coronary), 5.0, 0.5),
    ("depression, 12 and over", |p| p.age >= 12, |p| has(p, Condition::Depression), 13.0, 0.8),
    ("died outside hospital", all, |p| p.deceased_us.is_some(), 1.8, 0.5),
];

fn has(person: &Person, condition: Condition) -> bool {
    person.health.years(condition).is_some()
}

fn all(_: &Person) -> bool {
    true
}

fn adult(person: &Person) -> bool {
    person.age >= 18
}

fn old(person: &Person) -> bool {
    person.age >= 65
}

fn hypertensive(person: &Person) -> bool {
    has(person, Condition::Hypertension)
}

#[test]
fn national_figures_hold() {
    let people = people();
    let misses: Vec<String> = ROWS.iter().filter_map(|row| miss(&people, row)).collect();
    assert!(misses.is_empty(), "{misses:#?}");
}

/// A sentence when the share stands further from its target than tolerance and three standard errors.
fn miss(people: &[Person], (name, counted, holds, target, tolerance): &Row) -> Option<String> {
    let counted: Vec<_> = people.iter().filter(|person| counted(person)).collect();
    let share = counted.iter().filter(|person| holds(person)).count() as f64;
    let share = 100.0 * share / counted.len() as f64;
    let error = (target * (100.0 - target) / counted.len() as f64).sqrt();
    let allowed = tolerance.max(3.0 * error);
    ((share - target).abs() > allowed)
        .then(|| format!("{name}: {share:.2} %, target {target} % within {allowed:.2}"))
}

#[test]
fn bodies_are_plausible_at_every_age() {
    let recipe = Recipe::default();
    for person in people().iter().take(2000) {
        let body = person.body_at(recipe.as_of_us);
        let index = body.weight_kg / (body.height_cm / 100.0).powi(2);
        assert!((40.0..215.0).contains(&body.height_cm), "{} cm", body.height_cm);
        assert!((10.0..52.0).contains(&index), "{index} kg/m2 at {}", person.age);
        assert!(body.diastolic + 20.0 < body.systolic);
    }
}

#[test]
fn nobody_dies_before_birth_or_after_now() {
    let recipe = Recipe::default();
    for person in people() {
        if let Some(us) = person.deceased_us {
            assert!(person.born_us() < us && us < recipe.as_of_us);
        }
    }
}
