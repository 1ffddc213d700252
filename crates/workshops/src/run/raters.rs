use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::act::Mark;
use super::event::What;

/// Who rates a team, and how they do. Neither sees what the other handed in before both have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raters {
    /// The two, by id.
    pub pair: Option<[String; 2]>,
    /// What was handed in, by rater and behaviour.
    pub sheets: BTreeMap<String, BTreeMap<String, Mark>>,
    /// What was proposed where their marks are far apart, by behaviour.
    pub settled: BTreeMap<String, Settled>,
}

/// What two marks that are far apart come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// Which level it is.
    pub level: usize,
    /// Why.
    pub why: String,
    /// Which rater proposed it.
    pub by: String,
    /// Whether the other agreed.
    pub agreed: bool,
}

/// Marks that are so many levels apart are talked about.
pub(crate) const FAR: usize = 2;

impl Raters {
    /// Whether somebody is one of the two.
    #[must_use]
    pub fn has(&self, who: &str) -> bool {
        self.pair.as_ref().is_some_and(|pair| pair.iter().any(|one| one == who))
    }

    /// Whether somebody has handed in.
    #[must_use]
    pub fn is_in(&self, who: &str) -> bool {
        self.sheets.contains_key(who)
    }

    /// What the two handed in, in their order; nothing until both have.
    #[must_use]
    pub fn both(&self) -> Option<[&BTreeMap<String, Mark>; 2]> {
        let [first, second] = self.pair.as_ref()?;
        Some([self.sheets.get(first)?, self.sheets.get(second)?])
    }

    /// How many levels the two are apart in a behaviour; nothing until both are in, or where one of them could not see it.
    #[must_use]
    pub fn apart(&self, behaviour: &str) -> Option<usize> {
        let [first, second] = self.both()?.map(|sheet| sheet.get(behaviour).and_then(|mark| mark.level));
        Some(first?.abs_diff(second?))
    }

    pub(super) fn apply(&mut self, what: &What) {
        match what {
            What::RatersNamed { pair } => self.pair = Some(pair.clone()),
            What::Rated { who, marks } => drop(self.sheets.insert(who.clone(), marks.clone())),
            What::Settled { who, behaviour, level, why } => {
                let settled = Settled { level: *level, why: why.clone(), by: who.clone(), agreed: false };
                self.settled.insert(behaviour.clone(), settled);
            }
            What::Agreed { behaviour } => {
                if let Some(settled) = self.settled.get_mut(behaviour) {
                    settled.agreed = true;
                }
            }
            _ => {}
        }
    }
}
