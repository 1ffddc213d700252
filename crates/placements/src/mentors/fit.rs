use std::fmt;

use super::sides::{LearnerSide, MentorSide, sides};

/// When somebody can talk, each day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// Minutes east of UTC.
    pub offset_min: i32,
    /// First minute of their day, by their own clock.
    pub from_min: i32,
    /// The minute after the last; below `from_min` if it is after midnight.
    pub until_min: i32,
}

/// Minutes of a day.
const DAY_MIN: i32 = 24 * 60;

/// A quarter of an hour, in which time zones differ at the finest.
const SLOT_MIN: i32 = 15;

/// Such quarters in a day.
const SLOTS: i32 = DAY_MIN / SLOT_MIN;

impl Hours {
    /// Minutes of a day in which both can talk.
    #[must_use]
    pub fn common_min(self, other: Self) -> u32 {
        common_min(self.slots(), other.slots())
    }

    /// The quarters of an hour of a day in UTC that begin within their day, a bit each.
    pub(super) fn slots(self) -> u128 {
        let quarters =
            |minutes: i32| minutes.div_euclid(SLOT_MIN) + i32::from(minutes.rem_euclid(SLOT_MIN) > 0);
        let begins = self.from_min - self.offset_min;
        let ends = begins + (self.until_min - self.from_min).rem_euclid(DAY_MIN);
        let (first, count) = (quarters(begins), quarters(ends) - quarters(begins));
        let run = (1_u128 << count) - 1;
        let shift = first.rem_euclid(SLOTS);
        ((run << shift) | (run >> (SLOTS - shift))) & ((1 << SLOTS) - 1)
    }
}

/// Minutes that two days have in common.
fn common_min(one: u128, other: u128) -> u32 {
    (one & other).count_ones() * SLOT_MIN.unsigned_abs()
}

/// Somebody who looks for a mentor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learner {
    /// Their id.
    pub id: String,
    /// What they want to learn, each from 1 to 3 by how much.
    pub wants: Vec<(String, u8)>,
    /// Languages they can talk in.
    pub languages: Vec<String>,
    /// When they can talk.
    pub hours: Hours,
    /// Mentors they will not be paired with; nobody is told.
    pub not_with: Vec<String>,
}

/// Somebody who mentors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mentor {
    /// Their id.
    pub id: String,
    /// What they can teach, each from 1 to 3 by how well.
    pub skills: Vec<(String, u8)>,
    /// How many more they take.
    pub capacity: u32,
    /// Languages they can talk in.
    pub languages: Vec<String>,
    /// When they can talk.
    pub hours: Hours,
    /// Learners they will not be paired with; nobody is told.
    pub not_with: Vec<String>,
}

/// How much each part of a fit counts. They are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weights {
    /// Whether the mentor is strong where the learner wants to learn.
    pub skill: u32,
    /// Hours of the day in which both can talk, up to four.
    pub hours: u32,
}

impl Default for Weights {
    fn default() -> Self {
        Self { skill: 70, hours: 30 }
    }
}

/// Hours beyond these make a pair no better.
const HOURS_ENOUGH_MIN: u32 = 240;

/// Why two cannot be paired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// One of them does not want it.
    NotWith,
    /// They have no language in common.
    Language,
    /// They have less than an hour of the day in common.
    Hours,
}

/// What a pair is worth, in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// All parts together, 0 to 1,000 for weights that sum to 100.
    pub worth: u32,
    /// What the mentor can teach of what the learner wants, 0 to 100.
    pub skill: u32,
    /// Minutes of the day in which both can talk.
    pub common_min: u32,
    /// A language both talk.
    pub language: String,
    /// What the mentor can teach, strongest want first.
    pub teaches: Vec<String>,
}

impl fmt::Display for Fit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.teaches.as_slice() {
            [] => f.write_str("teaches none of what is wanted")?,
            teaches => write!(f, "can teach {}", teaches.join(", "))?,
        }
        let (hours, minutes) = (self.common_min / 60, self.common_min % 60);
        write!(f, "; {hours} h {minutes:02} min a day in common; both talk {}", self.language)
    }
}

/// What a pair would be worth, or why it cannot be.
///
/// # Errors
/// The first obstacle.
pub fn fit(learner: &Learner, mentor: &Mentor, weights: Weights) -> Result<Fit, Obstacle> {
    let (learners, mentors) = sides(std::slice::from_ref(learner), std::slice::from_ref(mentor));
    let parts = parts(&learners[0], &mentors[0])?;
    let strength =
        |wanted: &str| mentor.skills.iter().find(|(skill, _)| skill == wanted).map_or(0, |(_, how)| *how);
    let mut teaches: Vec<(u8, &String)> = learner
        .wants
        .iter()
        .filter(|(wanted, _)| strength(wanted) > 0)
        .map(|(wanted, need)| (u8::MAX - need, wanted))
        .collect();
    teaches.sort();
    Ok(Fit {
        worth: parts.worth(weights),
        skill: parts.skill,
        common_min: parts.common_min,
        language: learner.languages[parts.language].clone(),
        teaches: teaches.into_iter().map(|(_, skill)| skill.clone()).collect(),
    })
}

/// What a pair would be worth; none if it cannot be.
pub(super) fn worth(learner: &LearnerSide<'_>, mentor: &MentorSide<'_>, weights: Weights) -> Option<u32> {
    Some(parts(learner, mentor).ok()?.worth(weights))
}

struct Parts {
    skill: u32,
    common_min: u32,
    /// Which of the learner's languages.
    language: usize,
}

impl Parts {
    fn worth(&self, weights: Weights) -> u32 {
        let hours = self.common_min.min(HOURS_ENOUGH_MIN) * 100 / HOURS_ENOUGH_MIN;
        (weights.skill * self.skill + weights.hours * hours) / 10
    }
}

fn parts(learner: &LearnerSide<'_>, mentor: &MentorSide<'_>) -> Result<Parts, Obstacle> {
    let (who, whom) = (learner.learner, mentor.mentor);
    if who.not_with.contains(&whom.id) || whom.not_with.contains(&who.id) {
        return Err(Obstacle::NotWith);
    }
    let language = learner.languages.iter().position(|language| mentor.languages[*language]);
    let language = language.ok_or(Obstacle::Language)?;
    let common_min = common_min(learner.slots, mentor.slots);
    if common_min < 60 {
        return Err(Obstacle::Hours);
    }
    let met: u32 = learner.wants.iter().map(|(skill, need)| need * mentor.strengths[*skill]).sum();
    Ok(Parts { skill: met * 100 / learner.all.max(1), common_min, language })
}
