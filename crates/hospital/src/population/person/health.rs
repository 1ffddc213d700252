//! What is true of a body.

use super::Sex;
use crate::calendar::YEAR_US;
use crate::codes::{Code, smoking};
use crate::random::{Key, Stream};

/// Last age of each band, and a share for it.
type Shares = [(i32, f64); 4];

/// CDC National Diabetes Statistics Report 2021.
const DIABETES: Shares = [(17, 0.003), (44, 0.048), (64, 0.189), (130, 0.292)];
/// NCHS Data Brief 511.
const HYPERTENSION: Shares = [(17, 0.0), (39, 0.236), (59, 0.528), (130, 0.718)];
/// NCHS Data Brief 508.
const OBESITY: Shares = [(17, 0.19), (39, 0.357), (59, 0.466), (130, 0.391)];
/// Total cholesterol of 240 mg/dL or more, NHANES 2021-2023.
const HIGH_CHOLESTEROL: Shares = [(17, 0.0), (39, 0.06), (59, 0.167), (130, 0.113)];
/// Treated hyperlipidaemia among the others.
const TREATED_LIPIDS: Shares = [(17, 0.0), (39, 0.02), (59, 0.18), (130, 0.42)];
/// Coronary disease, NHIS.
const CORONARY: Shares = [(17, 0.0), (44, 0.006), (64, 0.05), (130, 0.145)];
/// Chronic obstructive pulmonary disease, CDC.
const COPD: Shares = [(17, 0.0), (44, 0.01), (64, 0.055), (130, 0.11)];
/// Heart failure, NHANES.
const HEART_FAILURE: Shares = [(17, 0.0), (44, 0.003), (64, 0.02), (130, 0.08)];
/// Atrial fibrillation; about 2 to 3 % of adults, one in ten of the old (CDC).
const ATRIAL_FIBRILLATION: Shares = [(17, 0.0), (44, 0.002), (64, 0.02), (130, 0.09)];
/// Chronic kidney disease, one in seven adults (CDC, "Chronic Kidney Disease in the United States").
const KIDNEY_DISEASE: Shares = [(17, 0.0), (44, 0.063), (64, 0.124), (130, 0.337)];
/// Drinking that brings people to hospital when it stops.
const ALCOHOL: Shares = [(17, 0.0), (44, 0.02), (64, 0.025), (130, 0.01)];
/// Obesity class III among the obese.
const SEVERE_SHARE: f64 = 0.233;
/// How many adults smoke, CDC.
const SMOKERS: f64 = 0.116;
/// Treated hypertension below 130/80, NCHS Data Brief 511.
const CONTROLLED: f64 = 0.21;

/// Smoking, as the question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Smoking {
    Never,
    Former,
    Current,
}

impl Smoking {
    /// The answer, LOINC.
    pub(crate) fn answer(self) -> &'static Code {
        match self {
            Self::Never => &smoking::NEVER,
            Self::Former => &smoking::FORMER,
            Self::Current => &smoking::EVERY_DAY,
        }
    }
}

/// What a body may have for years; several pathways look at these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    Diabetes,
    Hypertension,
    Hyperlipidemia,
    Asthma,
    Copd,
    Coronary,
    HeartFailure,
    Depression,
    AtrialFibrillation,
    KidneyDisease,
    Alcohol,
    /// The last three have no onset that anybody knows: they are seen as always there.
    Obesity,
    SevereObesity,
    HighCholesterol,
}

impl Condition {
    /// Every condition, by the name that pathways use.
    pub(crate) const ALL: [(&'static str, Self); 14] = [
        ("diabetes", Self::Diabetes),
        ("hypertension", Self::Hypertension),
        ("hyperlipidemia", Self::Hyperlipidemia),
        ("asthma", Self::Asthma),
        ("copd", Self::Copd),
        ("coronary", Self::Coronary),
        ("heart-failure", Self::HeartFailure),
        ("depression", Self::Depression),
        ("atrial-fibrillation", Self::AtrialFibrillation),
        ("kidney-disease", Self::KidneyDisease),
        ("alcohol", Self::Alcohol),
        ("obesity", Self::Obesity),
        ("severe-obesity", Self::SevereObesity),
        ("high-cholesterol", Self::HighCholesterol),
    ];
    /// Those with an onset.
    const DATED: usize = 11;
}

/// Years given for what has no onset.
const ALWAYS_YEARS: f64 = 15.0;

/// The facts about a body that several pathways show.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Health {
    pub(crate) obese: bool,
    pub(crate) severely_obese: bool,
    /// Body mass index as an adult, kg/m2.
    pub(crate) body_mass_index: f64,
    /// Where this body stands among its peers in height, in standard deviations.
    pub(crate) height_z: f64,
    pub(crate) smoking: Smoking,
    /// High blood pressure would come down under treatment.
    pub(crate) controlled: bool,
    pub(crate) high_cholesterol: bool,
    /// Years since each condition began, seen from the recipe's instant; in the order of [`Condition`].
    onsets: [Option<f64>; Condition::DATED],
}

impl Health {
    /// The facts of one person; each disease has its own stream.
    pub(crate) fn draw(person: Key, age: i32, sex: Sex) -> Self {
        let key = person.name("health");
        let mut body = key.name("body").stream();
        let adult = age >= 18;
        let obese = body.chance(share(&OBESITY, age));
        let severely_obese = obese && adult && body.chance(SEVERE_SHARE);
        let smoking = draw_smoking(&mut key.name("smoking").stream(), adult);
        let onset = |name, probability| draw_onset(&mut key.name(name).stream(), probability, age);
        let lean = |more, less| if obese { more } else { less };
        let smoky = |more, less| if smoking == Smoking::Current { more } else { less };
        let high_cholesterol = key.name("cholesterol").stream().chance(share(&HIGH_CHOLESTEROL, age));
        let lipids = if high_cholesterol { 1.0 } else { share(&TREATED_LIPIDS, age) };
        let woman = sex == Sex::Female;
        let sad = if woman { 0.16 } else { 0.10 };
        Self {
            obese,
            severely_obese,
            body_mass_index: draw_body_mass_index(&mut body, obese, severely_obese),
            height_z: body.normal(0.0, 1.0),
            smoking,
            controlled: key.name("controlled").stream().chance(CONTROLLED),
            high_cholesterol,
            onsets: [
                onset("diabetes", share(&DIABETES, age) * lean(1.35, 0.767)),
                onset("hypertension", share(&HYPERTENSION, age) * lean(1.25, 0.833)),
                onset("lipids", lipids),
                onset("asthma", 0.083),
                onset("copd", share(&COPD, age) * smoky(2.5, 0.803)),
                onset("coronary", share(&CORONARY, age)),
                onset("heart-failure", share(&HEART_FAILURE, age)),
                onset("depression", if age >= 12 { sad } else { 0.0 }),
                onset("atrial-fibrillation", share(&ATRIAL_FIBRILLATION, age)),
                onset("kidney-disease", share(&KIDNEY_DISEASE, age)),
                onset("alcohol", share(&ALCOHOL, age) * if woman { 0.7 } else { 1.3 }),
            ],
        }
    }

    /// Years since a condition began, if it has.
    pub(crate) fn years(&self, condition: Condition) -> Option<f64> {
        let always = |has: bool| has.then_some(ALWAYS_YEARS);
        match condition {
            Condition::Obesity => always(self.obese),
            Condition::SevereObesity => always(self.severely_obese),
            Condition::HighCholesterol => always(self.high_cholesterol),
            dated => self.onsets[dated as usize],
        }
    }

    /// When a condition began, if it has.
    pub(crate) fn onset_us(&self, condition: Condition, as_of_us: i64) -> Option<i64> {
        self.years(condition).map(|years| as_of_us - (years * YEAR_US as f64) as i64)
    }

    /// True when a condition was there at an instant.
    pub(crate) fn has_by(&self, condition: Condition, as_of_us: i64, at_us: i64) -> bool {
        self.onset_us(condition, as_of_us).is_some_and(|onset_us| onset_us <= at_us)
    }
}

fn share(shares: &Shares, age: i32) -> f64 {
    shares.iter().find(|(last, _)| age <= *last).map_or(0.0, |band| band.1)
}

/// Years since onset: up to fifteen, and never before the age of two.
fn draw_onset(stream: &mut Stream, probability: f64, age: i32) -> Option<f64> {
    let begun = stream.chance(probability);
    let years = 0.5 + stream.unit() * (f64::from(age) - 2.5).clamp(0.1, 15.0);
    (begun && age >= 3).then_some(years)
}

fn draw_smoking(stream: &mut Stream, adult: bool) -> Smoking {
    let drawn = stream.unit();
    match drawn {
        _ if !adult => Smoking::Never,
        drawn if drawn < SMOKERS => Smoking::Current,
        drawn if drawn < SMOKERS + 0.21 => Smoking::Former,
        _ => Smoking::Never,
    }
}

fn draw_body_mass_index(stream: &mut Stream, obese: bool, severe: bool) -> f64 {
    match (severe, obese) {
        (true, _) => 41.0 + 8.0 * stream.unit(),
        (_, true) => 30.5 + 8.5 * stream.unit(),
        _ => stream.normal(25.0, 2.6).clamp(18.6, 29.2),
    }
}
