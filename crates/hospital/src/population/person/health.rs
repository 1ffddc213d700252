//! What is true of a body.

use super::Sex;
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

/// The facts about a body that several pathways show.
///
/// A chronic disease is the count of years since it began, seen from the recipe's instant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Health {
    pub(crate) obese: bool,
    pub(crate) severely_obese: bool,
    /// Body mass index as an adult, kg/m2.
    pub(crate) body_mass_index: f64,
    /// Where this body stands among its peers in height, in standard deviations.
    pub(crate) height_z: f64,
    pub(crate) smoking: Smoking,
    pub(crate) diabetes: Option<f64>,
    pub(crate) hypertension: Option<f64>,
    pub(crate) controlled: bool,
    pub(crate) high_cholesterol: bool,
    pub(crate) hyperlipidemia: Option<f64>,
    pub(crate) asthma: Option<f64>,
    pub(crate) copd: Option<f64>,
    pub(crate) coronary: Option<f64>,
    pub(crate) heart_failure: Option<f64>,
    pub(crate) depression: Option<f64>,
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
        let sad = if sex == Sex::Female { 0.16 } else { 0.10 };
        Self {
            obese,
            severely_obese,
            body_mass_index: draw_body_mass_index(&mut body, obese, severely_obese),
            height_z: body.normal(0.0, 1.0),
            smoking,
            diabetes: onset("diabetes", share(&DIABETES, age) * lean(1.35, 0.767)),
            hypertension: onset("hypertension", share(&HYPERTENSION, age) * lean(1.25, 0.833)),
            controlled: key.name("controlled").stream().chance(CONTROLLED),
            high_cholesterol,
            hyperlipidemia: onset("lipids", lipids),
            asthma: onset("asthma", 0.08),
            copd: onset("copd", share(&COPD, age) * smoky(2.5, 0.803)),
            coronary: onset("coronary", share(&CORONARY, age)),
            heart_failure: onset("heart-failure", share(&HEART_FAILURE, age)),
            depression: onset("depression", if age >= 12 { sad } else { 0.0 }),
        }
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
