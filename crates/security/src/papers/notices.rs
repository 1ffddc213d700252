use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::day;
use super::fault::PaperFault;
use crate::breach::{Duties, Law, Letter, Recipient, check_letter};

/// What a notice may be held against: the assessment it follows from, and what that assessment owes.
#[derive(Debug, Clone)]
pub struct Owed<'a> {
    /// When it happened, if that is known.
    pub happened_on: Option<Date>,
    /// What is owed.
    pub duties: &'a Duties,
    /// The hospital's day.
    pub today: Date,
}

impl Owed<'_> {
    fn late(&self, part: &str, is: impl Fn(&Recipient) -> bool) -> Option<PaperFault> {
        let notice = self.duties.notices.iter().find(|notice| is(&notice.recipient))?;
        let what = || format!("comes on {}, after the last day, {}", self.today, notice.by);
        (self.today > notice.by).then(|| PaperFault::new(part, what(), &notice.section))
    }
}

/// A letter to one person (164.404).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterForm {
    /// The assessment it follows from.
    pub assessment: String,
    /// To whom, as `Patient/ID`.
    pub patient: String,
    /// What happened, in plain language.
    pub what_happened: String,
    /// When it happened.
    #[serde(default, with = "day::option")]
    pub happened_on: Option<Date>,
    /// When it was discovered.
    #[serde(default, with = "day::option")]
    pub discovered_on: Option<Date>,
    /// The kinds of information involved.
    pub information: String,
    /// What the person can do.
    pub steps: String,
    /// What the hospital is doing.
    pub doing: String,
    /// How to ask.
    pub contact: String,
}

impl LetterForm {
    /// What it lacks of what 164.404(c) asks for, and what must not be in it: anything that names another patient.
    #[must_use]
    pub fn check(&self, owed: &Owed<'_>, others: &[String], law: &Law) -> Vec<PaperFault> {
        let letter = Letter {
            what_happened: self.what_happened.clone(),
            happened_on: self.happened_on,
            discovered_on: self.discovered_on,
            information: self.information.clone(),
            steps: self.steps.clone(),
            doing: self.doing.clone(),
            contact: self.contact.clone(),
        };
        let mut faults = content(&letter, owed, others, law);
        faults.extend(owed.late("the letter", |recipient| *recipient == Recipient::Individuals));
        faults
    }
}

fn content(letter: &Letter, owed: &Owed<'_>, others: &[String], law: &Law) -> Vec<PaperFault> {
    let found = check_letter(letter, owed.duties.discovered, others);
    let mut faults: Vec<PaperFault> = found
        .iter()
        .map(|fault| PaperFault::new(fault.part, fault.what.clone(), &law.content.section))
        .collect();
    if owed.happened_on.is_some() && letter.happened_on != owed.happened_on {
        let what = "does not give the day of the breach as the assessment has it";
        faults.push(PaperFault::new("what happened", what, &law.content.section));
    }
    faults
}

/// How the Secretary of Health and Human Services is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Route {
    /// Together with the notice to individuals.
    AtOnce,
    /// With the log of the year's smaller breaches.
    Log,
}

/// The notice to the Secretary, or the line of the log (164.408).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecretaryForm {
    /// The assessment it follows from.
    pub assessment: String,
    /// How.
    pub route: Route,
    /// How many different people are concerned.
    pub individuals: usize,
    /// The last day by which it has to be sent.
    #[serde(with = "day")]
    pub due_on: Date,
}

impl SecretaryForm {
    /// What does not fit the assessment.
    #[must_use]
    pub fn check(&self, owed: &Owed<'_>, law: &Law) -> Vec<PaperFault> {
        let section = law.secretary.section.as_str();
        let mut faults = Vec::new();
        if self.individuals != owed.duties.people {
            let what =
                format!("the assessment concerns {} people, not {}", owed.duties.people, self.individuals);
            faults.push(PaperFault::new("individuals", what, section));
        }
        let recipient = match self.route {
            Route::AtOnce => Recipient::Secretary,
            Route::Log => Recipient::SecretaryByLog,
        };
        match owed.duties.notices.iter().find(|notice| notice.recipient == recipient) {
            None => faults.push(PaperFault::new("route", "is not the one for so many people", section)),
            Some(notice) if notice.by != self.due_on => {
                faults.push(PaperFault::new("due_on", "is not the last day", section));
            }
            Some(_) => faults.extend(owed.late("the notice", |one| *one == recipient)),
        }
        faults
    }
}

/// The notice to prominent media of a state (164.406). Its content is that of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MediaForm {
    /// The assessment it follows from.
    pub assessment: String,
    /// The state or jurisdiction.
    pub state: String,
    /// What happened.
    pub what_happened: String,
    /// When it happened.
    #[serde(default, with = "day::option")]
    pub happened_on: Option<Date>,
    /// When it was discovered.
    #[serde(default, with = "day::option")]
    pub discovered_on: Option<Date>,
    /// The kinds of information involved.
    pub information: String,
    /// What people can do.
    pub steps: String,
    /// What the hospital is doing.
    pub doing: String,
    /// How to ask.
    pub contact: String,
}

impl MediaForm {
    /// What it lacks; `patients` are all whose data must not be in it.
    #[must_use]
    pub fn check(&self, owed: &Owed<'_>, patients: &[String], law: &Law) -> Vec<PaperFault> {
        let letter = Letter {
            what_happened: self.what_happened.clone(),
            happened_on: self.happened_on,
            discovered_on: self.discovered_on,
            information: self.information.clone(),
            steps: self.steps.clone(),
            doing: self.doing.clone(),
            contact: self.contact.clone(),
        };
        let mut faults = content(&letter, owed, patients, law);
        faults.extend(owed.late("the notice", |one| *one == Recipient::Media(self.state.clone())));
        faults
    }
}
