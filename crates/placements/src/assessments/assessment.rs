use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::record::day;

/// How many choices an item has.
pub const CHOICES: usize = 4;
/// Fewer pairs tell too little.
const PAIRS_MIN: usize = 8;

/// One of the two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// The one whose items stand first in the file.
    A,
    /// The other.
    B,
}

impl Form {
    /// The word in tables and addresses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
        }
    }

    /// The form behind a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::A, Self::B].into_iter().find(|form| form.word() == word)
    }

    /// The one that this is not.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

/// When a form is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sitting {
    /// Before anything was learned here.
    First,
    /// At the end.
    Last,
}

impl Sitting {
    /// The word in tables and addresses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Last => "last",
        }
    }

    /// The sitting behind a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::First, Self::Last].into_iter().find(|sitting| sitting.word() == word)
    }
}

/// Two matched forms.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// Its id, which is the name of its file.
    pub id: String,
    /// Its version, as of software.
    pub version: String,
    /// What it is called.
    pub title: String,
    /// What it is for, to who takes it.
    pub about: String,
    /// How many minutes a form takes.
    pub minutes: u32,
    /// When its facts were last checked.
    #[serde(with = "day")]
    pub checked: Date,
    /// The items, two that match at a time.
    #[serde(rename = "pair")]
    pub pairs: Vec<Pair>,
}

/// Two items that ask for the same at the same difficulty.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// Its id.
    pub id: String,
    /// The competency it is about.
    pub competency: String,
    /// What both ask for, in a sentence.
    pub asks: String,
    /// The item of form A.
    pub a: Item,
    /// The item of form B.
    pub b: Item,
}

/// A question with four choices.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// A situation and a question.
    pub ask: String,
    /// What may be chosen.
    pub choices: Vec<String>,
    /// Which one is right, from 1.
    pub right: u8,
    /// Why, for afterwards.
    pub because: String,
}

impl Pair {
    /// The item of a form.
    #[must_use]
    pub fn item(&self, form: Form) -> &Item {
        match form {
            Form::A => &self.a,
            Form::B => &self.b,
        }
    }
}

impl Assessment {
    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if read.pairs.len() < PAIRS_MIN {
            return Err(format!("{} pairs tell too little; write {PAIRS_MIN} or more", read.pairs.len()));
        }
        let mut ids = BTreeSet::new();
        for pair in &read.pairs {
            if !ids.insert(&pair.id) {
                return Err(format!("there are two pairs `{}`; give each an id of its own", pair.id));
            }
            for (form, item) in [("a", &pair.a), ("b", &pair.b)] {
                let distinct: BTreeSet<&String> = item.choices.iter().collect();
                if distinct.len() != CHOICES || item.choices.len() != CHOICES {
                    return Err(format!("`{}`, {form}: write {CHOICES} choices that differ", pair.id));
                }
                if !(1..=CHOICES).contains(&usize::from(item.right)) {
                    return Err(format!(
                        "`{}`, {form}: `right` is the number of a choice, 1 to {CHOICES}",
                        pair.id
                    ));
                }
            }
        }
        Ok(read)
    }

    /// The form that somebody takes at a sitting: drawn for each person, and the other one the second time.
    #[must_use]
    pub fn form_of(&self, person: &str, sitting: Sitting) -> Form {
        let drawn = Sha256::digest(format!("{}\n{person}", self.id).as_bytes());
        let first = if drawn[0] % 2 == 0 { Form::A } else { Form::B };
        match sitting {
            Sitting::First => first,
            Sitting::Last => first.other(),
        }
    }

    /// Which answers are right; a choice that was not made is not. Answers are numbers from 1, in the order of the pairs.
    #[must_use]
    pub fn marked(&self, form: Form, answers: &[Option<u8>]) -> Vec<bool> {
        let answer = |at: usize| answers.get(at).copied().flatten();
        self.pairs.iter().enumerate().map(|(at, pair)| answer(at) == Some(pair.item(form).right)).collect()
    }
}
