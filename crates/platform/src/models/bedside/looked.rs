//! A model that answers, asked about the people who lie in the hospital, for whoever judges it. Nothing is journalled: looking is not
//! a deed.

use ::flow::simulate::Chance;
use ::models::Predictor;
use training::facts::BedsideLooked;

use super::keep::{Deployment, Mode, deployment};
use super::score::{Said, score};
use crate::access::Access;
use crate::lake::{Bedside, Body, Cell};
use crate::models::study::{Registered, StudyError, features_of, ward_sql};
use crate::platform::Platform;

/// Beds that are asked at, of each kind: those of whom what is needed is known, and those of whom it is not.
const ASKED: usize = 5;

/// Somebody who lies in the hospital, as the tables of all have them.
struct Lying {
    patient: String,
    encounter: String,
    is_known: bool,
    risk: Option<f64>,
}

/// What the version of a model that answers says at bedsides that a seed draws, beside what it has for the same people in the
/// newest snapshot. `needs` is the feature without which there should be no risk.
pub(crate) fn looked(
    platform: &Platform,
    access: &Access,
    (name, needs): (&str, &str),
    seed: u64,
) -> Result<BedsideLooked, StudyError> {
    let nothing = |what: String| Ok(BedsideLooked::Nothing(what));
    let Some(deployed) = access.sandbox().view(|view| deployment(view, name))? else {
        return nothing(format!("No version of {name} answers in the chart yet."));
    };
    let model = platform.model(access, name, Some(deployed.version))?;
    let Some(at) = model.record.features.iter().position(|feature| feature == needs) else {
        let has = model.record.features.join(", ");
        return nothing(format!("The version that answers has no feature {needs}, but {has}."));
    };
    let predictor = platform.predictor(access, &model)?;
    let ward = match ward(platform, access, &model, &predictor, at) {
        Err(StudyError::Store(error)) => return Err(error.into()),
        Err(error) => return nothing(format!("The tables of all have no answer: {error}")),
        Ok(ward) => ward,
    };
    let mut drawn: Vec<&Lying> = Vec::new();
    for is_known in [true, false] {
        let mut of: Vec<&Lying> = ward.iter().filter(|one| one.is_known == is_known).collect();
        let mut chance = Chance::new(seed, u64::from(is_known));
        for _ in 0..ASKED.min(of.len()) {
            let nth = (chance.unit() * of.len() as f64) as usize;
            drawn.push(of.swap_remove(nth.min(of.len() - 1)));
        }
    }
    let (mut apart, mut guessed) = (0.0_f64, 0);
    for one in &drawn {
        let told = at_bedside(platform, access, &deployed, one)?;
        apart = apart.max(match (told, one.risk) {
            (Some(told), Some(risk)) => (told - risk).abs(),
            (None, None) => 0.0,
            _ => 1.0,
        });
        guessed += usize::from(!one.is_known && told.is_some());
    }
    let has_card = |one: &&Lying| one.risk.is_some_and(|risk| risk >= deployed.threshold);
    Ok(BedsideLooked::Asked {
        asked: drawn.len(),
        // What two ways of adding the same numbers differ by is nothing.
        apart: if apart < 1e-9 { 0.0 } else { apart },
        unknown: drawn.iter().filter(|one| !one.is_known).count(),
        guessed,
        people: ward.len(),
        carded: if deployed.mode == Mode::Live { ward.iter().filter(has_card).count() } else { 0 },
    })
}

/// What the chart would be told.
fn at_bedside(
    platform: &Platform,
    access: &Access,
    deployed: &Deployment,
    one: &Lying,
) -> Result<Option<f64>, StudyError> {
    let (_, scored) = score(platform, access, deployed, (&one.patient, Some(&one.encounter)))?;
    Ok(match scored.said {
        Said::Risk(risk, _) => Some(risk),
        Said::Incomplete(_) => None,
    })
}

/// Everybody who lies in the hospital, asked of the tables of all at once.
fn ward(
    platform: &Platform,
    access: &Access,
    model: &Registered,
    predictor: &Predictor,
    needed: usize,
) -> Result<Vec<Lying>, StudyError> {
    let (people, features) = ward_sql(&model.record.task, access.virtual_us());
    let ask = |sql: &str, part| Bedside::of_all(platform, access, sql).map_err(StudyError::lake(part));
    let answer = ask(&people, "who lies in the hospital")?;
    let Body::Cells(rows) = &answer.body else { return Ok(Vec::new()) };
    let numbers: Vec<i64> = (1..).take(rows.len()).collect();
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let asked = ask(&features, "the features")?;
    let table = features_of(&asked, &numbers)?.table.columns_of(&predictor.features())?;
    let needs = &model.record.task.needs;
    let risks = predictor.risks(&table)?;
    let lying = |(at, row): (usize, &Vec<Cell>)| {
        let values = table.row(at);
        let is_missing = |(name, value): (&String, &f64)| needs.contains(name) && value.is_nan();
        let is_incomplete = model.record.features.iter().zip(&values).any(is_missing);
        Lying {
            patient: row[0].to_text(),
            encounter: row[1].to_text(),
            is_known: !values[needed].is_nan(),
            risk: (!is_incomplete).then_some(risks[at]),
        }
    };
    Ok(rows.iter().enumerate().map(lying).collect())
}
