//! Commands, carried out or refused.

use super::hear::CLEAN_BED_US;
use super::walks::Task;
use super::{Command, LiveHospital, Refused};
use crate::play::{Handle, Happening, Out, What};
use crate::population::{Bed, Unit};
use crate::writer::Disposition;

impl LiveHospital {
    /// Does what a command says, or refuses it.
    pub(super) fn obey(&mut self, command: &Command, told: &mut Vec<Happening>) -> Result<(), Refused> {
        let beds = &mut self.state.beds;
        let done = |done: bool, bed: &Bed| if done { Ok(()) } else { Err(Refused::bed(*bed)) };
        match command {
            Command::Occupy { bed } => done(beds.take_bed(*bed), bed),
            Command::CloseBed { bed } => done(beds.close(*bed), bed),
            Command::OpenBed { bed } => done(beds.open(*bed), bed),
            Command::Vacate { bed } => {
                let is_ours = self.state.visits.values().any(|lying| lying.bed == Some(*bed));
                done(!is_ours && beds.leave(*bed), bed)?;
                self.state.queue.push(self.state.now_us + CLEAN_BED_US, Task::Clean(*bed));
                Ok(())
            }
            Command::Staff { resource, count } => {
                at_most(*count, 100)?;
                self.state.benches.resize(*resource, usize::from(*count));
                Ok(())
            }
            Command::Arrivals { percent } => {
                at_most(*percent, 1000)?;
                self.state.doors.percent = *percent;
                Ok(())
            }
            Command::Discharge { visit, disposition } => self.discharge(*visit, *disposition, told),
            Command::Move { visit, unit } => self.move_to(*visit, *unit, told),
        }
    }

    fn discharge(
        &mut self,
        visit: Handle,
        disposition: Disposition,
        told: &mut Vec<Happening>,
    ) -> Result<(), Refused> {
        let number = self.state.visits.get(&visit).ok_or(Refused::Visit)?.walk;
        let held = self.state.walks.get_mut(&number).ok_or(Refused::Visit)?;
        held.walk.now_us = self.state.now_us;
        let mut out = Out::default();
        held.walk.tell(&mut out, What::Left { disposition });
        held.walk.open = None;
        self.state.end(number);
        out.happenings.into_iter().for_each(|happening| self.hear(number, happening, told));
        Ok(())
    }

    fn move_to(&mut self, visit: Handle, unit: Unit, told: &mut Vec<Happening>) -> Result<(), Refused> {
        let number = self.state.visits.get(&visit).ok_or(Refused::Visit)?.walk;
        let held = self.state.walks.get_mut(&number).ok_or(Refused::Visit)?;
        let to = self.state.beds.take(unit).ok_or(Refused::Full(unit.label()))?;
        let next_us = held.walk.now_us;
        held.walk.now_us = self.state.now_us;
        let from = held.walk.open.as_mut().and_then(|open| open.bed.replace(to));
        let mut out = Out::default();
        held.walk.tell(&mut out, What::Transferred { from, to });
        held.walk.now_us = next_us;
        out.happenings.into_iter().for_each(|happening| self.hear(number, happening, told));
        Ok(())
    }
}

fn at_most(count: u16, most: u16) -> Result<(), Refused> {
    if count > most { Err(Refused::TooMany(count, most)) } else { Ok(()) }
}
