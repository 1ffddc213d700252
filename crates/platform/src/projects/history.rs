use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use store::StoreError;
use store::journal::{Entry, Filter};
use store::records::{Person, PersonId, ProjectPart};
use workshops::projects::told;

use super::desk::Desk;
use super::error::ProjectError;
use crate::labs::PLATFORM;
use crate::platform::Platform;

/// Entries that are shown at most.
const SHOWN: usize = 200;

/// Kinds of entry by which somebody changed the hospital. Looking is no deed.
pub(super) const DEEDS: [&str; 16] = [
    "command",
    "fhir.create",
    "fhir.update",
    "fhir.patch",
    "fhir.delete",
    "fhir.bundle",
    "channel.change",
    "role.switch",
    "sandbox.*",
    "cds.*",
    "model.*",
    "lake.*",
    "desk.*",
    "response.*",
    "compliance.*",
    "exchange.*",
];

/// Who did what, in the hospital and in the project, the latest first.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct History {
    /// In the hospital, as its journal has it.
    pub hospital: Vec<DeedSeen>,
    /// In the project.
    pub project: Vec<ToldSeen>,
}

/// Something that was done in the hospital.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DeedSeen {
    /// The number of the journal's entry.
    pub seq: i64,
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
    /// Who, by name.
    pub who: String,
    /// What it was.
    pub what: String,
    /// How it ended.
    pub outcome: String,
}

/// Something that was done in the project.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ToldSeen {
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
    /// Who, by name.
    pub who: String,
    /// What it was, as the end of a sentence.
    pub what: String,
}

impl Platform {
    /// Who did what in a project, or what one member did.
    ///
    /// # Errors
    /// When somebody takes no part, or the member is none.
    pub fn project_history(
        &self,
        person: &Person,
        id: &str,
        member: Option<&str>,
    ) -> Result<History, ProjectError> {
        let here = self.project_here(person, id)?;
        let desk = Desk::of(self, here.record)?;
        if let Some(member) = member.filter(|member| !desk.run.members.iter().any(|one| one == member)) {
            let member: String = member.chars().take(64).collect();
            return Err(ProjectError::invalid(
                "member",
                format!("nobody of this team has the id '{member}'"),
            ));
        }
        let mut team = Vec::new();
        for (who, part) in self.records.project_people(id)? {
            if part == ProjectPart::Member && member.is_none_or(|member| who.as_str() == member) {
                team.extend(self.records.person(&who)?);
            }
        }
        let hospital = match &desk.record.sandbox {
            Some(sandbox) => self.deeds(sandbox.as_str(), &team)?,
            None => Vec::new(),
        };
        let name_of = |who: &str| self.name_of(who);
        let wanted = desk.events.iter().rev().filter(|event| member.is_none_or(|member| event.who == member));
        let seen = |event: &workshops::projects::Event| ToldSeen {
            at_us: event.at_us,
            who: name_of(&event.who),
            what: told(&here.shelved.project, event, &name_of),
        };
        Ok(History { hospital, project: wanted.take(SHOWN).map(seen).collect() })
    }

    /// What people are called; their id, where they are not known.
    pub(super) fn name_of(&self, who: &str) -> String {
        let found = self.records.person(&PersonId::from(who)).ok().flatten();
        found.map_or_else(|| who.to_owned(), |person| person.name)
    }

    /// How often somebody changed the hospital.
    pub(super) fn deeds_of(&self, sandbox: &str, person: &Person) -> Result<usize, StoreError> {
        let access = self.access(sandbox, PLATFORM, "project")?;
        let filter = Filter { actor: Some(person.login.clone()), outcome: Some("ok".to_owned()), ..deeds() };
        Ok(access.sandbox().journal(&filter)?.len())
    }

    fn deeds(&self, sandbox: &str, team: &[Person]) -> Result<Vec<DeedSeen>, StoreError> {
        let access = self.access(sandbox, PLATFORM, "project")?;
        let mut entries: Vec<(Entry, &Person)> = Vec::new();
        for person in team {
            let actor = Some(person.login.clone());
            let filter = Filter { actor, newest_first: true, limit: SHOWN, ..deeds() };
            entries.extend(access.sandbox().journal(&filter)?.into_iter().map(|entry| (entry, person)));
        }
        entries.sort_by_key(|(entry, _)| std::cmp::Reverse(entry.seq));
        let seen = |(entry, person): (Entry, &Person)| DeedSeen {
            seq: entry.seq,
            at_us: entry.event.wall_us,
            who: person.name.clone(),
            what: in_words(&entry),
            outcome: entry.event.outcome,
        };
        Ok(entries.into_iter().take(SHOWN).map(seen).collect())
    }
}

fn deeds() -> Filter {
    Filter { kinds: DEEDS.map(str::to_owned).to_vec(), ..Filter::default() }
}

/// An entry in a few words: what it was, what it was called, and what it was about.
fn in_words(entry: &Entry) -> String {
    let detail = |name: &str| entry.event.detail.get(name).and_then(Value::as_str);
    let parts = match entry.event.kind.as_str() {
        "command" => vec![detail("name"), detail("role").map(|_| "as"), detail("role")],
        "channel.change" => vec![detail("act"), Some("channel"), detail("channel")],
        "role.switch" => vec![Some("works as"), detail("to")],
        kind => vec![Some(kind), detail("type"), detail("name")],
    };
    let mut words: Vec<String> = parts.into_iter().flatten().map(|word| word.replace('_', " ")).collect();
    words.extend(entry.event.subject.clone());
    words.join(" ")
}
