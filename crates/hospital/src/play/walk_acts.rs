//! What happens in each kind of state.

use super::walk::{Flow, Open, Out, Pause, Scene, Walk};
use super::{Admission, Allergic, Arrival, Diagnosis, Handle, Line, What, signs};
use crate::calendar::{DAY_US, HOUR_US, MINUTE_US};
use crate::codes::{Code, visit};
use crate::pathways::{Act, Law, Shift, State, Way};
use crate::population::{Bed, Panel, Specialty, Unit};
use crate::random::Stream;
use crate::writer::{Class, Decimal, Disposition};

impl Walk {
    /// Lets the state happen.
    pub(super) fn act(
        &mut self,
        state: &State,
        scene: &Scene<'_>,
        stream: &mut Stream,
        out: &mut Out,
    ) -> Flow {
        match &state.act {
            Act::Wait => {}
            Act::Branch(arms) => {
                let guard = |guard: &crate::pathways::Guard| {
                    guard.holds(scene.person, scene.as_of_us, self.now_us, self.visits, &self.memory)
                };
                let weight = |arm: &crate::pathways::Arm| {
                    if arm.when.as_ref().is_none_or(guard) { arm.weight } else { 0.0 }
                };
                let open = arms.iter().map(weight).sum::<f64>() > 0.0;
                return if open { Flow::To(stream.weighted(arms, weight).to) } else { Flow::Next };
            }
            Act::Set { slot, number } => self.memory[*slot] = number.draw(&self.memory, stream),
            Act::Visit { unit, kind, reason, minutes } => {
                self.visit(*unit, kind, reason, *minutes, scene, out);
            }
            Act::Arrive { reason, acuity } => return self.arrive(reason, acuity, scene, stream, out),
            Act::Admit { unit, specialty, line, reason, days } => {
                return self.admit((*unit, *specialty, *line), reason, *days, scene, stream, out);
            }
            Act::Transfer(unit) => return self.transfer(*unit, scene, out),
            Act::Stay { shift, daily } => return self.stay(*shift, daily, scene, stream, out),
            Act::Leave(ways) => return self.leave(ways, scene, stream, out),
            Act::Die => {
                if scene.live || (self.now_us >= scene.mortal_from_us && self.present.is_none()) {
                    self.tell(out, What::Died);
                    self.open = None;
                    return Flow::Stop(Pause::Died);
                }
            }
            Act::Diagnose { code, lasts, complication, longer } => {
                let over_us = lasts.map(|law| self.now_us + law.draw(stream));
                self.diagnose(code, *complication, over_us, out);
                if let (Some(longer), Some(open)) = (longer, &mut self.open) {
                    open.end_us += longer.draw(stream);
                }
            }
            Act::Problem(code) => self.note_problem(code, out),
            Act::Signs { shift, brief } => {
                let signs = signs::draw(scene.person, scene.as_of_us, self.now_us, *shift, *brief, stream);
                self.tell(out, What::Signs(signs));
            }
            Act::Pressure(shift) => {
                let pressure = signs::pressure(scene.person, scene.as_of_us, self.now_us, *shift, stream);
                self.tell(out, What::Signs(super::Signs { pressure: Some(pressure), ..Default::default() }));
            }
            Act::Measure => self.measure(scene, stream, out),
            Act::Smoking => {
                self.tell(out, What::Smoking(scene.person.health.smoking.answer()));
            }
            Act::Score { code, score } => {
                let score = Decimal::round(score.draw(&self.memory, stream).max(0.0), 0);
                self.tell(out, What::Scored { code, score });
            }
            Act::Lab { .. } | Act::Panel { .. } | Act::Find { .. } | Act::Study { .. } => {
                self.order(state, scene, stream, out);
            }
            Act::Drug { drug, sig, lasting } => {
                let what =
                    What::Prescribed { drug, sig: sig.clone(), reason: self.reason, lasting: *lasting };
                let order = self.tell(out, what);
                // Doses are told in live play only, but whoever lies here now goes on taking what they were given.
                let goes_on = scene.live || self.present.is_some();
                if goes_on && self.open.is_some_and(|open| open.class == Class::Inpatient) {
                    self.drugs.push((order, self.state));
                }
            }
            Act::Procedure { code, minutes } => {
                self.tell(out, What::Done { code, start_us: self.now_us - minutes * MINUTE_US });
            }
            Act::Immunise(vaccines) => {
                for vaccine in vaccines {
                    self.tell(out, What::Immunised(vaccine));
                }
            }
            Act::Allergy { substance, category, reaction } => {
                let severe = stream.chance(0.15);
                let (substance, reaction) = (substance.clone(), reaction.clone());
                self.tell(out, What::Allergic(Allergic { substance, category, severe, reaction }));
            }
            Act::Note { code, text } => {
                self.tell(out, What::Noted { code, text: text.clone() });
            }
            Act::Readmit(to) => return Flow::To(*to),
            Act::Birth => {
                if scene.live {
                    self.tell(out, What::Born { child: 0 });
                }
            }
            Act::End => return Flow::Stop(Pause::End),
        }
        Flow::Next
    }

    /// Begins a visit; one that was open is over.
    fn begin(&mut self, class: Class, bed: Option<Bed>, end_us: i64, out: &mut Out) -> Handle {
        self.close(Disposition::Home, out);
        let handle = self.next_handle();
        self.visits += 1;
        let start_us = self.now_us;
        self.open = Some(Open { handle, class, bed, start_us, end_us, drawn_us: start_us });
        handle
    }

    fn close(&mut self, disposition: Disposition, out: &mut Out) {
        if self.open.is_some() {
            self.tell(out, What::Left { disposition });
            self.open = None;
            self.drugs.clear();
        }
    }

    fn visit(
        &mut self,
        unit: Unit,
        kind: &'static Code,
        reason: &'static Code,
        minutes: i64,
        scene: &Scene<'_>,
        out: &mut Out,
    ) {
        let child = scene.person.age_at(self.now_us) < 18;
        let unit = if child && unit == Unit::PrimaryCare { Unit::ChildrensClinic } else { unit };
        let visit = self.begin(Class::Ambulatory, None, self.now_us + minutes * MINUTE_US, out);
        let arrival = Arrival { class: Class::Ambulatory, unit, kind, reason, acuity: None };
        self.tell_as(out, visit, visit, What::Arrived(arrival));
    }

    /// In live play they come in, and are then given a bay when one is free.
    fn arrive(
        &mut self,
        reason: &'static Code,
        acuity: &[f64; 5],
        scene: &Scene<'_>,
        stream: &mut Stream,
        out: &mut Out,
    ) -> Flow {
        if let Some(bay) = self.granted.take() {
            if let Some(open) = &mut self.open {
                open.bed = Some(bay);
            }
            self.tell(out, What::Transferred { from: None, to: bay });
            return Flow::Next;
        }
        let levels: [(u8, f64); 5] = std::array::from_fn(|level| (level as u8 + 1, acuity[level]));
        let acuity = Some(stream.weighted(&levels, |row| row.1).0);
        let bay = match self.present {
            Some(present) => Some(present.bed),
            None if scene.live => None,
            None => Some(some_bed(Unit::Emergency, stream)),
        };
        let visit = self.begin(Class::Emergency, bay, self.now_us, out);
        let arrival = Arrival {
            class: Class::Emergency,
            unit: Unit::Emergency,
            kind: &visit::EMERGENCY,
            reason,
            acuity,
        };
        self.tell_as(out, visit, visit, What::Arrived(arrival));
        if bay.is_some() { Flow::Next } else { Flow::Stop(Pause::Bed(Unit::Emergency)) }
    }

    fn admit(
        &mut self,
        (unit, specialty, line): (Unit, Specialty, Line),
        reason: &'static Code,
        days: Law,
        scene: &Scene<'_>,
        stream: &mut Stream,
        out: &mut Out,
    ) -> Flow {
        if self.present.is_some_and(|present| present.bed.unit == Unit::Emergency)
            && let Some(at_us) = self.waits_for_present(scene, stream)
        {
            return Flow::Again(at_us);
        }
        let (unit, specialty) = place_of(unit, specialty, line, scene.person.age_at(self.now_us));
        let length_us = days.draw(stream) / MINUTE_US * MINUTE_US;
        let mut end_us = self.now_us + length_us;
        let bed = match (self.present, self.granted.take()) {
            (Some(present), _) => {
                end_us = end_us.max(scene.as_of_us + stream.between(4 * HOUR_US, 50 * HOUR_US));
                present.bed
            }
            (None, Some(bed)) => bed,
            (None, None) if scene.live => return Flow::Stop(Pause::Bed(unit)),
            (None, None) => some_bed(unit, stream),
        };
        let after = self.open.map(|open| open.handle);
        self.close(Disposition::Admitted, out);
        let visit = self.begin(Class::Inpatient, Some(bed), end_us, out);
        let admission = Admission { unit: bed.unit, bed, specialty, reason, line, after };
        self.tell_as(out, visit, visit, What::Admitted(admission));
        Flow::Next
    }

    /// Those who sit in the emergency department at the present instant are there until some time after it.
    fn waits_for_present(&mut self, scene: &Scene<'_>, stream: &mut Stream) -> Option<i64> {
        let waits = self.now_us <= scene.as_of_us;
        self.present = None;
        waits.then(|| scene.as_of_us + stream.between(5 * MINUTE_US, 3 * HOUR_US))
    }

    fn transfer(&mut self, unit: Unit, scene: &Scene<'_>, out: &mut Out) -> Flow {
        let Some(mut open) = self.open.filter(|_| self.present.is_none()) else {
            return Flow::Next;
        };
        let to = match self.granted.take() {
            Some(bed) => bed,
            None if scene.live => return Flow::Stop(Pause::Bed(unit)),
            None => some_bed(unit, &mut open.handle.part(unit as u64).key().stream()),
        };
        let from = open.bed.replace(to);
        self.open = Some(open);
        self.tell(out, What::Transferred { from, to });
        Flow::Next
    }

    /// A round: signs, doses, and in the morning blood; until it is time to go.
    fn stay(
        &mut self,
        shift: Shift,
        daily: &[&'static Panel],
        scene: &Scene<'_>,
        stream: &mut Stream,
        out: &mut Out,
    ) -> Flow {
        let Some(mut open) = self.open.filter(|open| self.now_us < open.end_us) else {
            return Flow::Next;
        };
        let length_us = (open.end_us - open.start_us).max(1) as f64;
        let left = 1.0 - (self.now_us - open.start_us) as f64 / length_us;
        let signs = signs::draw(scene.person, scene.as_of_us, self.now_us, shift.scaled(left), false, stream);
        self.tell(out, What::Signs(signs));
        let (round_us, blood_us) = rounds(scene.live, self.now_us - open.start_us);
        if self.now_us - open.drawn_us >= blood_us {
            open.drawn_us = self.now_us;
            for panel in daily {
                self.order_panel(panel, scene, out);
            }
        }
        self.open = Some(open);
        if scene.live {
            self.give(scene, out);
        }
        Flow::Again((self.now_us + round_us).min(open.end_us))
    }

    fn give(&mut self, scene: &Scene<'_>, out: &mut Out) {
        for (order, state) in self.drugs.clone() {
            if let Some(Act::Drug { drug, .. }) = scene.pathway.states.get(state).map(|state| &state.act) {
                self.tell(out, What::Given { order, drug });
            }
        }
    }

    fn leave(&mut self, ways: &[Way], scene: &Scene<'_>, stream: &mut Stream, out: &mut Out) -> Flow {
        let Some(open) = self.open else {
            return Flow::Next;
        };
        if self.present.is_some_and(|present| present.bed.unit == Unit::Emergency)
            && let Some(at_us) = self.waits_for_present(scene, stream)
        {
            return Flow::Again(at_us);
        }
        match open.class {
            Class::Inpatient if self.now_us < open.end_us => return Flow::Again(open.end_us),
            _ => {}
        }
        let way = if ways.is_empty() {
            Disposition::Home
        } else {
            stream.weighted(ways, |way| way.weight).disposition
        };
        self.close(way, out);
        self.present = None;
        Flow::Next
    }

    fn diagnose(&mut self, code: &'static Code, complication: bool, over_us: Option<i64>, out: &mut Out) {
        let onset_us = self.open.filter(|_| !complication).map_or(self.now_us, |open| open.start_us);
        let diagnosis = Diagnosis { code, lasting: false, complication, onset_us, over_us };
        let handle = self.tell(out, What::Diagnosed(diagnosis));
        if !complication {
            self.reason = Some(handle);
        }
    }

    fn note_problem(&mut self, code: &'static Code, out: &mut Out) {
        if self.problem.is_none() {
            let onset_us = self.onset_us;
            let diagnosis = Diagnosis { code, lasting: true, complication: false, onset_us, over_us: None };
            self.problem = Some(self.tell(out, What::Diagnosed(diagnosis)));
        }
        self.reason = self.problem;
    }

    fn measure(&mut self, scene: &Scene<'_>, stream: &mut Stream, out: &mut Out) {
        let body = scene.person.body_at(self.now_us);
        let weight_kg = Decimal::round(stream.normal(body.weight_kg, body.weight_kg * 0.012), 1);
        let height_cm = Decimal::round(body.height_cm, 1);
        self.tell(out, What::Sized { height_cm, weight_kg });
    }
}

/// Children lie with children, and are looked after by their doctors.
fn place_of(unit: Unit, specialty: Specialty, line: Line, age: i32) -> (Unit, Specialty) {
    match unit {
        Unit::Nursery | Unit::Delivery | Unit::Postpartum => (unit, specialty),
        _ if age < 18 && line == Line::Surgical => (Unit::Pediatrics, specialty),
        _ if age < 18 => (Unit::Pediatrics, Specialty::Pediatrics),
        _ => (unit, specialty),
    }
}

/// How long until the next round, and after how long blood is taken again. A history keeps half of what live play tells,
/// so that eight years of a thousand people stay a file of a few hundred megabytes.
fn rounds(live: bool, here_us: i64) -> (i64, i64) {
    match (live, here_us < DAY_US, here_us < 3 * DAY_US) {
        (true, true, _) => (8 * HOUR_US, 20 * HOUR_US),
        (true, false, _) => (12 * HOUR_US, 20 * HOUR_US),
        (false, _, true) => (12 * HOUR_US, 22 * HOUR_US),
        (false, _, false) => (DAY_US, 46 * HOUR_US),
    }
}

/// Some bed of a unit, as if one were always free.
fn some_bed(unit: Unit, stream: &mut Stream) -> Bed {
    let number = if unit.beds() == 0 { 0 } else { stream.below(unit.beds()) + 1 };
    Bed { unit, number: number as u16 }
}
