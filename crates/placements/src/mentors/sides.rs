//! Learners and mentors with numbers for names, since every learner is held against every mentor.

use std::collections::BTreeMap;

use super::{Learner, Mentor};

/// A learner, ready to be compared.
pub(super) struct LearnerSide<'a> {
    pub(super) learner: &'a Learner,
    /// Skills by number, each with by how much it is wanted, 1 to 3.
    pub(super) wants: Vec<(usize, u32)>,
    /// What all wants would come to if they were met in full.
    pub(super) all: u32,
    /// Languages by number, as the learner has them.
    pub(super) languages: Vec<usize>,
    pub(super) slots: u128,
}

/// A mentor, ready to be compared.
pub(super) struct MentorSide<'a> {
    pub(super) mentor: &'a Mentor,
    /// How well each skill can be taught, by its number, 0 to 3.
    pub(super) strengths: Vec<u32>,
    /// Whether each language is spoken, by its number.
    pub(super) languages: Vec<bool>,
    pub(super) slots: u128,
}

/// Names with a number each.
#[derive(Default)]
struct Numbers<'a>(BTreeMap<&'a str, usize>);

impl<'a> Numbers<'a> {
    fn of(&mut self, name: &'a str) -> usize {
        let next = self.0.len();
        *self.0.entry(name).or_insert(next)
    }
}

/// Both sides.
pub(super) fn sides<'a>(
    learners: &'a [Learner],
    mentors: &'a [Mentor],
) -> (Vec<LearnerSide<'a>>, Vec<MentorSide<'a>>) {
    let (mut skills, mut languages) = (Numbers::default(), Numbers::default());
    let learners: Vec<LearnerSide<'a>> = learners
        .iter()
        .map(|learner| {
            let need = |need: u8| u32::from(need.min(3));
            let wants: Vec<(usize, u32)> =
                learner.wants.iter().map(|(skill, how)| (skills.of(skill), need(*how))).collect();
            LearnerSide {
                learner,
                all: wants.iter().map(|(_, need)| need * 3).sum(),
                wants,
                languages: learner.languages.iter().map(|language| languages.of(language)).collect(),
                slots: learner.hours.slots(),
            }
        })
        .collect();
    // What nobody wants and nobody speaks needs no number.
    let mentor = |mentor: &'a Mentor| {
        let mut side = MentorSide {
            mentor,
            strengths: vec![0; skills.0.len()],
            languages: vec![false; languages.0.len()],
            slots: mentor.hours.slots(),
        };
        // The first of a skill that stands twice counts, as it is read.
        for (skill, how) in mentor.skills.iter().rev() {
            if let Some(number) = skills.0.get(skill.as_str()) {
                side.strengths[*number] = u32::from((*how).min(3));
            }
        }
        for language in &mentor.languages {
            if let Some(number) = languages.0.get(language.as_str()) {
                side.languages[*number] = true;
            }
        }
        side
    };
    let mentors = mentors.iter().map(mentor).collect();
    (learners, mentors)
}
