use placements::assessments::{Assessment, CHOICES, Form, Gain, Sitting, gain};
use placements::outcomes::{Spread, spread};
use store::records::{AssessmentSitting, Part, Person, Role};

use super::{AssessmentError, assessment, assessments};
use crate::platform::Platform;

/// A form that somebody handed in.
#[derive(Debug, Clone)]
pub struct Told {
    /// Which form it was.
    pub form: Form,
    /// When it was handed in, in microseconds since 1970 UTC.
    pub done_us: i64,
    /// The share that was right, 0 to 1.
    pub share: f64,
    /// The number of the choice for each pair, from 1.
    pub answers: Vec<Option<u8>>,
    /// Whether each was right.
    pub marks: Vec<bool>,
}

/// An assessment as somebody stands to it.
#[derive(Debug, Clone)]
pub struct MyAssessment {
    /// The assessment.
    pub assessment: &'static Assessment,
    /// The first form, once it is handed in.
    pub first: Option<Told>,
    /// The last form.
    pub last: Option<Told>,
}

impl MyAssessment {
    /// The sitting that comes next; nothing when both are over.
    #[must_use]
    pub fn next(&self) -> Option<Sitting> {
        match (&self.first, &self.last) {
            (None, _) => Some(Sitting::First),
            (Some(_), None) => Some(Sitting::Last),
            (Some(_), Some(_)) => None,
        }
    }
}

/// What a cohort learned by one assessment.
#[derive(Debug, Clone)]
pub struct Learned {
    /// The assessment.
    pub assessment: &'static Assessment,
    /// How many handed in the first form.
    pub first: usize,
    /// Among those who handed in both: what changed.
    pub gain: Option<Gain>,
    /// What each form was worth the first time: alike, if the forms are.
    pub forms: [Option<Spread>; 2],
}

impl Platform {
    /// Every assessment, as somebody stands to it.
    ///
    /// # Errors
    /// From the store.
    pub fn my_assessments(&self, person: &Person) -> Result<Vec<MyAssessment>, AssessmentError> {
        let sat = self.records.sitting_list_of(&person.id)?;
        Ok(assessments().iter().map(|one| mine(one, &sat)).collect())
    }

    /// One assessment, as somebody stands to it.
    ///
    /// # Errors
    /// [`AssessmentError::Missing`] if there is none.
    pub fn my_assessment(&self, person: &Person, id: &str) -> Result<MyAssessment, AssessmentError> {
        let one = assessment(id).ok_or_else(|| AssessmentError::Missing(id.to_owned()))?;
        Ok(mine(one, &self.records.sitting_list_of(&person.id)?))
    }

    /// Hands a form in: the number of a choice for each pair, from 1. It is marked at once, and stays.
    ///
    /// # Errors
    /// [`AssessmentError::NotLearner`], [`AssessmentError::FirstComesFirst`], [`AssessmentError::Invalid`] for a choice that there is not;
    /// a conflict if this sitting was handed in before.
    pub fn hand_in(
        &self,
        person: &Person,
        (id, sitting): (&str, Sitting),
        answers: &[Option<u8>],
    ) -> Result<(), AssessmentError> {
        if person.role != Role::Learner {
            return Err(AssessmentError::NotLearner);
        }
        let mine = self.my_assessment(person, id)?;
        let one = mine.assessment;
        if sitting == Sitting::Last && mine.first.is_none() {
            return Err(AssessmentError::FirstComesFirst);
        }
        let is_choice = |choice: u8| (1..=CHOICES).contains(&usize::from(choice));
        if answers.len() != one.pairs.len() || answers.iter().flatten().any(|choice| !is_choice(*choice)) {
            let what =
                format!("answer {} questions, each with a choice from 1 to {CHOICES}", one.pairs.len());
            return Err(AssessmentError::Invalid(what));
        }
        let form = one.form_of(person.id.as_str(), sitting);
        Ok(self.records.sitting_add(&AssessmentSitting {
            person: person.id.clone(),
            assessment: one.id.clone(),
            sitting: sitting.word().to_owned(),
            version: one.version.clone(),
            form: form.word().to_owned(),
            answers: answers.to_vec(),
            marks: one.marked(form, answers),
            done_us: self.clock.now_us(),
        })?)
    }

    /// What a cohort learned, by each assessment.
    ///
    /// # Errors
    /// As [`Platform::cohort_matrix`].
    pub fn cohort_learned(&self, instructor: &Person, id: &str) -> Result<Vec<Learned>, AssessmentError> {
        self.cohort_here(instructor, id)?;
        let mut stands = Vec::new();
        for member in self.records.enrolment_list(id)? {
            if member.part == Part::Learner {
                stands.push(self.my_assessments(&member.person)?);
            }
        }
        let learned = |(at, assessment): (usize, &'static Assessment)| {
            let mut firsts: [Vec<f64>; 2] = Default::default();
            let mut both = Vec::new();
            for one in stands.iter().map(|all| &all[at]) {
                let Some(first) = &one.first else { continue };
                firsts[usize::from(first.form == Form::B)].push(first.share);
                both.extend(one.last.as_ref().map(|last| (first.share, last.share)));
            }
            let first = firsts.iter().map(Vec::len).sum();
            Learned { assessment, first, gain: gain(&both), forms: firsts.map(|shares| spread(&shares)) }
        };
        Ok(assessments().iter().enumerate().map(learned).collect())
    }
}

fn mine(assessment: &'static Assessment, sat: &[AssessmentSitting]) -> MyAssessment {
    let told = |sitting: Sitting| {
        let of = |one: &&AssessmentSitting| one.assessment == assessment.id && one.sitting == sitting.word();
        let one = sat.iter().find(of)?;
        let right = one.marks.iter().filter(|right| **right).count();
        Some(Told {
            form: Form::from_word(&one.form)?,
            done_us: one.done_us,
            share: right as f64 / one.marks.len().max(1) as f64,
            answers: one.answers.clone(),
            marks: one.marks.clone(),
        })
    };
    MyAssessment { assessment, first: told(Sitting::First), last: told(Sitting::Last) }
}
