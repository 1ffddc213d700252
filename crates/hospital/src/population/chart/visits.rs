//! The visits of a record, with their ends.

use std::collections::BTreeMap;

use crate::calendar::DAY_US;
use crate::id::Id;
use crate::play::{Handle, Happening, What};
use crate::population::{Bed, Person, Specialty, Unit, World};
use crate::writer::{Class, Disposition};

/// What later resources ask of a visit.
#[derive(Clone, Copy)]
pub(super) struct Stay {
    pub(super) id: Id,
    pub(super) class: Class,
    pub(super) attending: Id,
    pub(super) location: Id,
    pub(super) start_us: i64,
    /// `None` while in progress.
    pub(super) end_us: Option<i64>,
    pub(super) disposition: Option<Disposition>,
    pub(super) specialty: Specialty,
}

/// All visits of a record, and the beds of each.
pub(super) struct Visits {
    stays: BTreeMap<Handle, Stay>,
    moves: BTreeMap<Handle, Vec<(Id, i64)>>,
}

impl Visits {
    /// Gathers them before anything is written, because an Encounter says when it ended.
    pub(super) fn of(world: &World, person: &Person, happenings: &[Happening]) -> Self {
        let mut visits = Self { stays: BTreeMap::new(), moves: BTreeMap::new() };
        for happening in happenings {
            visits.take(world, person, happening);
        }
        visits
    }

    fn take(&mut self, world: &World, person: &Person, happening: &Happening) {
        let visit = happening.visit;
        match &happening.what {
            What::Arrived(arrival) => {
                let unit = arrival.unit;
                let number = if unit == Unit::Emergency { bay(visit) } else { 0 };
                self.begin(world, person, happening, arrival.class, Bed { unit, number }, clinician(unit));
            }
            What::Admitted(stay) => {
                self.begin(world, person, happening, Class::Inpatient, stay.bed, stay.specialty);
            }
            What::Transferred { to, .. } => {
                let moved = (world.building.location(*to), happening.at_us);
                self.moves.entry(visit).or_default().push(moved);
            }
            What::Left { disposition } => self.end(visit, happening.at_us, *disposition),
            What::Died => self.end(visit, happening.at_us, Disposition::Expired),
            _ => {}
        }
    }

    fn begin(
        &mut self,
        world: &World,
        person: &Person,
        happening: &Happening,
        class: Class,
        bed: Bed,
        specialty: Specialty,
    ) {
        let bed = world
            .bedded(person.index)
            .filter(|bedded| bedded.since_us == happening.at_us)
            .map_or(bed, |bedded| bedded.bed);
        let stay = Stay {
            id: happening.visit.id(),
            class,
            attending: world.attending(person, specialty, happening.visit).id,
            location: world.building.location(bed),
            start_us: happening.at_us,
            end_us: None,
            disposition: None,
            specialty,
        };
        self.stays.insert(happening.visit, stay);
    }

    fn end(&mut self, visit: Handle, at_us: i64, disposition: Disposition) {
        if let Some(stay) = self.stays.get_mut(&visit) {
            stay.end_us = Some(at_us);
            stay.disposition = Some(disposition).filter(|_| stay.class != Class::Ambulatory);
        }
    }

    /// One visit.
    pub(super) fn get(&self, visit: Handle) -> Option<Stay> {
        self.stays.get(&visit).copied()
    }

    /// Where a visit took place: each place with its beginning, in order.
    pub(super) fn places(&self, visit: Handle) -> Vec<(Id, i64)> {
        let first = self.stays.get(&visit).map(|stay| (stay.location, stay.start_us));
        first.into_iter().chain(self.moves.get(&visit).into_iter().flatten().copied()).collect()
    }
}

/// The bay of an emergency visit that no live play has given one.
fn bay(visit: Handle) -> u16 {
    (visit.key().name("bay").stream().below(Unit::Emergency.beds()) + 1) as u16
}

/// Who sees people in a clinic or the emergency department.
fn clinician(unit: Unit) -> Specialty {
    match unit {
        Unit::Emergency => Specialty::EmergencyMedicine,
        Unit::ChildrensClinic => Specialty::Pediatrics,
        Unit::WomensClinic => Specialty::Obstetrics,
        Unit::HeartClinic => Specialty::Cardiology,
        _ => Specialty::FamilyMedicine,
    }
}

impl World {
    /// The clinician who answers for a visit.
    pub(super) fn attending(
        &self,
        person: &Person,
        specialty: Specialty,
        visit: Handle,
    ) -> crate::writer::Participant<'_> {
        match specialty {
            Specialty::FamilyMedicine => self.family_doctor(person),
            other => self.staff.one_of(other, visit.key().name("attending")),
        }
    }
}

/// An order of a visit is still in force so long after it, unless renewed.
pub(super) const RENEWED_US: i64 = 365 * DAY_US;
