use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::day;
use super::fault::{PaperFault, too_little};
use crate::breach::{
    Assessment, Decision, Discovery, Exception, Factor, Incident, Law, Protection, decide, discovered,
};

/// What somebody concluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Conclusion {
    /// It has to be told.
    Breach,
    /// It has not.
    NoBreach,
}

/// One factor, weighed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeighedFactor {
    /// Whether it speaks for a low probability that the information was compromised.
    pub low: bool,
    /// Why.
    pub why: String,
    /// The journal entries it rests on.
    #[serde(default)]
    pub evidence: Vec<i64>,
}

/// The four factors of 164.402, in its order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Factors {
    /// Nature and extent of the information, with identifiers and the likelihood of re-identification.
    pub nature: WeighedFactor,
    /// The unauthorized person who used it or to whom it was disclosed.
    pub recipient: WeighedFactor,
    /// Whether it was actually acquired or viewed.
    pub acquired: WeighedFactor,
    /// How far the risk has been mitigated.
    pub mitigation: WeighedFactor,
}

impl Factors {
    /// Each with its name.
    #[must_use]
    pub fn each(&self) -> [(&'static str, &WeighedFactor); 4] {
        [
            ("nature", &self.nature),
            ("recipient", &self.recipient),
            ("acquired", &self.acquired),
            ("mitigation", &self.mitigation),
        ]
    }

    fn weighed(&self) -> Assessment {
        let one = |factor: &WeighedFactor| Factor { low: factor.low, evidence: factor.evidence.clone() };
        Assessment {
            nature: one(&self.nature),
            recipient: one(&self.recipient),
            acquired: one(&self.acquired),
            mitigation: one(&self.mitigation),
        }
    }
}

/// Whether an incident is a breach, with all that the answer rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssessmentForm {
    /// What the incident is called.
    pub title: String,
    /// The case whose evidence is cited.
    pub case: String,
    /// When it happened, if that is known.
    #[serde(default, with = "day::option")]
    pub happened_on: Option<Date>,
    /// When somebody here knew of it.
    #[serde(with = "day")]
    pub known_on: Date,
    /// When reasonable diligence would have shown it, if that was earlier.
    #[serde(default, with = "day::option")]
    pub could_have_known_on: Option<Date>,
    /// When an agent of the hospital knew of it, if that was earlier.
    #[serde(default, with = "day::option")]
    pub agent_knew_on: Option<Date>,
    /// Whether protected health information was acquired, accessed, used or disclosed.
    pub involves_phi: bool,
    /// Whether the Privacy Rule permitted it.
    pub permitted: bool,
    /// How the information was protected.
    pub protection: Protection,
    /// The exception that is claimed.
    #[serde(default)]
    pub exception: Option<Exception>,
    /// The four factors, if they were weighed.
    #[serde(default)]
    pub factors: Option<Factors>,
    /// The people concerned, as `Patient/ID`.
    #[serde(default)]
    pub people: Vec<String>,
    /// What follows.
    pub conclusion: Conclusion,
}

impl AssessmentForm {
    /// What the rule makes of what the form says.
    #[must_use]
    pub fn decision(&self, law: &Law) -> Decision {
        let incident = Incident {
            involves_phi: self.involves_phi,
            permitted: self.permitted,
            protection: self.protection,
            exception: self.exception,
            assessment: self.factors.as_ref().map(Factors::weighed),
        };
        decide(&incident, law)
    }

    /// The day it counts as discovered.
    #[must_use]
    pub fn discovered_on(&self) -> Date {
        discovered(&self.discovery())
    }

    /// When who knew.
    #[must_use]
    pub fn discovery(&self) -> Discovery {
        let (could_have_known, agent_knew) = (self.could_have_known_on, self.agent_knew_on);
        Discovery { known: self.known_on, could_have_known, agent_knew }
    }

    /// What is missing, or does not follow from what the form itself says. `pinned` are the entries that are evidence of
    /// the case; `today` is the hospital's day.
    #[must_use]
    pub fn check(&self, pinned: &BTreeSet<i64>, today: Date, law: &Law) -> Vec<PaperFault> {
        let section = law.assessment.section.as_str();
        let mut faults: Vec<PaperFault> = Vec::new();
        for (name, factor) in self.factors.iter().flat_map(Factors::each) {
            faults.extend(too_little(name, &factor.why, section));
            for entry in factor.evidence.iter().filter(|entry| !pinned.contains(entry)) {
                let what = format!("cites entry {entry}, which is not pinned to {}", self.case);
                faults.push(PaperFault::new(name, what, &law.records.section));
            }
            if factor.evidence.is_empty() {
                faults.push(PaperFault::new(name, "rests on nothing: cite an entry", &law.records.section));
            }
        }
        let decision = self.decision(law);
        if decision.breach != (self.conclusion == Conclusion::Breach) {
            let what = format!("does not follow: {}", decision.because);
            faults.push(PaperFault::new("conclusion", what, &decision.section));
        }
        if self.conclusion == Conclusion::Breach && self.people.is_empty() {
            faults.push(PaperFault::new(
                "people",
                "names nobody who has to be told",
                &law.individuals.section,
            ));
        }
        if self.known_on > today {
            faults.push(PaperFault::new("known_on", "lies in the future", &law.discovery.section));
        }
        if self.happened_on.is_some_and(|happened| happened > self.discovered_on()) {
            faults.push(PaperFault::new("happened_on", "is after the discovery", &law.discovery.section));
        }
        faults
    }
}
