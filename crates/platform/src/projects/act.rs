use serde_json::json;
use store::StoreError;
use store::records::{Person, ProjectPart};
use workshops::projects::{Act, Attached, By, Part, Project, Refusal, What, measure, permit};

use super::desk::Desk;
use super::error::ProjectError;
use super::files::check_file;
use crate::platform::Platform;
use crate::programme::NamedFile;

/// How often something is tried again that met something else.
const TRIES: usize = 3;

impl Platform {
    /// Does something in a project for somebody who takes part.
    ///
    /// # Errors
    /// When they take no part, or it is refused; then nothing has changed.
    pub fn act_in_project(&self, person: &Person, id: &str, act: &Act) -> Result<(), ProjectError> {
        if matches!(act, Act::HandIn { file: Some(_), .. }) {
            return Err(ProjectError::invalid("file", "a file is sent by the form of its milestone"));
        }
        self.do_in_project(person, id, act, None)
    }

    /// Hands something in with a file.
    ///
    /// # Errors
    /// As [`Platform::act_in_project`], and for a file that cannot be taken.
    pub fn hand_in_with_file(
        &self,
        person: &Person,
        id: &str,
        (milestone, text, with): (&str, &str, &[String]),
        file: &NamedFile,
    ) -> Result<(), ProjectError> {
        let name = check_file(file)?;
        let act = Act::HandIn {
            milestone: milestone.to_owned(),
            text: text.to_owned(),
            with: with.to_vec(),
            file: Some(Attached { name, size_bytes: file.bytes.len() as u64 }),
        };
        self.do_in_project(person, id, &act, Some(&file.bytes))
    }

    /// Closes a project for good: the hospital is looked at once more, and what came of it stands in everybody's portfolio.
    ///
    /// # Errors
    /// For everybody but the panel, and when it is closed already.
    pub fn close_project(&self, person: &Person, id: &str) -> Result<(), ProjectError> {
        let here = self.project_here(person, id)?;
        if here.part != Part::Panel {
            return Err(Refusal::Panels.into());
        }
        let mut desk = Desk::of(self, here.record)?;
        self.finish_project(
            &mut desk,
            &here.shelved.project,
            person.id.as_str(),
            self.clock().now_us(),
            |desk, at_us| self.look_over(desk, here.shelved, person.id.as_str(), at_us),
        )
    }

    /// Closes a project after a last look.
    pub(super) fn finish_project(
        &self,
        desk: &mut Desk<'_>,
        project: &Project,
        who: &str,
        at_us: i64,
        look: impl FnOnce(&mut Desk<'_>, i64) -> Result<(), ProjectError>,
    ) -> Result<(), ProjectError> {
        if desk.run.closed_us.is_some() {
            return Err(Refusal::NotNow("this project is closed already".to_owned()).into());
        }
        match look(desk, at_us) {
            Ok(()) | Err(ProjectError::Gone) => {}
            Err(other) => return Err(other),
        }
        let figures = json!(measure(project, &desk.run)).to_string();
        desk.close(who, at_us, &figures)?;
        // The hospital stays as it was judged: its people may look at it from now on.
        if let Some(sandbox) = &desk.record.sandbox {
            for (member, part) in self.records.project_people(&desk.record.id)? {
                if part == ProjectPart::Member {
                    self.records.guest_add(sandbox, &member, at_us)?;
                }
            }
        }
        Ok(())
    }

    fn do_in_project(
        &self,
        person: &Person,
        id: &str,
        act: &Act,
        file: Option<&[u8]>,
    ) -> Result<(), ProjectError> {
        let mut tries = 1;
        loop {
            let here = self.project_here(person, id)?;
            let by = here.by(person);
            let mut desk = Desk::of(self, here.record.clone())?;
            let done = act_at(&mut desk, &here.shelved.project, by, (self.clock().now_us(), act), file);
            match done {
                // Something else happened in between: it is judged anew by what is so now.
                Err(ProjectError::Store(StoreError::Conflict { .. })) if tries < TRIES => tries += 1,
                other => return other,
            }
        }
    }
}

/// Lets an act happen at a time, if it is permitted.
pub(super) fn act_at(
    desk: &mut Desk<'_>,
    project: &Project,
    by: By<'_>,
    (at_us, act): (i64, &Act),
    file: Option<&[u8]>,
) -> Result<(), ProjectError> {
    let act = permit(project, &desk.run, by, act)?;
    desk.happen(by.who, at_us, What::Did { act }, file)
}
