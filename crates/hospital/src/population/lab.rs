//! Laboratory tests and panels with adult reference ranges.

use crate::codes::{Code, report, test};

/// A test as our laboratory runs it.
#[derive(Debug, PartialEq)]
pub struct Test {
    /// LOINC.
    pub code: &'static Code,
    /// UCUM unit.
    pub unit: &'static str,
    /// Decimals of a value.
    pub decimals: u32,
    /// The lower end of the reference range.
    pub low: Option<f64>,
    /// The upper end of the reference range.
    pub high: Option<f64>,
    /// Values beyond these are phoned through.
    pub critical: (f64, f64),
    /// What a healthy adult shows: mean and standard deviation.
    pub usual: (f64, f64),
}

/// Tests run and reported together.
#[derive(Debug, PartialEq)]
pub struct Panel {
    /// LOINC.
    pub code: &'static Code,
    /// Its tests, in the order they are reported.
    pub tests: &'static [&'static Test],
}

const NEVER: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

const fn run(
    code: &'static Code,
    unit: &'static str,
    decimals: u32,
    range: (Option<f64>, Option<f64>),
    critical: (f64, f64),
    usual: (f64, f64),
) -> Test {
    Test { code, unit, decimals, low: range.0, high: range.1, critical, usual }
}

/// The tests.
pub(crate) mod tests {
    use super::{NEVER, Test, run, test};

    const fn within(low: f64, high: f64) -> (Option<f64>, Option<f64>) {
        (Some(low), Some(high))
    }

    const fn below(high: f64) -> (Option<f64>, Option<f64>) {
        (None, Some(high))
    }

    const TOP: f64 = f64::INFINITY;

    pub(crate) static SODIUM: Test =
        run(&test::SODIUM, "mmol/L", 0, within(135.0, 145.0), (120.0, 160.0), (140.0, 2.2));
    pub(crate) static POTASSIUM: Test =
        run(&test::POTASSIUM, "mmol/L", 1, within(3.5, 5.0), (2.5, 6.5), (4.2, 0.35));
    pub(crate) static CHLORIDE: Test =
        run(&test::CHLORIDE, "mmol/L", 0, within(98.0, 107.0), NEVER, (102.0, 2.2));
    pub(crate) static CARBON_DIOXIDE: Test =
        run(&test::CARBON_DIOXIDE, "mmol/L", 0, within(22.0, 29.0), NEVER, (25.5, 1.8));
    pub(crate) static UREA_NITROGEN: Test =
        run(&test::UREA_NITROGEN, "mg/dL", 0, within(7.0, 20.0), NEVER, (14.0, 3.5));
    pub(crate) static CREATININE: Test =
        run(&test::CREATININE, "mg/dL", 2, within(0.6, 1.2), NEVER, (0.9, 0.15));
    pub(crate) static GLUCOSE: Test =
        run(&test::GLUCOSE, "mg/dL", 0, within(70.0, 99.0), (40.0, 500.0), (90.0, 8.0));
    pub(crate) static CALCIUM: Test = run(&test::CALCIUM, "mg/dL", 1, within(8.5, 10.2), NEVER, (9.4, 0.35));
    pub(crate) static HEMOGLOBIN: Test =
        run(&test::HEMOGLOBIN, "g/dL", 1, within(12.0, 17.5), (7.0, TOP), (14.2, 1.1));
    pub(crate) static LEUKOCYTES: Test =
        run(&test::LEUKOCYTES, "10*3/uL", 1, within(4.5, 11.0), NEVER, (7.2, 1.5));
    pub(crate) static PLATELETS: Test =
        run(&test::PLATELETS, "10*3/uL", 0, within(150.0, 400.0), (20.0, TOP), (250.0, 50.0));
    pub(crate) static CHOLESTEROL: Test =
        run(&test::CHOLESTEROL, "mg/dL", 0, below(200.0), NEVER, (182.0, 22.0));
    pub(crate) static HDL: Test = run(&test::HDL, "mg/dL", 0, (Some(40.0), None), NEVER, (54.0, 10.0));
    pub(crate) static LDL: Test = run(&test::LDL, "mg/dL", 0, below(130.0), NEVER, (104.0, 18.0));
    pub(crate) static TRIGLYCERIDE: Test =
        run(&test::TRIGLYCERIDE, "mg/dL", 0, below(150.0), NEVER, (118.0, 35.0));
    pub(crate) static HEMOGLOBIN_A1C: Test =
        run(&test::HEMOGLOBIN_A1C, "%", 1, below(5.7), NEVER, (5.3, 0.2));
    pub(crate) static URINE_ALBUMIN: Test =
        run(&test::URINE_ALBUMIN, "mg/g", 0, below(30.0), NEVER, (12.0, 5.0));
    pub(crate) static TROPONIN: Test = run(&test::TROPONIN, "ng/L", 0, below(52.0), NEVER, (7.0, 2.5));
    pub(crate) static NT_PROBNP: Test = run(&test::NT_PROBNP, "pg/mL", 0, below(125.0), NEVER, (60.0, 25.0));
    pub(crate) static LACTATE: Test =
        run(&test::LACTATE, "mmol/L", 1, within(0.5, 2.0), (0.0, 4.0), (1.2, 0.3));
    pub(crate) static PROCALCITONIN: Test =
        run(&test::PROCALCITONIN, "ng/mL", 2, below(0.25), NEVER, (0.08, 0.03));

    pub(crate) static INR: Test = run(&test::INR, "{INR}", 1, within(0.8, 1.1), (0.0, 5.0), (1.0, 0.06));
    pub(crate) static ARTERIAL_PH: Test =
        run(&test::ARTERIAL_PH, "[pH]", 2, within(7.35, 7.45), (7.2, 7.6), (7.4, 0.015));
    pub(crate) static ARTERIAL_CARBON_DIOXIDE: Test =
        run(&test::ARTERIAL_CARBON_DIOXIDE, "mm[Hg]", 0, within(35.0, 45.0), (20.0, 70.0), (40.0, 2.2));
    pub(crate) static ARTERIAL_OXYGEN: Test =
        run(&test::ARTERIAL_OXYGEN, "mm[Hg]", 0, within(80.0, 100.0), (45.0, TOP), (90.0, 4.5));
    pub(crate) static BILIRUBIN: Test =
        run(&test::BILIRUBIN, "mg/dL", 1, within(0.1, 1.2), NEVER, (0.6, 0.2));
    pub(crate) static ALANINE_AMINOTRANSFERASE: Test =
        run(&test::ALANINE_AMINOTRANSFERASE, "U/L", 0, within(7.0, 56.0), NEVER, (24.0, 8.0));
    pub(crate) static D_DIMER: Test = run(&test::D_DIMER, "ug/mL", 2, below(0.5), NEVER, (0.25, 0.08));

    /// All of them.
    pub(crate) static ALL: [&Test; 28] = [
        &INR,
        &ARTERIAL_PH,
        &ARTERIAL_CARBON_DIOXIDE,
        &ARTERIAL_OXYGEN,
        &BILIRUBIN,
        &ALANINE_AMINOTRANSFERASE,
        &D_DIMER,
        &SODIUM,
        &POTASSIUM,
        &CHLORIDE,
        &CARBON_DIOXIDE,
        &UREA_NITROGEN,
        &CREATININE,
        &GLUCOSE,
        &CALCIUM,
        &HEMOGLOBIN,
        &LEUKOCYTES,
        &PLATELETS,
        &CHOLESTEROL,
        &HDL,
        &LDL,
        &TRIGLYCERIDE,
        &HEMOGLOBIN_A1C,
        &URINE_ALBUMIN,
        &TROPONIN,
        &NT_PROBNP,
        &LACTATE,
        &PROCALCITONIN,
    ];
}

/// The panels.
pub(crate) mod panels {
    use super::{Panel, report, tests};

    pub(crate) static BASIC_METABOLIC: Panel = Panel {
        code: &report::BASIC_METABOLIC,
        tests: &[
            &tests::SODIUM,
            &tests::POTASSIUM,
            &tests::CHLORIDE,
            &tests::CARBON_DIOXIDE,
            &tests::UREA_NITROGEN,
            &tests::CREATININE,
            &tests::GLUCOSE,
            &tests::CALCIUM,
        ],
    };
    pub(crate) static BLOOD_COUNT: Panel = Panel {
        code: &report::BLOOD_COUNT,
        tests: &[&tests::HEMOGLOBIN, &tests::LEUKOCYTES, &tests::PLATELETS],
    };
    pub(crate) static LIPIDS: Panel = Panel {
        code: &report::LIPIDS,
        tests: &[&tests::CHOLESTEROL, &tests::HDL, &tests::LDL, &tests::TRIGLYCERIDE],
    };

    /// All of them.
    pub(crate) static ALL: [&Panel; 3] = [&BASIC_METABOLIC, &BLOOD_COUNT, &LIPIDS];
}

/// The test of a LOINC code, if our laboratory runs it.
pub(crate) fn lab_test(code: &str) -> Option<&'static Test> {
    tests::ALL.iter().copied().find(|test| test.code.code == code)
}

impl Panel {
    /// The place of a panel among all, to be found again by [`Panel::at`].
    pub(crate) fn place(panel: &'static Self) -> usize {
        panels::ALL.iter().position(|other| other.code == panel.code).unwrap_or(0)
    }

    /// The panel at a place.
    pub(crate) fn at(place: usize) -> Option<&'static Self> {
        panels::ALL.get(place).copied()
    }
}

impl Test {
    /// The interpretation of a value outside its range (v3-ObservationInterpretation). Laboratories leave the flag of a
    /// normal value empty, and so does this one.
    pub fn interpret(&self, value: f64) -> Option<&'static str> {
        match value {
            value if value < self.critical.0 => Some("LL"),
            value if value > self.critical.1 => Some("HH"),
            value if self.low.is_some_and(|low| value < low) => Some("L"),
            value if self.high.is_some_and(|high| value > high) => Some("H"),
            _ => None,
        }
    }
}
