//! Each kind of happening as resources.

use super::Chart;
use super::visits::{RENEWED_US, Stay};
use crate::calendar::MINUTE_US;
use crate::codes::{Code, visit, vital};
use crate::id::Id;
use crate::play::{Allergic, Diagnosis, Handle, Happening, Laboratory, Service, Signs, What};
use crate::population::{Test, Unit};
use crate::writer::{
    Allergy, Class, Condition, Decimal, Encounter, Immunization, Measured, Medication, Note, Observation,
    Procedure, Range, Report, ReportKind,
};

impl Chart<'_> {
    /// Writes one happening down. What only live play tells is left to it.
    pub(crate) fn write(&mut self, happening: &Happening) {
        let Happening { at_us, handle, .. } = *happening;
        if let What::Allergic(allergic) = &happening.what {
            self.allergy(handle, at_us, allergic);
            return;
        }
        let Some(stay) = self.stay(happening.visit) else {
            return;
        };
        let id = handle.id();
        match &happening.what {
            What::Arrived(arrival) => self.encounter(&stay, handle, arrival.kind, arrival.reason, false),
            What::Admitted(admission) => {
                self.encounter(&stay, handle, &visit::INPATIENT, admission.reason, admission.after.is_some());
            }
            What::Diagnosed(diagnosis) => self.condition(&stay, id, at_us, diagnosis),
            What::Signs(signs) => self.signs(&stay, handle, at_us, signs),
            What::Sized { height_cm, weight_kg } => self.size(&stay, handle, at_us, *height_cm, *weight_kg),
            What::Smoking(answer) => {
                let value = Measured::Coded(answer);
                let code = &vital::SMOKING_STATUS;
                self.observe(&stay, id, at_us, ("us-core-smokingstatus", "social-history"), code, value);
            }
            What::Scored { code, score } => {
                let value = Measured::Quantity(*score, "{score}");
                let profile = ("us-core-observation-screening-assessment", "survey");
                self.observe(&stay, id, at_us, profile, code, value);
            }
            What::Resulted(laboratory) => self.laboratory(&stay, handle, at_us, laboratory),
            What::Found { code, words, abnormal, taken_us, .. } => {
                let blank = self.blank(&stay, id, *taken_us, ("us-core-observation-lab", "laboratory"), code);
                let interpretation = abnormal.then_some("A");
                Observation { value: Measured::Text(words), interpretation, ..blank }.write(self.json);
                self.emit("Observation", id);
            }
            What::Read { code, service, conclusion, taken_us, .. } => {
                let (kind, performer) = match service {
                    Service::Cardiology => {
                        (ReportKind::Cardiology, self.world.building.department(Unit::HeartClinic))
                    }
                    _ => (ReportKind::Radiology, self.world.building.imaging()),
                };
                self.report(&stay, id, performer, kind, code, (*taken_us, at_us), &[], Some(conclusion));
            }
            What::Prescribed { drug, sig, reason, lasting } => {
                self.prescription(&stay, id, at_us, drug, sig, *reason, *lasting);
            }
            What::Done { code, start_us } => {
                let (patient, encounter, performer) = (self.person.id, stay.id, stay.attending);
                let (start_us, end_us) = (*start_us, at_us);
                Procedure { id, patient, encounter, performer, code, start_us, end_us }.write(self.json);
                self.emit("Procedure", id);
            }
            What::Immunised(vaccine) => {
                let (patient, encounter, location) = (self.person.id, stay.id, stay.location);
                Immunization { id, patient, encounter, location, vaccine, given_us: at_us }.write(self.json);
                self.emit("Immunization", id);
            }
            What::Noted { code, text } => {
                let (patient, encounter, author) = (self.person.id, stay.id, stay.attending);
                Note { id, patient, encounter, author, kind: code, text, written_us: at_us }.write(self.json);
                self.emit("DocumentReference", id);
            }
            _ => {}
        }
    }

    fn encounter(&mut self, stay: &Stay, visit: Handle, kind: &Code, reason: &Code, from_emergency: bool) {
        Encounter {
            id: stay.id,
            patient: self.person.id,
            class: stay.class,
            kind,
            attending: self.world.attending(self.person, stay.specialty, visit),
            reason,
            start_us: stay.start_us,
            end_us: stay.end_us,
            places: &self.visits.places(visit),
            disposition: stay.disposition,
            from_emergency,
            hospital: self.world.building.hospital,
        }
        .write(self.json);
        self.emit("Encounter", stay.id);
    }

    fn condition(&mut self, stay: &Stay, id: Id, at_us: i64, diagnosis: &Diagnosis) {
        let until_us = self.until_us();
        let over_us = diagnosis.over_us.or(stay.end_us.filter(|_| !diagnosis.lasting));
        Condition {
            id,
            patient: self.person.id,
            encounter: stay.id,
            code: diagnosis.code,
            chronic: diagnosis.lasting,
            onset_us: diagnosis.onset_us,
            abated_us: over_us.filter(|us| *us <= until_us && *us >= diagnosis.onset_us),
            recorded_us: (at_us + 2 * MINUTE_US).min(until_us),
        }
        .write(self.json);
        self.emit("Condition", id);
    }

    fn signs(&mut self, stay: &Stay, handle: Handle, at_us: i64, signs: &Signs) {
        let mut vital = |part, profile, code, value| {
            self.observe(stay, handle.part(part).id(), at_us, (profile, "vital-signs"), code, value);
        };
        if let Some((systolic, diastolic)) = signs.pressure {
            let value = Measured::Pressure(systolic, diastolic);
            vital(1, "us-core-blood-pressure", &vital::BLOOD_PRESSURE, value);
        }
        let rows: [(_, _, &'static Code, _, _); 4] = [
            (2, "us-core-heart-rate", &vital::HEART_RATE, signs.pulse, "/min"),
            (3, "us-core-body-temperature", &vital::TEMPERATURE, signs.temperature, "Cel"),
            (4, "us-core-pulse-oximetry", &vital::PULSE_OXIMETRY, signs.oxygen, "%"),
            (5, "us-core-respiratory-rate", &vital::RESPIRATORY_RATE, signs.breaths, "/min"),
        ];
        for (part, profile, code, value, unit) in rows {
            if let Some(value) = value {
                vital(part, profile, code, Measured::Quantity(value, unit));
            }
        }
    }

    fn size(&mut self, stay: &Stay, handle: Handle, at_us: i64, height_cm: Decimal, weight_kg: Decimal) {
        let meters = height_cm.value() / 100.0;
        let index = Decimal::round(weight_kg.value() / (meters * meters), 1);
        let rows: [(_, _, &'static Code, _, _); 3] = [
            (1, "us-core-body-height", &vital::HEIGHT, height_cm, "cm"),
            (2, "us-core-body-weight", &vital::WEIGHT, weight_kg, "kg"),
            (3, "us-core-bmi", &vital::BODY_MASS_INDEX, index, "kg/m2"),
        ];
        for (part, profile, code, value, unit) in rows {
            let value = Measured::Quantity(value, unit);
            self.observe(stay, handle.part(part).id(), at_us, (profile, "vital-signs"), code, value);
        }
    }

    fn laboratory(&mut self, stay: &Stay, handle: Handle, at_us: i64, laboratory: &Laboratory) {
        let mut results = [stay.id; 12];
        let count = laboratory.values.len().min(results.len());
        for (place, (test, value)) in laboratory.values.iter().take(count).enumerate() {
            let id =
                if laboratory.panel.is_some() { handle.part(place as u64 + 1).id() } else { handle.id() };
            results[place] = id;
            self.value(stay, id, laboratory.taken_us, test, *value);
        }
        if let Some(panel) = laboratory.panel {
            let performer = self.world.building.laboratory();
            let times = (laboratory.taken_us, at_us);
            let kind = ReportKind::Laboratory;
            self.report(stay, handle.id(), performer, kind, panel.code, times, &results[..count], None);
        }
    }

    fn value(&mut self, stay: &Stay, id: Id, taken_us: i64, test: &Test, value: Decimal) {
        let bound = |bound: Option<f64>| bound.map(|bound| Decimal::round(bound, test.decimals));
        let blank = self.blank(stay, id, taken_us, ("us-core-observation-lab", "laboratory"), test.code);
        Observation {
            value: Measured::Quantity(value, test.unit),
            interpretation: test.interpret(value.value()),
            range: Some(Range { low: bound(test.low), high: bound(test.high) }),
            ..blank
        }
        .write(self.json);
        self.emit("Observation", id);
    }

    #[allow(clippy::too_many_arguments, reason = "a report has as many parts")]
    fn report(
        &mut self,
        stay: &Stay,
        id: Id,
        performer: Id,
        kind: ReportKind,
        code: &Code,
        (at_us, issued_us): (i64, i64),
        results: &[Id],
        conclusion: Option<&str>,
    ) {
        let (patient, encounter) = (self.person.id, stay.id);
        Report { id, patient, encounter, performer, kind, code, at_us, issued_us, results, conclusion }
            .write(self.json);
        self.emit("DiagnosticReport", id);
    }

    #[allow(clippy::too_many_arguments, reason = "a prescription has as many parts")]
    fn prescription(
        &mut self,
        stay: &Stay,
        id: Id,
        at_us: i64,
        drug: &Code,
        sig: &str,
        reason: Option<Handle>,
        lasting: bool,
    ) {
        let alive = self.person.deceased_us.is_none();
        let inpatient = stay.class == Class::Inpatient;
        let active = if lasting {
            alive && at_us + RENEWED_US > self.world.recipe.as_of_us
        } else {
            inpatient && stay.end_us.is_none()
        };
        Medication {
            id,
            patient: self.person.id,
            encounter: stay.id,
            requester: stay.attending,
            drug,
            sig,
            reason: reason.map(Handle::id),
            inpatient,
            active,
            authored_us: at_us,
        }
        .write(self.json);
        self.emit("MedicationRequest", id);
    }

    fn allergy(&mut self, handle: Handle, at_us: i64, allergic: &Allergic) {
        let id = handle.id();
        Allergy {
            id,
            patient: self.person.id,
            substance: allergic.substance.as_ref().map(|code| *code).map_err(|words| &**words),
            category: allergic.category,
            severe: allergic.severe,
            reaction: &allergic.reaction,
            recorded_us: at_us,
        }
        .write(self.json);
        self.emit("AllergyIntolerance", id);
    }

    fn observe(
        &mut self,
        stay: &Stay,
        id: Id,
        at_us: i64,
        kind: (&str, &str),
        code: &Code,
        value: Measured<'_>,
    ) {
        Observation { value, ..self.blank(stay, id, at_us, kind, code) }.write(self.json);
        self.emit("Observation", id);
    }

    fn blank<'b>(
        &self,
        stay: &Stay,
        id: Id,
        at_us: i64,
        (profile, category): (&'b str, &'b str),
        code: &'b Code,
    ) -> Observation<'b> {
        Observation {
            id,
            patient: self.person.id,
            encounter: stay.id,
            profile,
            category,
            code,
            at_us,
            value: Measured::Text(""),
            interpretation: None,
            range: None,
        }
    }
}
