//! What follows from a happening: a chart, a charge, an empty bed, a child.

use std::sync::Arc;

use super::LiveHospital;
use super::charges::{charge, nights};
use super::house::LIVE;
use super::walks::{Lying, Newborn, Task};
use crate::calendar::MINUTE_US;
use crate::pathways::Entry;
use crate::play::{Happening, Walk, What};
use crate::population::{Bed, Unit};
use crate::writer::Class;

/// Housekeeping needs so long for a bed, and for a bay.
pub(super) const CLEAN_BED_US: i64 = 55 * MINUTE_US;
const CLEAN_BAY_US: i64 = 12 * MINUTE_US;

/// Parts of a happening's name.
const REGISTERED: u64 = 50;
const CHARGED: u64 = 60;

impl LiveHospital {
    /// Takes note of a happening, and tells it with what it brings: a chart, an empty bed, a charge, a child.
    pub(super) fn hear(&mut self, number: u32, mut happening: Happening, told: &mut Vec<Happening>) {
        let (visit, patient, at_us) = (happening.visit, happening.patient, happening.at_us);
        let begins = matches!(happening.what, What::Arrived(_) | What::Admitted(_));
        if let Some(held) = self.state.walks.get_mut(&number).filter(|held| begins && held.newcomer) {
            held.newcomer = false;
            let handle = happening.handle.part(REGISTERED);
            told.push(Happening { handle, what: What::Registered { newcomer: true }, ..happening });
        }
        let mut charges: Vec<(&'static str, u32)> = charge(&happening.what).into_iter().collect();
        match &mut happening.what {
            What::Arrived(arrival) => {
                let lying = Lying { patient, class: arrival.class, bed: None, start_us: at_us, walk: number };
                self.state.visits.insert(visit, lying);
            }
            What::Admitted(stay) => {
                let (class, bed) = (Class::Inpatient, Some(stay.bed));
                self.state.visits.insert(visit, Lying { patient, class, bed, start_us: at_us, walk: number });
            }
            What::Transferred { to, .. } => {
                let left = self.state.visits.get_mut(&visit).and_then(|lying| lying.bed.replace(*to));
                left.into_iter().for_each(|bed| self.empty(bed));
            }
            What::Left { .. } | What::Died => {
                if let Some(lying) = self.state.visits.remove(&visit) {
                    lying.bed.into_iter().for_each(|bed| self.empty(bed));
                    if let (Class::Inpatient, Some(bed)) = (lying.class, lying.bed) {
                        charges.extend(nights(bed.unit, lying.start_us, at_us));
                    }
                }
                if happening.what == What::Died {
                    self.state.dead.insert(patient);
                }
            }
            What::Born { child } => *child = self.state.doors.newborn(),
            _ => {}
        }
        let born = if let What::Born { child } = happening.what { Some(child) } else { None };
        let (handle, pathway) = (happening.handle, happening.pathway);
        told.push(happening);
        for (place, (code, cents)) in (CHARGED..).zip(charges) {
            let (handle, what) = (handle.part(place), What::Charged { code, cents });
            told.push(Happening { at_us, patient, pathway, handle, visit, what });
        }
        if let Some(child) = born {
            self.bear(child, patient, told);
        }
    }

    /// A child begins its own stay.
    fn bear(&mut self, child: u32, mother: u32, told: &mut Vec<Happening>) {
        self.state.newborns.insert(child, Newborn { born_us: self.state.now_us, mother });
        let library = Arc::clone(&self.world.library);
        let begins = |entry: &Entry| matches!(entry, Entry::Birth);
        if let Some((place, pathway)) =
            (0..).zip(library.pathways()).find(|(_, pathway)| begins(&pathway.entry))
        {
            let walk = Walk::new(&self.person(child), (place, pathway), LIVE, 0, self.state.now_us);
            let number = self.state.hold(walk, true);
            self.walk_on(number, told);
        }
    }

    /// A bed has been left: housekeeping comes.
    fn empty(&mut self, bed: Bed) {
        if self.state.beds.leave(bed) {
            let takes_us = if bed.unit == Unit::Emergency { CLEAN_BAY_US } else { CLEAN_BED_US };
            self.state.queue.push(self.state.now_us + takes_us, Task::Clean(bed));
        }
    }
}
