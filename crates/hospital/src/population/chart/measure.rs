//! What is measured.

use super::{Chart, Stay};
use crate::calendar::{HOUR_US, MINUTE_US, YEAR_US};
use crate::codes::{Code, smoking, vital};
use crate::id::Id;

use crate::population::{Panel, Smoking, Test};
use crate::writer::{Decimal, Measured, Observation, Range, Report, ReportKind};

/// How far illness moves the signs from what is usual for this body.
#[derive(Clone, Copy, Default)]
pub(crate) struct Signs {
    /// Degrees Celsius above 36.8.
    pub(crate) fever: f64,
    /// Beats a minute.
    pub(crate) pulse: f64,
    /// Breaths a minute.
    pub(crate) breaths: f64,
    /// Percent of saturation lost.
    pub(crate) oxygen: f64,
    /// Millimetres of mercury, systolic.
    pub(crate) pressure: f64,
}

impl Signs {
    fn scaled(self, part: f64) -> Self {
        Self {
            fever: self.fever * part,
            pulse: self.pulse * part,
            breaths: self.breaths * part,
            oxygen: self.oxygen * part,
            pressure: self.pressure * part,
        }
    }
}

impl Chart<'_> {
    /// Blood pressure, pulse, breathing, temperature and saturation.
    pub(crate) fn vitals(&mut self, stay: &Stay, at_us: i64, signs: Signs) {
        self.pressure(stay, at_us, signs.pressure);
        self.quick_check(stay, at_us, signs);
        let usual = self.person.body_at(at_us).breaths;
        let breaths = self.stream.normal(usual + signs.breaths, 1.2).clamp(8.0, 70.0);
        self.vital(stay, at_us, &vital::RESPIRATORY_RATE, Decimal::round(breaths, 0), "/min");
    }

    /// What is measured of someone with a cold: pulse, temperature and saturation.
    pub(crate) fn quick_check(&mut self, stay: &Stay, at_us: i64, signs: Signs) {
        let usual = self.person.body_at(at_us).heart_rate;
        let pulse = self.stream.normal(usual + signs.pulse, 6.0).clamp(38.0, 210.0);
        self.vital(stay, at_us, &vital::HEART_RATE, Decimal::round(pulse, 0), "/min");
        let warmth = self.stream.normal(36.8 + signs.fever, 0.25).clamp(34.5, 41.2);
        self.vital(stay, at_us, &vital::TEMPERATURE, Decimal::round(warmth, 1), "Cel");
        let oxygen = self.stream.normal(97.8 - signs.oxygen, 0.9).clamp(70.0, 100.0);
        self.vital(stay, at_us, &vital::PULSE_OXIMETRY, Decimal::round(oxygen, 0), "%");
    }

    /// Signs over a stay: thrice a day at first, twice later, milder as the stay goes on.
    pub(crate) fn ward_vitals(&mut self, stay: &Stay, signs: Signs) {
        let mut at_us = stay.start_us + 15 * MINUTE_US;
        let length_us = (stay.end_us - stay.start_us).max(1) as f64;
        while at_us < stay.end_us {
            let left = 1.0 - (at_us - stay.start_us) as f64 / length_us;
            self.vitals(stay, at_us, signs.scaled(left));
            at_us += if left > 0.7 { 8 * HOUR_US } else { 12 * HOUR_US };
        }
    }

    /// Height, weight and body mass index.
    pub(crate) fn measures(&mut self, stay: &Stay, at_us: i64) {
        let body = self.person.body_at(at_us);
        let weight = Decimal::round(self.stream.normal(body.weight_kg, body.weight_kg * 0.012), 1);
        let height = Decimal::round(body.height_cm, 1);
        let meters = height.value() / 100.0;
        let index = Decimal::round(weight.value() / (meters * meters), 1);
        self.vital(stay, at_us, &vital::HEIGHT, height, "cm");
        self.vital(stay, at_us, &vital::WEIGHT, weight, "kg");
        self.vital(stay, at_us, &vital::BODY_MASS_INDEX, index, "kg/m2");
    }

    /// Blood pressure alone, shifted by so many mmHg.
    pub(crate) fn pressure(&mut self, stay: &Stay, at_us: i64, shift: f64) {
        let body = self.person.body_at(at_us);
        let ill = self.began_by(self.person.health.hypertension, at_us);
        let (systolic, diastolic) = match (ill, self.person.health.controlled) {
            (false, _) => (body.systolic, body.diastolic),
            (true, true) => (122.0, 74.0),
            (true, false) => (146.0, 88.0),
        };
        let systolic = self.stream.normal(systolic + shift, 6.0).clamp(58.0, 240.0);
        let diastolic = self.stream.normal(diastolic + shift * 0.4, 4.0).clamp(30.0, systolic - 15.0);
        self.observe(
            stay,
            at_us,
            Observation {
                profile: "us-core-blood-pressure",
                value: Measured::Pressure(systolic as i64, diastolic as i64),
                ..self.blank(stay, &vital::BLOOD_PRESSURE, "vital-signs")
            },
        );
    }

    /// True when a disease of so many years' standing was there already.
    pub(crate) fn began_by(&self, years: Option<f64>, at_us: i64) -> bool {
        years.is_some_and(|years| self.as_of_us() - (years * YEAR_US as f64) as i64 <= at_us)
    }

    /// The smoking question, and its answer.
    pub(crate) fn smoking_status(&mut self, stay: &Stay) {
        let answer = match self.person.health.smoking {
            Smoking::Never => &smoking::NEVER,
            Smoking::Former => &smoking::FORMER,
            Smoking::Current => &smoking::EVERY_DAY,
        };
        self.observe(
            stay,
            stay.start_us + 5 * MINUTE_US,
            Observation {
                profile: "us-core-smokingstatus",
                value: Measured::Coded(answer),
                ..self.blank(stay, &vital::SMOKING_STATUS, "social-history")
            },
        );
    }

    /// A PHQ-9 total score, 0 to 27.
    pub(crate) fn phq9(&mut self, stay: &Stay, score: f64) {
        let score = Decimal::round(score.clamp(0.0, 27.0), 0);
        self.observe(
            stay,
            stay.start_us + 5 * MINUTE_US,
            Observation {
                profile: "us-core-observation-screening-assessment",
                value: Measured::Quantity(score, "{score}"),
                ..self.blank(stay, &vital::PHQ9, "survey")
            },
        );
    }

    /// A panel with its report; `shifted` tests get another mean.
    pub(crate) fn panel(&mut self, stay: &Stay, at_us: i64, panel: &Panel, shifted: &[(&Test, f64)]) {
        let mut results = [stay.id; 8];
        for (place, test) in panel.tests.iter().enumerate() {
            let mean = shifted.iter().find(|(other, _)| other.code == test.code);
            results[place] = self.lab(stay, at_us, test, mean.map(|row| row.1));
        }
        let id = self.next_id();
        Report {
            id,
            patient: self.person.id,
            encounter: stay.id,
            performer: self.world.building.laboratory(),
            kind: ReportKind::Laboratory,
            code: panel.code,
            at_us,
            issued_us: (at_us + 50 * MINUTE_US).min(self.as_of_us()),
            results: &results[..panel.tests.len()],
            conclusion: None,
        }
        .write(self.json);
        self.emit("DiagnosticReport", id);
    }

    /// One laboratory result around the given mean, or the usual one.
    pub(crate) fn lab(&mut self, stay: &Stay, at_us: i64, test: &Test, mean: Option<f64>) -> Id {
        let (usual, deviation) = test.usual;
        let mean = mean.unwrap_or(usual);
        let spread = deviation * (mean / usual).max(1.0);
        let drawn = self.stream.normal(mean, spread).max(mean * 0.3).max(0.0);
        let value = Decimal::round(drawn, test.decimals);
        let bound = |bound: Option<f64>| bound.map(|bound| Decimal::round(bound, test.decimals));
        self.observe(
            stay,
            at_us,
            Observation {
                profile: "us-core-observation-lab",
                value: Measured::Quantity(value, test.unit),
                interpretation: test.interpret(value.value()),
                range: Some(Range { low: bound(test.low), high: bound(test.high) }),
                ..self.blank(stay, test.code, "laboratory")
            },
        )
    }

    /// A culture or strip, in words; abnormal or not.
    pub(crate) fn finding(
        &mut self,
        stay: &Stay,
        at_us: i64,
        code: &'static Code,
        words: &str,
        abnormal: bool,
    ) {
        self.observe(
            stay,
            at_us,
            Observation {
                profile: "us-core-observation-lab",
                value: Measured::Text(words),
                interpretation: abnormal.then_some("A"),
                ..self.blank(stay, code, "laboratory")
            },
        );
    }

    fn vital(&mut self, stay: &Stay, at_us: i64, code: &'static Code, value: Decimal, unit: &str) {
        self.observe(
            stay,
            at_us,
            Observation {
                profile: vital_profile(code),
                value: Measured::Quantity(value, unit),
                ..self.blank(stay, code, "vital-signs")
            },
        );
    }

    fn blank<'b>(&self, stay: &Stay, code: &'static Code, category: &'b str) -> Observation<'b> {
        Observation {
            id: stay.id,
            patient: self.person.id,
            encounter: stay.id,
            profile: "us-core-simple-observation",
            category,
            code,
            at_us: stay.start_us,
            value: Measured::Text(""),
            interpretation: None,
            range: None,
        }
    }

    fn observe(&mut self, stay: &Stay, at_us: i64, observation: Observation<'_>) -> Id {
        let id = self.next_id();
        let at_us = at_us.min(self.as_of_us()).min(stay.end_us + HOUR_US);
        Observation { id, at_us, ..observation }.write(self.json);
        self.emit("Observation", id);
        id
    }
}

fn vital_profile(code: &Code) -> &'static str {
    match code.code {
        "8867-4" => "us-core-heart-rate",
        "9279-1" => "us-core-respiratory-rate",
        "8310-5" => "us-core-body-temperature",
        "59408-5" => "us-core-pulse-oximetry",
        "8302-2" => "us-core-body-height",
        "29463-7" => "us-core-body-weight",
        _ => "us-core-bmi",
    }
}
