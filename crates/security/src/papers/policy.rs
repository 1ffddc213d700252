use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::day;
use super::fault::{PaperFault, too_little};
use super::risk::Measured;

/// Where it stands that whoever carries a policy out can read it.
const AVAILABLE: &str = "164.316(b)(2)(ii)";
/// Where it stands that it is looked at again.
const REVIEWED: &str = "164.316(b)(2)(iii), 164.530(i)(2)";
/// Where it stands how long it is kept.
const KEPT: &str = "164.316(b)(2)(i), 164.530(j)(2)";

/// Something a hospital has to have a policy about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Its name in forms.
    pub id: String,
    /// The section that asks for it.
    pub section: String,
    /// What it is called.
    pub title: String,
    /// What a policy about it has to settle, in our words.
    pub settles: String,
    /// The measurement that tells whether the hospital does what a policy says; none, where only people can.
    #[serde(default)]
    pub practice: Option<String>,
}

/// All topics, as a dated file has them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topics {
    /// What the file is called.
    pub title: String,
    /// When the public text was last compared.
    #[serde(with = "day")]
    pub read: Date,
    /// For how many years a policy is kept after it was last in force.
    pub keep_years: i32,
    /// The topics.
    #[serde(rename = "policy")]
    pub topics: Vec<Topic>,
}

impl Topics {
    /// Reads the file.
    ///
    /// # Errors
    /// With the place in the file.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    /// The topic of that name.
    #[must_use]
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }
}

/// A policy with its procedure, written down (164.316, 164.530(i)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyForm {
    /// What it is about, as [`Topics`] name it.
    pub topic: String,
    /// What holds, for whom.
    pub rule: String,
    /// Who does what, and when.
    pub procedure: String,
    /// By what anybody can see afterwards that it was kept.
    pub evidence: String,
    /// The role that carries it out.
    pub role: String,
    /// From when on it holds.
    #[serde(with = "day")]
    pub in_force_on: Date,
    /// When it is looked at again at the latest.
    #[serde(with = "day")]
    pub review_on: Date,
    /// The first day on which it may be thrown away.
    #[serde(with = "day")]
    pub keep_until: Date,
}

impl PolicyForm {
    /// What it lacks, and where the hospital does not do what it says: a policy that is in force is held against what was
    /// measured. `roles` are those the hospital has.
    #[must_use]
    pub fn check(
        &self,
        known: &Topics,
        roles: &BTreeSet<String>,
        measured: &[Measured],
        today: Date,
    ) -> Vec<PaperFault> {
        let Some(topic) = known.topic(&self.topic) else {
            let all: Vec<&str> = known.topics.iter().map(|topic| topic.id.as_str()).collect();
            let what = format!("is none that the rules ask about; they ask about {}", all.join(", "));
            return vec![PaperFault::new("topic", what, "164.316(a), 164.530(i)(1)")];
        };
        let mut faults = Vec::new();
        for (part, text) in
            [("rule", &self.rule), ("procedure", &self.procedure), ("evidence", &self.evidence)]
        {
            faults.extend(too_little(part, text, &topic.section));
        }
        if !roles.contains(&self.role) {
            let all: Vec<&str> = roles.iter().map(String::as_str).collect();
            let what = format!("nobody here is a {}; the roles are {}", self.role, all.join(", "));
            faults.push(PaperFault::new("role", what, AVAILABLE));
        }
        if self.review_on <= self.in_force_on.max(today) {
            faults.push(PaperFault::new(
                "review_on",
                "has to lie ahead, after it comes into force",
                REVIEWED,
            ));
        }
        // In force until it is looked at again, and perhaps longer: never thrown away before this.
        let first = self.review_on.max(self.in_force_on).saturating_add(known.keep_years.years());
        if self.keep_until < first {
            let years = known.keep_years;
            let what = format!("{years} years after it was last in force, which is not before {first}");
            faults.push(PaperFault::new("keep_until", what, KEPT));
        }
        let practice = measured.iter().find(|one| topic.practice.as_deref() == Some(one.id));
        if let Some(practice) = practice.filter(|one| self.in_force_on <= today && !one.holds) {
            let since = self.in_force_on;
            let what = format!("is in force since {since}, but the hospital shows: {}", practice.seen);
            faults.push(PaperFault::new("rule", what, &topic.section));
        }
        faults
    }
}
