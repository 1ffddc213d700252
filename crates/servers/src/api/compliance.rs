//! The papers that HIPAA asks for, filed and found; and the accounts they speak of.

use axum::http::StatusCode;
use platform::compliance::{
    self, ComplianceError, LogLine, Paper, PaperFault, PaperKind, clauses, law, questions, topics,
};
use platform::identity::User;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use standards::fhir::instant;

use super::call::Call;
use crate::problem::Problem;

/// A paper as it was filed.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PaperView {
    id: String,
    kind: String,
    filed: String,
    by: String,
    /// What is wrong with it; nothing, if it is sound.
    faults: Vec<FaultView>,
    /// What follows from it, such as the day of discovery.
    result: Value,
    /// The form, as it was filled in.
    form: Value,
}

#[derive(Debug, Serialize, JsonSchema)]
struct FaultView {
    part: String,
    what: String,
    /// The section of 45 CFR.
    section: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PaperList {
    /// Newest first.
    papers: Vec<PaperView>,
}

/// Which papers.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct OfKind {
    /// One kind, such as `letter`; all, if left out.
    kind: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LogView {
    /// Breaches of fewer than 500 people, the oldest first.
    breaches: Vec<LogLineView>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct LogLineView {
    paper: String,
    title: String,
    discovered_on: String,
    people: usize,
    due_on: String,
}

/// What forms are held against.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RulesView {
    /// The day the public text of the breach rule was last compared.
    read: String,
    /// What the contract with a business associate has to provide.
    clauses: Vec<ClauseView>,
    /// The statements of the risk analysis.
    questions: Vec<QuestionView>,
    /// What a hospital has to have a policy about.
    policies: Vec<TopicView>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ClauseView {
    id: String,
    section: String,
    asks: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct QuestionView {
    id: String,
    section: String,
    says: String,
    look: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct TopicView {
    id: String,
    section: String,
    title: String,
    /// What a policy about it has to settle.
    settles: String,
    /// The statement of the risk analysis that tells whether the hospital does what a policy in force says.
    practice: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AccountList {
    /// By login.
    accounts: Vec<AccountView>,
}

/// An account of the identity provider.
#[derive(Debug, Serialize, JsonSchema)]
struct AccountView {
    login: String,
    name: String,
    role: String,
    /// Who they are in the records, such as `Practitioner/7`.
    practitioner: Option<String>,
    /// Whether sign-in asks for a code from an authenticator app.
    second_factor: bool,
}

pub(super) fn papers(call: &Call<'_>, which: &OfKind) -> Result<PaperList, Problem> {
    let kind = which.kind.as_deref().map(kind_of).transpose()?;
    let found = compliance::papers(&call.enter(call.part("sandbox"))?)?;
    let meant = found.into_iter().filter(|paper| kind.is_none_or(|kind| paper.kind == kind));
    Ok(PaperList { papers: meant.map(view).collect() })
}

pub(super) fn file(call: &Call<'_>, form: &Value) -> Result<PaperView, Problem> {
    let kind = kind_of(call.part("kind"))?;
    Ok(view(compliance::file_paper(&call.enter(call.part("sandbox"))?, kind, form)?))
}

pub(super) fn paper(call: &Call<'_>) -> Result<PaperView, Problem> {
    Ok(view(compliance::paper(&call.enter(call.part("sandbox"))?, call.part("paper"))?))
}

pub(super) fn log(call: &Call<'_>) -> Result<LogView, Problem> {
    let line = |line: LogLine| LogLineView {
        paper: line.paper,
        title: line.title,
        discovered_on: line.discovered_on.to_string(),
        people: line.people,
        due_on: line.due_on.to_string(),
    };
    let found = compliance::breach_log(&call.enter(call.part("sandbox"))?)?;
    Ok(LogView { breaches: found.into_iter().map(line).collect() })
}

pub(super) fn rules(call: &Call<'_>) -> Result<RulesView, Problem> {
    call.enter(call.part("sandbox"))?;
    let clause = |one: &compliance::Clause| ClauseView {
        id: one.id.clone(),
        section: one.section.clone(),
        asks: one.asks.clone(),
    };
    let question = |one: &compliance::Question| QuestionView {
        id: one.id.clone(),
        section: one.section.clone(),
        says: one.says.clone(),
        look: one.look.clone(),
    };
    let topic = |one: &compliance::Topic| TopicView {
        id: one.id.clone(),
        section: one.section.clone(),
        title: one.title.clone(),
        settles: one.settles.clone(),
        practice: one.practice.clone(),
    };
    Ok(RulesView {
        read: law().read.to_string(),
        clauses: clauses().clauses.iter().map(clause).collect(),
        questions: questions().questions.iter().map(question).collect(),
        policies: topics().topics.iter().map(topic).collect(),
    })
}

pub(super) fn accounts(call: &Call<'_>) -> Result<AccountList, Problem> {
    let one = |user: User| AccountView {
        login: user.subject.login,
        name: user.subject.name,
        role: user.role,
        practitioner: user.subject.fhir_user,
        second_factor: user.totp.is_some(),
    };
    let found = call.platform().users(&call.enter(call.part("sandbox"))?)?;
    Ok(AccountList { accounts: found.into_iter().map(one).collect() })
}

fn kind_of(name: &str) -> Result<PaperKind, Problem> {
    let known = || PaperKind::ALL.map(PaperKind::word).to_vec();
    PaperKind::named(name)
        .ok_or_else(|| ComplianceError::Kind { kind: name.to_owned(), known: known() }.into())
}

fn view(paper: Paper) -> PaperView {
    let fault = |fault: PaperFault| FaultView { part: fault.part, what: fault.what, section: fault.section };
    PaperView {
        id: paper.id,
        kind: paper.kind.word().to_owned(),
        filed: instant::format(paper.filed_us),
        by: paper.by,
        faults: paper.faults.into_iter().map(fault).collect(),
        result: paper.result,
        form: paper.form,
    }
}

impl From<ComplianceError> for Problem {
    fn from(error: ComplianceError) -> Self {
        let what = error.to_string();
        match error {
            ComplianceError::Store(error) => error.into(),
            ComplianceError::Kind { .. } => Self::new(StatusCode::NOT_FOUND, what),
            ComplianceError::Missing { .. } | ComplianceError::Shape(_) | ComplianceError::Full(_) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, what)
            }
        }
    }
}
