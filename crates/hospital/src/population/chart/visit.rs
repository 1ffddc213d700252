//! Visits, stays, and the beds they happen in.

use super::Chart;
use crate::calendar::{DAY_US, HOUR_US, MINUTE_US};
use crate::codes::{Code, visit};
use crate::id::Id;
use crate::population::{Specialty, Unit};
use crate::writer::{Class, Disposition, Encounter};

/// A visit as a pathway describes it.
pub(crate) struct Visit {
    pub(crate) class: Class,
    pub(crate) kind: &'static Code,
    pub(crate) unit: Unit,
    pub(crate) specialty: Specialty,
    pub(crate) reason: &'static Code,
    pub(crate) start_us: i64,
    /// `None` while in progress.
    pub(crate) end_us: Option<i64>,
    pub(crate) disposition: Option<Disposition>,
}

/// A visit that has been written, for what happened in it to refer to.
#[derive(Clone, Copy)]
pub(crate) struct Stay {
    pub(crate) id: Id,
    pub(crate) attending: Id,
    pub(crate) location: Id,
    pub(crate) start_us: i64,
    /// The end, or the present of a stay in progress.
    pub(crate) end_us: i64,
    pub(crate) inpatient: bool,
}

impl Visit {
    /// Twenty minutes in a clinic.
    pub(crate) fn clinic(unit: Unit, kind: &'static Code, reason: &'static Code, start_us: i64) -> Self {
        Self {
            class: Class::Ambulatory,
            kind,
            unit,
            specialty: match unit {
                Unit::ChildrensClinic => Specialty::Pediatrics,
                Unit::WomensClinic => Specialty::Obstetrics,
                Unit::HeartClinic => Specialty::Cardiology,
                _ => Specialty::FamilyMedicine,
            },
            reason,
            start_us,
            end_us: Some(start_us + 20 * MINUTE_US),
            disposition: None,
        }
    }

    /// Some hours in the emergency department, and home.
    pub(crate) fn emergency(reason: &'static Code, start_us: i64, hours: i64) -> Self {
        Self {
            class: Class::Emergency,
            kind: &visit::EMERGENCY,
            unit: Unit::Emergency,
            specialty: Specialty::EmergencyMedicine,
            reason,
            start_us,
            end_us: Some(start_us + hours * HOUR_US),
            disposition: Some(Disposition::Home),
        }
    }

    /// Some days on a ward, and home.
    pub(crate) fn stay(
        unit: Unit,
        specialty: Specialty,
        reason: &'static Code,
        start_us: i64,
        days: f64,
    ) -> Self {
        let minutes = (days * DAY_US as f64) as i64 / MINUTE_US;
        Self {
            class: Class::Inpatient,
            kind: &visit::INPATIENT,
            unit,
            specialty,
            reason,
            start_us,
            end_us: Some(start_us + minutes * MINUTE_US),
            disposition: Some(Disposition::Home),
        }
    }

    /// The same visit with another way out.
    pub(crate) fn to(self, disposition: Disposition) -> Self {
        Self { disposition: Some(disposition), ..self }
    }
}

impl Chart<'_> {
    /// Writes the encounter, in a bed the occasion chooses.
    pub(crate) fn visit(&mut self, visit: &Visit) -> Stay {
        let place = self.world.building.place(visit.unit);
        let location = match place.beds.len() {
            0 => place.id,
            beds => place.beds[self.choice("bed").stream().below(beds)].id,
        };
        self.visit_at(visit, location)
    }

    /// Writes the encounter in the bed the patient lies in now.
    pub(crate) fn visit_at(&mut self, visit: &Visit, location: Id) -> Stay {
        let world = self.world;
        let attending = match visit.specialty {
            Specialty::FamilyMedicine => world.family_doctor(self.person),
            other => world.staff.one_of(other, self.choice("attending")),
        };
        let id = self.next_id();
        Encounter {
            id,
            patient: self.person.id,
            class: visit.class,
            kind: visit.kind,
            attending,
            reason: visit.reason,
            start_us: visit.start_us,
            end_us: visit.end_us,
            location,
            disposition: visit.disposition,
            hospital: world.building.hospital,
        }
        .write(self.json);
        self.emit("Encounter", id);
        Stay {
            id,
            attending: attending.id,
            location,
            start_us: visit.start_us,
            end_us: visit.end_us.unwrap_or(world.recipe.as_of_us),
            inpatient: visit.class == Class::Inpatient,
        }
    }
}
