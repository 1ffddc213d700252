//! Drawing a person from the census table.
//!
//! Targets are those of the United States Census Bureau's 2022 and 2023 estimates; the tests beside
//! this file hold ten thousand people to them.

use super::{Health, Person, Race, Sex};
use crate::calendar::{DAY_US, YEAR_US, date_of};
use crate::id::Id;
use crate::play::DEAD_KEPT_YEARS;
use crate::population::Recipe;
use crate::random::{Key, Stream};

/// First age, last age, share of the population, share of women.
const AGES: &[(i64, i64, f64, f64)] = &[
    (0, 4, 5.6, 0.489),
    (5, 11, 8.6, 0.489),
    (12, 17, 7.5, 0.489),
    (18, 24, 9.2, 0.494),
    (25, 34, 13.6, 0.496),
    (35, 44, 13.1, 0.499),
    (45, 54, 12.2, 0.501),
    (55, 64, 12.9, 0.508),
    (65, 74, 10.2, 0.530),
    (75, 84, 5.2, 0.560),
    (85, 97, 1.9, 0.630),
];

/// Race, share of the population, share of them who are Hispanic.
const RACES: &[(Race, f64, f64)] = &[
    (Race::White, 75.5, 0.2248),
    (Race::Black, 13.6, 0.06),
    (Race::Asian, 6.3, 0.02),
    (Race::AmericanIndian, 1.3, 0.30),
    (Race::PacificIslander, 0.3, 0.15),
    (Race::Several, 3.0, 0.25),
];

/// Last age and deaths a year outside hospital: those of the 2022 life table of the NCHS, less those that the pathways
/// bring about. The realism gate holds the sum of both to the life table.
const DEATHS_ELSEWHERE: &[(i32, f64)] = &[
    (0, 0.0056),
    (24, 0.0006),
    (34, 0.0015),
    (44, 0.0022),
    (54, 0.0036),
    (64, 0.0070),
    (74, 0.0105),
    (84, 0.0300),
    (130, 0.1080),
];

impl Person {
    /// The person with this index; always the same one.
    pub(crate) fn draw(recipe: &Recipe, index: u32) -> Self {
        let key = recipe.key().name("patient").number(u64::from(index));
        let mut stream = key.name("demographics").stream();
        let band = *stream.weighted(AGES, |band| band.2);
        let sex = if stream.chance(band.3) { Sex::Female } else { Sex::Male };
        let age = stream.between(band.0, band.1);
        let lived_us = age * YEAR_US + stream.between(DAY_US, YEAR_US - 2 * DAY_US);
        let birth = date_of(recipe.as_of_us - lived_us);
        let age = birth.age_on(date_of(recipe.as_of_us));
        let race = *stream.weighted(RACES, |race| race.1);
        let hispanic = stream.chance(race.2);
        Self {
            index,
            key,
            id: Id::of(key.name("id")),
            sex,
            birth,
            age,
            deceased_us: draw_death(recipe, key, age),
            race: race.0,
            hispanic,
            health: Health::draw(key, age, sex),
        }
    }
}

impl Person {
    /// A child born at an instant, of the same sex and looks that the index would have at another age.
    pub(crate) fn newborn(recipe: &Recipe, index: u32, born_us: i64) -> Self {
        let person = Self::draw(recipe, index);
        let health = Health::draw(person.key, 0, person.sex);
        Self { birth: date_of(born_us), age: 0, deceased_us: None, health, ..person }
    }
}

fn draw_death(recipe: &Recipe, key: Key, age: i32) -> Option<i64> {
    let mut stream = key.name("death").stream();
    let yearly = DEATHS_ELSEWHERE.iter().find(|(last, _)| age <= *last).map_or(0.0, |row| row.1);
    // Who dies within the years kept lives half of them on average, so the share of the dead is a little less than the sum.
    let kept = DEAD_KEPT_YEARS as f64;
    let dead = age >= 1 && stream.chance(yearly * kept / (1.0 + yearly * kept / 2.0));
    dead.then(|| recipe.as_of_us - draw_since_death(&mut stream, age))
}

/// Time since death; a toddler must have been born first.
fn draw_since_death(stream: &mut Stream, age: i32) -> i64 {
    let years = DEAD_KEPT_YEARS.min(i64::from(age));
    stream.between(2 * DAY_US, years * YEAR_US - 30 * DAY_US)
}
