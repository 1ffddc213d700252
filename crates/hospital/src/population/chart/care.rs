//! What is concluded, ordered, done and written.

use super::{Chart, Stay};
use crate::calendar::{HOUR_US, MINUTE_US, YEAR_US};
use crate::codes::{Code, report};
use crate::id::Id;
use crate::population::Unit;
use crate::writer::{Allergy, Condition, Immunization, Medication, Note, Procedure, Report, ReportKind};

impl Chart<'_> {
    /// A problem that stays on the list.
    pub(crate) fn problem(&mut self, stay: &Stay, code: &'static Code, onset_us: i64) -> Id {
        self.condition(stay, code, onset_us, None, true)
    }

    /// A diagnosis of one visit, over when `abated_us` has come.
    pub(crate) fn diagnosis(&mut self, stay: &Stay, code: &'static Code, abated_us: Option<i64>) -> Id {
        let over = abated_us.filter(|us| *us <= self.as_of_us());
        self.condition(stay, code, stay.start_us, over, false)
    }

    fn condition(
        &mut self,
        stay: &Stay,
        code: &'static Code,
        onset_us: i64,
        abated_us: Option<i64>,
        chronic: bool,
    ) -> Id {
        let id = self.next_id();
        Condition {
            id,
            patient: self.person.id,
            encounter: stay.id,
            code,
            chronic,
            onset_us,
            abated_us,
            recorded_us: stay.start_us + 10 * MINUTE_US,
        }
        .write(self.json);
        self.emit("Condition", id);
        id
    }

    /// A drug taken for years: ordered now, still running if the next renewal has not come.
    pub(crate) fn prescribe(&mut self, stay: &Stay, drug: &'static Code, sig: &str, reason: Id) {
        let alive = self.person.deceased_us.is_none();
        let active = alive && stay.start_us + YEAR_US > self.as_of_us();
        self.order(stay, stay.start_us + 15 * MINUTE_US, drug, sig, Some(reason), active);
    }

    /// A drug for some days.
    pub(crate) fn course(&mut self, stay: &Stay, drug: &'static Code, sig: &str, reason: Id) {
        let running = stay.inpatient && stay.end_us >= self.as_of_us();
        let ordered_us = (stay.start_us + HOUR_US).min(stay.end_us);
        self.order(stay, ordered_us, drug, sig, Some(reason), running);
    }

    fn order(
        &mut self,
        stay: &Stay,
        authored_us: i64,
        drug: &'static Code,
        sig: &str,
        reason: Option<Id>,
        active: bool,
    ) {
        let id = self.next_id();
        Medication {
            id,
            patient: self.person.id,
            encounter: stay.id,
            requester: stay.attending,
            drug,
            sig,
            reason,
            inpatient: stay.inpatient,
            active,
            authored_us,
        }
        .write(self.json);
        self.emit("MedicationRequest", id);
    }

    /// Something done in a visit, between two instants.
    pub(crate) fn procedure(&mut self, stay: &Stay, code: &'static Code, start_us: i64, end_us: i64) {
        let id = self.next_id();
        Procedure {
            id,
            patient: self.person.id,
            encounter: stay.id,
            performer: stay.attending,
            code,
            start_us,
            end_us,
        }
        .write(self.json);
        self.emit("Procedure", id);
    }

    /// A vaccine given in a visit.
    pub(crate) fn vaccinate(&mut self, stay: &Stay, vaccine: &'static Code) {
        let id = self.next_id();
        Immunization {
            id,
            patient: self.person.id,
            encounter: stay.id,
            location: stay.location,
            vaccine,
            given_us: stay.start_us + 18 * MINUTE_US,
        }
        .write(self.json);
        self.emit("Immunization", id);
    }

    /// An allergy to a coded drug, or to something in words.
    pub(crate) fn allergy(
        &mut self,
        substance: Result<&Code, &str>,
        category: &str,
        severe: bool,
        reaction: &str,
        recorded_us: i64,
    ) {
        let id = self.next_id();
        Allergy { id, patient: self.person.id, substance, category, severe, reaction, recorded_us }
            .write(self.json);
        self.emit("AllergyIntolerance", id);
    }

    /// A note by the clinician in charge.
    pub(crate) fn note(&mut self, stay: &Stay, kind: &'static Code, written_us: i64, text: &str) {
        let id = self.next_id();
        Note {
            id,
            patient: self.person.id,
            encounter: stay.id,
            author: stay.attending,
            kind,
            text,
            written_us,
        }
        .write(self.json);
        self.emit("DocumentReference", id);
    }

    /// A chest film, read within two hours.
    pub(crate) fn chest_film(&mut self, stay: &Stay, at_us: i64, conclusion: &str) {
        let issued_us = (at_us + 2 * HOUR_US).min(stay.end_us).max(at_us);
        let performer = self.world.building.imaging();
        let kind = ReportKind::Radiology;
        self.read_study(stay, kind, &report::CHEST_XRAY, (at_us, issued_us), performer, conclusion);
    }

    /// An electrocardiogram, read at the bedside.
    pub(crate) fn electrocardiogram(&mut self, stay: &Stay, at_us: i64, conclusion: &str) {
        let times = (at_us, at_us + 5 * MINUTE_US);
        let performer = self.world.building.department(Unit::HeartClinic);
        self.read_study(stay, ReportKind::Cardiology, &report::ECG, times, performer, conclusion);
    }

    fn read_study(
        &mut self,
        stay: &Stay,
        kind: ReportKind,
        code: &'static Code,
        (at_us, issued_us): (i64, i64),
        performer: Id,
        conclusion: &str,
    ) {
        let id = self.next_id();
        Report {
            id,
            patient: self.person.id,
            encounter: stay.id,
            performer,
            kind,
            code,
            at_us,
            issued_us,
            results: &[],
            conclusion: Some(conclusion),
        }
        .write(self.json);
        self.emit("DiagnosticReport", id);
    }
}
