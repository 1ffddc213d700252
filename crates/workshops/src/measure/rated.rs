use schemars::JsonSchema;
use serde::Serialize;

use super::agreement::{Agreement, agreement};
use crate::model::{Behaviour, Case};
use crate::run::{FAR, Mark, Run};

/// How two raters saw a team, beside each other.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Rated {
    /// What the two are called.
    pub raters: [String; 2],
    /// Each behaviour of the rubric, in its order.
    pub behaviours: Vec<RatedBehaviour>,
    /// How far they agree, as they marked before either had seen the other's.
    pub agreement: Agreement,
}

/// How two raters saw a team in one behaviour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RatedBehaviour {
    /// Its slug.
    pub behaviour: String,
    /// What it is called.
    pub title: String,
    /// The two marks.
    pub marks: [Mark; 2],
    /// How many levels they are apart, where both could see it.
    pub apart: Option<usize>,
    /// Whether they are so far apart that the two have to settle it.
    pub far: bool,
    /// What was proposed where they are far apart.
    pub settled: Option<SettledAs>,
    /// What a team does at the level that stands: both marks', or what was settled; nothing while it is open.
    pub says: Option<String>,
}

/// What two marks that are far apart come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SettledAs {
    /// Which level it is.
    pub level: usize,
    /// Why.
    pub why: String,
    /// Who proposed it, by name.
    pub by: String,
    /// Whether the other agreed.
    pub agreed: bool,
}

/// How the two raters of a team saw it; nothing until both have handed in.
#[must_use]
pub fn rated(case: &Case, run: &Run) -> Option<Rated> {
    let (pair, sheets) = (run.raters.pair.as_ref()?, run.raters.both()?);
    let name = |who: &String| run.members.get(who).map_or_else(|| who.clone(), |member| member.name.clone());
    let behaviours: Vec<RatedBehaviour> = case
        .rubric
        .behaviours
        .iter()
        .map(|behaviour| {
            let marks = sheets.map(|sheet| sheet.get(&behaviour.id).cloned().unwrap_or_default());
            beside(run, behaviour, marks, &name)
        })
        .collect();
    let pairs = behaviours.iter().filter_map(|one| Some((one.marks[0].level?, one.marks[1].level?)));
    let agreement = agreement(&pairs.collect::<Vec<_>>());
    Some(Rated { raters: [name(&pair[0]), name(&pair[1])], behaviours, agreement })
}

fn beside(
    run: &Run,
    behaviour: &Behaviour,
    marks: [Mark; 2],
    name: &impl Fn(&String) -> String,
) -> RatedBehaviour {
    let apart = run.raters.apart(&behaviour.id);
    let settled = run.raters.settled.get(&behaviour.id).map(|settled| SettledAs {
        level: settled.level,
        why: settled.why.clone(),
        by: name(&settled.by),
        agreed: settled.agreed,
    });
    let stands = match apart {
        Some(0) => marks[0].level,
        _ => settled.as_ref().filter(|settled| settled.agreed).map(|settled| settled.level),
    };
    RatedBehaviour {
        behaviour: behaviour.id.clone(),
        title: behaviour.title.clone(),
        far: apart.is_some_and(|apart| apart >= FAR),
        says: stands.and_then(|level| behaviour.levels.get(level - 1)).cloned(),
        marks,
        apart,
        settled,
    }
}

impl RatedBehaviour {
    /// What stands after all, in words such as `2`, `2 to 3` or `1 and 4, open`.
    #[must_use]
    pub fn stands(&self) -> String {
        let settled = self.settled.as_ref().filter(|settled| settled.agreed);
        match (self.marks[0].level, self.marks[1].level, settled) {
            (_, _, Some(settled)) => format!("{}, settled", settled.level),
            (Some(one), Some(other), None) if one == other => one.to_string(),
            (Some(one), Some(other), None) if self.far => format!("{one} and {other}, open"),
            (Some(one), Some(other), None) => format!("{} to {}", one.min(other), one.max(other)),
            (Some(level), None, None) | (None, Some(level), None) => format!("{level}, seen by one"),
            (None, None, None) => "not seen".to_owned(),
        }
    }
}
