use store::records::{Person, ProjectPart};
use workshops::projects::{Found, Refusal, What};

use super::desk::Desk;
use super::error::ProjectError;
use super::shelf::{Shelved, values_of};
use crate::labs::{GRADER, Looking, PLATFORM};
use crate::platform::Platform;

impl Platform {
    /// Looks at the team's hospital: every check of every milestone is judged, and what was found is kept.
    ///
    /// # Errors
    /// When somebody takes no part, the project is closed, or the hospital is gone.
    pub fn look_at_project(&self, person: &Person, id: &str) -> Result<(), ProjectError> {
        let here = self.project_here(person, id)?;
        let mut desk = Desk::of(self, here.record)?;
        if desk.run.closed_us.is_some() {
            return Err(Refusal::NotNow("this project is closed; what was found stays".to_owned()).into());
        }
        self.look_over(&mut desk, here.shelved, person.id.as_str(), self.clock().now_us())
    }

    /// Judges every check, and keeps what was found.
    pub(super) fn look_over(
        &self,
        desk: &mut Desk<'_>,
        shelved: &Shelved,
        who: &str,
        at_us: i64,
    ) -> Result<(), ProjectError> {
        let sandbox = desk.record.sandbox.clone().ok_or(ProjectError::Gone)?;
        let mut logins = Vec::new();
        for (member, part) in self.records.project_people(&desk.record.id)? {
            if part == ProjectPart::Member {
                logins.extend(self.records.person(&member)?.map(|person| person.login));
            }
        }
        let access = self.access(sandbox.as_str(), PLATFORM, GRADER)?;
        let (is_learner, values) =
            (|actor: &str| logins.iter().any(|login| login == actor), values_of(sandbox.as_str()));
        let looking = Looking { platform: self, access: &access, is_learner: &is_learner, values: &values };
        let judged = shelved.checks().map(|(milestone, check)| {
            let verdict = looking.judge(check);
            Found {
                milestone: milestone.to_owned(),
                check: check.id.clone(),
                title: check.title.clone(),
                passed: verdict.passed,
                observed: verdict.observed,
            }
        });
        let found = judged.collect();
        desk.happen(who, at_us, What::Looked { found }, None)
    }
}
