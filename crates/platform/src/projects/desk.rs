//! A project at work: how it stands, and what happens next.

use serde_json::json;
use store::StoreError;
use store::records::ProjectRecord;
use workshops::projects::{Event, Run, What};

use super::error::ProjectError;
use crate::platform::Platform;

/// Events of one project at most.
const EVENTS_MAX: u64 = 5_000;

/// A project as its events make it.
pub(super) struct Desk<'a> {
    platform: &'a Platform,
    pub(super) record: ProjectRecord,
    pub(super) run: Run,
    pub(super) events: Vec<Event>,
}

impl<'a> Desk<'a> {
    pub(super) fn of(platform: &'a Platform, record: ProjectRecord) -> Result<Self, ProjectError> {
        let read = |body: String| {
            serde_json::from_str(&body)
                .map_err(|error| StoreError::Damaged { what: format!("an event of a project: {error}") })
        };
        let events = platform.records.project_events(&record.id)?;
        let events: Vec<Event> = events.into_iter().map(read).collect::<Result<_, _>>()?;
        Ok(Self { run: Run::of(&events), platform, record, events })
    }

    /// Lets something happen, if nothing else has meanwhile. `file` is what was handed in by it.
    pub(super) fn happen(
        &mut self,
        who: &str,
        at_us: i64,
        what: What,
        file: Option<&[u8]>,
    ) -> Result<(), ProjectError> {
        let event = self.next(who, at_us, what)?;
        let body = json!(event).to_string();
        self.platform.records.project_event_add(&self.record.id, (event.seq, &body), file)?;
        self.keep(event);
        Ok(())
    }

    /// Closes the project with its last event, and keeps what came of it.
    pub(super) fn close(&mut self, who: &str, at_us: i64, figures: &str) -> Result<(), ProjectError> {
        let event = self.next(who, at_us, What::Closed)?;
        let body = json!(event).to_string();
        self.platform.records.project_end(&self.record.id, (event.seq, &body), (at_us, figures))?;
        self.keep(event);
        (self.record.ended_us, self.record.figures) = (Some(at_us), Some(figures.to_owned()));
        Ok(())
    }

    fn next(&self, who: &str, at_us: i64, what: What) -> Result<Event, ProjectError> {
        if self.run.seq >= EVENTS_MAX {
            let why = format!("{EVENTS_MAX} things have happened in it; close it, or begin another");
            return Err(ProjectError::invalid("project", why));
        }
        Ok(Event { seq: self.run.seq + 1, at_us, who: who.to_owned(), what })
    }

    fn keep(&mut self, event: Event) {
        self.run.apply(&event);
        self.events.push(event);
    }
}
