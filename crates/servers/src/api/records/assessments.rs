use platform::assessments::{MyAssessment, Sitting, Told};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use standards::fhir::instant;

use crate::api::call::Call;
use crate::problem::Problem;

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AssessmentList {
    assessments: Vec<AssessmentView>,
}

/// An assessment, as the caller stands to it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Assessment")]
pub(super) struct AssessmentView {
    id: String,
    version: String,
    title: String,
    /// The form that is handed in next: `first` or `last`; nothing when both are in.
    next: Option<&'static str>,
    /// The questions of that form.
    questions: Vec<QuestionView>,
    first: Option<ToldView>,
    last: Option<ToldView>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct QuestionView {
    ask: String,
    /// Chosen by their numbers, from 1.
    choices: Vec<String>,
}

/// A form that was handed in.
#[derive(Debug, Serialize, JsonSchema)]
struct ToldView {
    form: &'static str,
    at: String,
    /// The share that was right, 0 to 1.
    right: f64,
}

impl From<&Told> for ToldView {
    fn from(told: &Told) -> Self {
        Self { form: told.form.word(), at: instant::format(told.done_us), right: told.share }
    }
}

fn view(one: &MyAssessment, person: &str) -> AssessmentView {
    let assessment = one.assessment;
    let next = one.next();
    let question = |sitting: Sitting| {
        let form = assessment.form_of(person, sitting);
        let item = move |pair: &platform::assessments::Pair| {
            let item = pair.item(form);
            QuestionView { ask: item.ask.clone(), choices: item.choices.clone() }
        };
        assessment.pairs.iter().map(item).collect()
    };
    AssessmentView {
        id: assessment.id.clone(),
        version: assessment.version.clone(),
        title: assessment.title.clone(),
        next: next.map(Sitting::word),
        questions: next.map(question).unwrap_or_default(),
        first: one.first.as_ref().map(ToldView::from),
        last: one.last.as_ref().map(ToldView::from),
    }
}

pub(super) fn list(call: &Call<'_>) -> Result<AssessmentList, Problem> {
    let person = call.person()?;
    let all = call.platform().my_assessments(person)?;
    Ok(AssessmentList { assessments: all.iter().map(|one| view(one, person.id.as_str())).collect() })
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Answers {
    /// `first` or `last`.
    sitting: SittingWord,
    /// The number of a choice for each question, from 1; nothing where none was made.
    answers: Vec<Option<u8>>,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum SittingWord {
    First,
    Last,
}

pub(super) fn hand_in(call: &Call<'_>, given: &Answers) -> Result<AssessmentView, Problem> {
    let sitting = match given.sitting {
        SittingWord::First => Sitting::First,
        SittingWord::Last => Sitting::Last,
    };
    let (person, id) = (call.person()?, call.part("assessment"));
    call.platform().hand_in(person, (id, sitting), &given.answers)?;
    Ok(view(&call.platform().my_assessment(person, id)?, person.id.as_str()))
}
