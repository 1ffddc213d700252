use security::breach::{Duties, duties};
use security::papers::{
    Agreement, AssessmentForm, LetterForm, MediaForm, Owed, PaperFault, PolicyForm, RiskAnalysis,
    SanctionForm, SecretaryForm,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use store::StoreError;
use store::sandbox::View;
use store::sandbox::systems::SystemRecord;

use super::error::ComplianceError;
use super::facts::{affected, others, pinned, today};
use super::measure::{measured, roles};
use super::paper::{Paper, PaperKind};
use super::rules::{clauses, law, questions, topics};
use crate::access::{Access, outcome};
use crate::identity::accounts;

/// The compliance office's name among the hospital's systems.
const SYSTEM: &str = "COMPLIANCE";
const KIND: &str = "paper";
/// Papers that an office keeps at most.
const PAPERS_MAX: usize = 500;

/// A form, checked.
struct Checked {
    faults: Vec<PaperFault>,
    result: Value,
    /// The patient it is about, as `Patient/ID`.
    subject: Option<String>,
    detail: Value,
}

impl Checked {
    fn of(faults: Vec<PaperFault>, detail: Value) -> Self {
        Self { faults, result: Value::Null, subject: None, detail }
    }
}

/// Files a paper with what is wrong in it.
///
/// # Errors
/// A form that cannot be read, or names what is not there. Faults are no error.
pub fn file_paper(access: &Access, kind: PaperKind, form: &Value) -> Result<Paper, ComplianceError> {
    let checked = check(access, kind, form)?;
    access.change(kind.entry(), |change| {
        let count = change.view().system_records(SYSTEM, KIND)?.len();
        if count >= PAPERS_MAX {
            return Err(ComplianceError::Full(PAPERS_MAX));
        }
        let paper = Paper {
            id: format!("paper-{}", count + 1),
            kind,
            form: form.clone(),
            result: checked.result,
            faults: checked.faults,
            by: access.actor().to_owned(),
            filed_us: access.virtual_us(),
        };
        let body = serde_json::to_string(&paper).map_err(|error| damaged(&paper.id, &error))?;
        change.put_system_record(&SystemRecord {
            system: SYSTEM.to_owned(),
            kind: KIND.to_owned(),
            key: paper.id.clone(),
            body,
            due_us: None,
            updated_us: access.virtual_us(),
        })?;
        let mut detail = checked.detail;
        detail["paper"] = json!(paper.id);
        detail["faults"] = json!(paper.faults.len());
        let ended = if paper.faults.is_empty() { outcome::OK } else { "faults" };
        let mut event = access.event(kind.entry(), checked.subject, ended, detail);
        event.target = SYSTEM.to_owned();
        change.note(&event)?;
        Ok(paper)
    })
}

/// Every paper, the newest first.
///
/// # Errors
/// If the store fails.
pub fn papers(access: &Access) -> Result<Vec<Paper>, ComplianceError> {
    let mut papers = access.sandbox().view(all)?;
    papers.sort_by_key(|paper| std::cmp::Reverse(number(&paper.id)));
    Ok(papers)
}

/// A paper.
///
/// # Errors
/// [`ComplianceError::Missing`] if there is none of this id.
pub fn paper(access: &Access, id: &str) -> Result<Paper, ComplianceError> {
    let found = access.sandbox().view(|view| view.system_record(SYSTEM, KIND, id))?;
    let missing = || ComplianceError::Missing { what: format!("there is no paper {id}") };
    Ok(read(&found.ok_or_else(missing)?)?)
}

fn check(access: &Access, kind: PaperKind, form: &Value) -> Result<Checked, ComplianceError> {
    let (law, today) = (law(), today(access));
    Ok(match kind {
        PaperKind::BreachAssessment => {
            let form: AssessmentForm = shaped(form)?;
            affected(access, &form.people)?;
            let entries = pinned(access, &form.case)?.into_iter().map(|(seq, _)| seq).collect();
            let decision = form.decision(law);
            Checked {
                result: json!({
                    "discovered_on": form.discovered_on().to_string(),
                    "breach": decision.breach,
                    "because": decision.because,
                    "section": decision.section,
                }),
                ..Checked::of(
                    form.check(&entries, today, law),
                    json!({"title": form.title, "case": form.case, "conclusion": form.conclusion}),
                )
            }
        }
        PaperKind::Letter => {
            let form: LetterForm = shaped(form)?;
            affected(access, std::slice::from_ref(&form.patient))?;
            let (assessment, duties) = follows(access, &form.assessment)?;
            let owed = Owed { happened_on: assessment.happened_on, duties: &duties, today };
            let mut faults = form.check(&owed, &others(access, Some(&form.patient))?, law);
            if !assessment.people.contains(&form.patient) {
                let what = "is not among the people of the assessment";
                faults.push(PaperFault::new("patient", what, &law.individuals.section));
            }
            let detail = json!({"assessment": form.assessment});
            Checked { subject: Some(form.patient), ..Checked::of(faults, detail) }
        }
        PaperKind::SecretaryNotice => {
            let form: SecretaryForm = shaped(form)?;
            let (assessment, duties) = follows(access, &form.assessment)?;
            let owed = Owed { happened_on: assessment.happened_on, duties: &duties, today };
            let detail = json!({"assessment": form.assessment, "route": form.route});
            Checked::of(form.check(&owed, law), detail)
        }
        PaperKind::MediaNotice => {
            let form: MediaForm = shaped(form)?;
            let (assessment, duties) = follows(access, &form.assessment)?;
            let owed = Owed { happened_on: assessment.happened_on, duties: &duties, today };
            let detail = json!({"assessment": form.assessment, "state": form.state});
            Checked::of(form.check(&owed, &others(access, None)?, law), detail)
        }
        PaperKind::RiskAnalysis => {
            let form: RiskAnalysis = shaped(form)?;
            Checked::of(form.check(questions(), &measured(access)?), json!({"answers": form.answers.len()}))
        }
        PaperKind::Policy => {
            let form: PolicyForm = shaped(form)?;
            let faults = form.check(topics(), &roles(access)?, &measured(access)?, today);
            Checked::of(faults, json!({"topic": form.topic, "in_force_on": form.in_force_on.to_string()}))
        }
        PaperKind::Sanction => {
            let form: SanctionForm = shaped(form)?;
            let known = access.sandbox().view(accounts)?;
            let known = known.iter().any(|account| account.subject.login == form.person);
            let detail = json!({"person": form.person, "case": form.case, "level": form.level});
            Checked::of(form.check(&pinned(access, &form.case)?, known), detail)
        }
        PaperKind::AssociateAgreement => {
            let form: Agreement = shaped(form)?;
            Checked::of(form.check(clauses(), today, law), json!({"associate": form.associate}))
        }
    })
}

/// The assessment that a notice follows from, and what it owes.
fn follows(access: &Access, id: &str) -> Result<(AssessmentForm, Duties), ComplianceError> {
    let assessment = paper(access, id)?;
    if assessment.kind != PaperKind::BreachAssessment {
        return Err(ComplianceError::Missing { what: format!("{id} is no breach assessment") });
    }
    let form: AssessmentForm = shaped(&assessment.form)?;
    let owed = duties(&affected(access, &form.people)?, &form.discovery(), None, law());
    Ok((form, owed))
}

fn shaped<T: DeserializeOwned>(form: &Value) -> Result<T, ComplianceError> {
    serde_json::from_value(form.clone()).map_err(|error| ComplianceError::Shape(error.to_string()))
}

fn all(view: View<'_>) -> Result<Vec<Paper>, StoreError> {
    view.system_records(SYSTEM, KIND)?.iter().map(read).collect()
}

fn read(record: &SystemRecord) -> Result<Paper, StoreError> {
    serde_json::from_str(&record.body).map_err(|error| damaged(&record.key, &error))
}

fn damaged(id: &str, error: &serde_json::Error) -> StoreError {
    StoreError::Damaged { what: format!("the paper '{id}': {error}") }
}

fn number(id: &str) -> usize {
    id.rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}
