use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Exchange, Group, Kit, Outcome, Test, roll_up};

/// A run, as far as it has come: everything a report needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The kit.
    pub kit: String,
    /// The title of the kit.
    pub title: String,
    /// The standard it goes by.
    pub standard: String,
    /// When it began, in microseconds since 1970 UTC.
    pub began_us: i64,
    /// When it ended.
    pub ended_us: Option<i64>,
    /// What it was told; secrets are masked.
    pub inputs: BTreeMap<String, String>,
    /// The groups.
    pub groups: Vec<Node>,
    /// Every exchange, in its order.
    pub exchanges: Vec<Exchange>,
}

/// A group or test of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// The id it has in the kit.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Why it matters.
    pub about: String,
    /// Whether its failure leaves the whole as it is.
    pub optional: bool,
    /// What became of it; none before it begins.
    pub outcome: Option<Outcome>,
    /// Why, in a sentence or two; empty where there is nothing to say.
    pub message: String,
    /// What was noticed on the way.
    pub notes: Vec<Note>,
    /// Elements or steps that were looked for and never seen.
    pub unseen: Vec<String>,
    /// Requirements it looks at.
    pub requirements: Vec<String>,
    /// Numbers of the exchanges it rests on.
    pub exchanges: Vec<usize>,
    /// What it found for later tests.
    pub outputs: BTreeMap<String, String>,
    /// True of a group.
    pub is_group: bool,
    /// What is in a group.
    pub children: Vec<Node>,
}

/// Something noticed in a test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// How grave it is.
    pub weight: Weight,
    /// What it is.
    pub text: String,
}

/// How grave a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// Against the standard.
    Error,
    /// Odd.
    Warning,
    /// Good to know.
    Information,
}

impl Record {
    /// Of a kit that has not begun.
    pub fn of(kit: &Kit, inputs: BTreeMap<String, String>, began_us: i64) -> Self {
        Self {
            kit: kit.id.to_owned(),
            title: kit.title.to_owned(),
            standard: kit.standard.to_owned(),
            began_us,
            ended_us: None,
            inputs,
            groups: kit.groups.iter().map(Node::of_group).collect(),
            exchanges: Vec::new(),
        }
    }

    /// What became of the whole; none before it begins.
    pub fn outcome(&self) -> Option<Outcome> {
        roll_up(self.groups.iter().map(|group| (group.outcome, group.optional)))
    }

    /// All tests in their order.
    pub fn tests(&self) -> Vec<&Node> {
        self.groups.iter().flat_map(Node::tests).collect()
    }

    /// The group or test with this id.
    pub fn find(&self, id: &str) -> Option<&Node> {
        self.groups.iter().find_map(|group| group.find(id))
    }

    /// How many tests there are of each outcome, the gravest first; those not begun count as none.
    pub fn counts(&self) -> Vec<(Outcome, usize)> {
        let tests = self.tests();
        let count = |outcome| tests.iter().filter(|test| test.outcome == Some(outcome)).count();
        Outcome::ALL.into_iter().map(|outcome| (outcome, count(outcome))).filter(|(_, n)| *n > 0).collect()
    }

    /// Changes a test, and rolls the groups above it up again.
    pub(crate) fn change(&mut self, id: &str, change: impl FnOnce(&mut Node)) {
        let mut change = Some(change);
        for group in &mut self.groups {
            if group.change(id, &mut change) {
                return;
            }
        }
    }
}

impl Node {
    fn of_group(group: &Group) -> Self {
        let tests = group.tests.iter().map(Node::of_test);
        Self {
            id: group.id.clone(),
            title: group.title.clone(),
            about: group.about.clone(),
            optional: group.optional,
            is_group: true,
            children: tests.chain(group.groups.iter().map(Node::of_group)).collect(),
            ..Self::default()
        }
    }

    fn of_test(test: &Test) -> Self {
        Self {
            id: test.id.clone(),
            title: test.title.clone(),
            about: test.about.clone(),
            optional: test.optional,
            requirements: test.requirements.iter().map(|&id| id.to_owned()).collect(),
            ..Self::default()
        }
    }

    /// All tests in and below it.
    pub fn tests(&self) -> Vec<&Node> {
        match self.is_group {
            true => self.children.iter().flat_map(Node::tests).collect(),
            false => vec![self],
        }
    }

    fn find(&self, id: &str) -> Option<&Node> {
        if self.id == id {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.find(id))
    }

    fn change<F: FnOnce(&mut Node)>(&mut self, id: &str, change: &mut Option<F>) -> bool {
        if self.id == id {
            if let Some(change) = change.take() {
                change(self);
            }
            return true;
        }
        let is_below = self.children.iter_mut().any(|child| child.change(id, change));
        if is_below {
            self.outcome = roll_up(self.children.iter().map(|child| (child.outcome, child.optional)));
        }
        is_below
    }
}
