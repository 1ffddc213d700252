use placements::mentors::{Session, calendar};
use placements::record::{hours_csv, lines_csv};
use placements::tables::csv_text;
use serde_json::json;
use standards::fhir::instant;
use store::records::{Person, PersonId};

use super::{Apprenticed, RecordError};
use crate::platform::Platform;
use crate::programme::archive::pack;

/// How the chain of a record is checked, for whoever has only the archive.
const HOW: &str = "record.jsonl holds one entry on each line, oldest first. Its hash is the SHA-256, in lower-case hex, of five lines joined by line feeds: \
the hash of the entry before it (empty for the first), seq, at_us, by, body. Take body as the text that stands there once JSON is unescaped. \
A line of lines.csv that was signed is mended only by a later one that names it; nothing is ever taken out.\n\
hours.csv counts what is signed. Particulars that an office has to report are sealed and are not in this archive.\n";

impl Platform {
    /// Hours by process as CSV.
    ///
    /// # Errors
    /// As [`apprenticeship`](Self::apprenticeship).
    pub fn record_hours_csv(&self, person: &Person, id: &str) -> Result<String, RecordError> {
        Ok(hours_csv(&self.apprenticeship(person, id)?.progress))
    }

    /// The whole record as a ZIP archive for an audit: entries with their hashes, lines, hours, people, and how to check them.
    ///
    /// # Errors
    /// As [`apprenticeship`](Self::apprenticeship).
    pub fn record_archive(&self, person: &Person, id: &str) -> Result<Vec<u8>, RecordError> {
        let one = self.apprenticeship(person, id)?;
        let entries = one.entries.iter().map(|entry| {
            let (seq, at_us, by, body, hash) = (entry.seq, entry.at_us, &entry.by, &entry.body, &entry.hash);
            format!("{}\n", json!({"seq": seq, "at_us": at_us, "by": by, "body": body, "hash": hash}))
        });
        let entries: String = entries.collect();
        let mut ids: Vec<&str> = one.entries.iter().map(|entry| entry.by.as_str()).collect();
        ids.extend([one.apprentice.id.as_str(), one.supervisor.id.as_str()]);
        ids.sort_unstable();
        ids.dedup();
        let mut people = Vec::new();
        for id in ids {
            people.extend(self.records.person(&PersonId::from(id))?);
        }
        let name = |id: &str| {
            people.iter().find(|one| one.id.as_str() == id).map_or(id.to_owned(), |one| one.name.clone())
        };
        let rows = people.iter().map(|one| [one.id.to_string(), one.name.clone(), one.login.clone()]);
        let people_csv = csv_text(["id", "name", "login"], rows);
        let (lines, hours) = (lines_csv(&one.record, one.schedule, name), hours_csv(&one.progress));
        Ok(pack([
            ("how-to-check.txt", HOW.as_bytes()),
            ("record.jsonl", entries.as_bytes()),
            ("lines.csv", lines.as_bytes()),
            ("hours.csv", hours.as_bytes()),
            ("people.csv", people_csv.as_bytes()),
        ]))
    }

    /// What somebody has to do about their apprenticeships, as an iCalendar file: each in the morning of the day by which it is due.
    ///
    /// # Errors
    /// From the store.
    pub fn record_calendar(&self, person: &Person) -> Result<String, RecordError> {
        let all = self.apprenticeships(person)?;
        let sessions: Vec<Session> =
            all.iter().flat_map(|one| one.own_dues().map(|due| event(one, due))).collect();
        Ok(calendar(&sessions))
    }
}

fn event(one: &Apprenticed, due: &placements::record::Due) -> Session {
    let begins_us = instant::parse(&format!("{}T08:00:00Z", due.by)).unwrap_or_default();
    let words = due.words();
    let key: String = words.chars().filter(char::is_ascii_alphanumeric).collect();
    Session {
        uid: format!("{}-{}-{key}@records.practicum", one.id, due.by),
        changed_us: one.entries.last().map_or(0, |entry| entry.at_us),
        revision: u32::try_from(one.entries.len()).unwrap_or(u32::MAX),
        cancelled: false,
        begins_us,
        minutes: 15,
        title: words,
        agenda: vec![format!("{} at {}", one.apprentice.name, one.employer.name)],
    }
}
