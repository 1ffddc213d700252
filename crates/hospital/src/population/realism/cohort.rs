//! What happened to ten thousand people.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{DAY_US, HOUR_US, YEAR_US};
use crate::codes::test;
use crate::pathways::tests::library;
use crate::play::{Admission, Arrival, Handle, Happening, Line, Service, What};
use crate::population::{Person, Recipe, World};
use crate::writer::{Class, Disposition};

/// How many people are looked at.
pub(super) const PEOPLE: u32 = 10_000;
/// The years looked at: those of which the dead are still in the population.
pub(super) const YEARS: f64 = 3.0;

/// A stay in a bed that is over.
pub(super) struct Stay {
    pub(super) patient: u32,
    pub(super) age: i32,
    pub(super) line: Line,
    pub(super) reason: &'static str,
    pub(super) pathway: String,
    pub(super) start_us: i64,
    pub(super) end_us: i64,
    pub(super) died: bool,
    pub(super) complicated: bool,
}

/// A visit to the emergency department that is over.
#[derive(Default)]
pub(super) struct Emergency {
    pub(super) patient: u32,
    pub(super) acuity: u8,
    pub(super) reason: &'static str,
    pub(super) start_us: i64,
    pub(super) end_us: i64,
    pub(super) admitted: bool,
    pub(super) blood: bool,
    pub(super) film: bool,
    pub(super) scan: bool,
}

/// One person, with what was last measured.
pub(super) struct Member {
    pub(super) person: Person,
    pub(super) died_us: Option<i64>,
    pub(super) pressure: Option<(i64, i64)>,
    pub(super) hemoglobin_a1c: Option<f64>,
}

/// All of it.
pub(super) struct Cohort {
    pub(super) members: Vec<Member>,
    pub(super) stays: Vec<Stay>,
    pub(super) emergencies: Vec<Emergency>,
    /// Years lived in the window by everybody together.
    pub(super) person_years: f64,
    pub(super) as_of_us: i64,
    pub(super) occupied: f64,
}

impl Cohort {
    /// Plays everybody's past, on two threads.
    pub(super) fn gather() -> Self {
        let recipe = Recipe { patients: PEOPLE, ..Recipe::default() };
        let world = World::new(&recipe, &library());
        let half = |from| Self::of(&world, (from..PEOPLE).step_by(2));
        let (mut one, mut two) = std::thread::scope(|scope| {
            let other = scope.spawn(|| half(1));
            (half(0), other.join().unwrap())
        });
        one.members.append(&mut two.members);
        one.stays.append(&mut two.stays);
        one.emergencies.append(&mut two.emergencies);
        one.person_years += two.person_years;
        one
    }

    fn of(world: &World, indexes: impl Iterator<Item = u32>) -> Self {
        let as_of_us = world.recipe.as_of_us;
        let since_us = as_of_us - (YEARS * YEAR_US as f64) as i64;
        let beds: usize = crate::population::Unit::all().skip(1).map(crate::population::Unit::beds).sum();
        let idle =
            ["LD", "OR", "NUR"].map(|label| crate::population::Unit::labelled(label).map_or(0, |u| u.beds()));
        let mut cohort = Self {
            members: Vec::new(),
            stays: Vec::new(),
            emergencies: Vec::new(),
            person_years: 0.0,
            as_of_us,
            occupied: 110.0 / (beds - idle.iter().sum::<usize>()) as f64,
        };
        for index in indexes {
            let person = Person::draw(&world.recipe, index);
            let past = world.past(&person);
            let died_us = past.died_us.or(person.deceased_us);
            let until_us = died_us.unwrap_or(as_of_us);
            let lived_us = until_us - since_us.max(person.born_us());
            cohort.person_years += lived_us.max(0) as f64 / YEAR_US as f64;
            cohort.visits(world, &person, &past.happenings, since_us);
            cohort.members.push(Member {
                died_us,
                pressure: last(&past.happenings, |what| match what {
                    What::Signs(signs) => signs.pressure,
                    _ => None,
                }),
                hemoglobin_a1c: last(&past.happenings, |what| match what {
                    What::Resulted(laboratory) => laboratory
                        .values
                        .iter()
                        .find(|(one, _)| *one.code == test::HEMOGLOBIN_A1C)
                        .map(|v| v.1.value()),
                    _ => None,
                }),
                person,
            });
        }
        cohort
    }

    fn visits(&mut self, world: &World, person: &Person, happenings: &[Happening], since_us: i64) {
        let mut open: BTreeMap<Handle, (&Happening, bool)> = BTreeMap::new();
        let (mut blood, mut film, mut scan) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for happening in happenings {
            let visit = happening.visit;
            match &happening.what {
                What::Arrived(_) | What::Admitted(_) => {
                    open.insert(visit, (happening, false));
                }
                What::Diagnosed(diagnosis) if diagnosis.complication => {
                    if let Some((_, complicated)) = open.get_mut(&visit) {
                        *complicated = true;
                    }
                }
                What::Resulted(_) => {
                    blood.insert(visit);
                }
                What::Read { service: Service::Radiology, code, .. } => {
                    let is_scan = code.display.starts_with("CT") || code.display.starts_with("MR");
                    if is_scan {
                        scan.insert(visit)
                    } else {
                        film.insert(visit)
                    };
                }
                _ => {}
            }
        }
        for happening in happenings {
            let way = match happening.what {
                What::Left { disposition } => disposition,
                What::Died => Disposition::Expired,
                _ => continue,
            };
            let visit = happening.visit;
            let Some((begun, complicated)) = open.get(&visit).filter(|_| happening.at_us >= since_us) else {
                continue;
            };
            let (start_us, end_us, patient) = (begun.at_us, happening.at_us, person.index);
            match &begun.what {
                What::Admitted(Admission { line, reason, .. }) => self.stays.push(Stay {
                    patient,
                    age: person.age_at(start_us),
                    line: *line,
                    reason: reason.code,
                    pathway: world.library.name(begun.pathway).to_owned(),
                    start_us,
                    end_us,
                    died: way == Disposition::Expired,
                    complicated: *complicated,
                }),
                What::Arrived(Arrival { class: Class::Emergency, reason, acuity, .. }) => {
                    self.emergencies.push(Emergency {
                        patient,
                        acuity: acuity.unwrap_or(0),
                        reason: reason.code,
                        start_us,
                        end_us,
                        admitted: way == Disposition::Admitted,
                        blood: blood.contains(&visit),
                        film: film.contains(&visit),
                        scan: scan.contains(&visit),
                    });
                }
                _ => {}
            }
        }
    }

    /// Of the stays that could be followed for thirty days, whether each was followed by another.
    pub(super) fn readmissions(&self, counted: impl Fn(&Stay) -> bool) -> Vec<bool> {
        let mut starts: BTreeMap<u32, Vec<i64>> = BTreeMap::new();
        for stay in &self.stays {
            starts.entry(stay.patient).or_default().push(stay.start_us);
        }
        let month_us = 30 * DAY_US;
        self.stays
            .iter()
            .filter(|stay| !stay.died && stay.end_us + month_us < self.as_of_us && counted(stay))
            .map(|stay| {
                starts[&stay.patient].iter().any(|at| (stay.end_us..=stay.end_us + month_us).contains(at))
            })
            .collect()
    }

    /// How many emergency visits cover an hour of the day, summed over all days.
    pub(super) fn occupancy(&self, hour: i64) -> f64 {
        let hours = |visit: &Emergency| {
            let from = visit.start_us.div_euclid(HOUR_US);
            (from..=visit.end_us.div_euclid(HOUR_US)).filter(|one| one.rem_euclid(24) == hour).count()
        };
        self.emergencies.iter().map(hours).sum::<usize>() as f64
    }
}

fn last<T>(happenings: &[Happening], find: impl Fn(&What) -> Option<T>) -> Option<T> {
    happenings.iter().rev().find_map(|happening| find(&happening.what))
}
