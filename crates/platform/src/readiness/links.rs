use data_encoding::BASE64URL_NOPAD;
use store::records::{Person, ReadinessLink, ReadinessLook};
use subtle::ConstantTimeEq;

use super::jobs::job;
use super::{Readiness, ReadinessError};
use crate::ids::new_id;
use crate::platform::Platform;

/// A link that a learner made, with what became of it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The link.
    pub link: ReadinessLink,
    /// What its address ends with.
    pub token: String,
    /// Whether it opens now.
    pub open: bool,
    /// Who looked, the newest first.
    pub looks: Vec<ReadinessLook>,
}

const DAY_US: i64 = 86_400_000_000;

/// The longest that a link opens.
const DAYS_MAX: u32 = 90;

/// Links that one person may hold open; more would be a publication.
const OPEN_MAX: usize = 20;

impl Platform {
    /// Makes a link by which others may look at how far one is for a job, for so many days.
    ///
    /// # Errors
    /// [`ReadinessError::NoJob`], and [`ReadinessError::Invalid`] for no label or too many days.
    pub fn show_readiness(
        &self,
        person: &Person,
        id: &str,
        label: &str,
        days: u32,
    ) -> Result<String, ReadinessError> {
        let job = job(id).ok_or_else(|| ReadinessError::NoJob(id.to_owned()))?;
        let invalid = |field, what: &str| Err(ReadinessError::Invalid { field, what: what.to_owned() });
        let label = label.trim();
        if !(1..=120).contains(&label.chars().count()) || label.contains(char::is_control) {
            return invalid("label", "say in up to 120 characters whom the link is for; only you see it");
        }
        if !(1..=DAYS_MAX).contains(&days) {
            return invalid("days", "let the link open for 1 to 90 days");
        }
        let now_us = self.clock.now_us();
        let open = self.readiness_links(person)?.into_iter().filter(|one| one.open).count();
        if open >= OPEN_MAX {
            return invalid("label", "you hold 20 open links; withdraw one that nobody needs any longer");
        }
        let link = ReadinessLink {
            id: new_id(&*self.entropy),
            person: person.id.clone(),
            job: job.id.clone(),
            label: label.to_owned(),
            created_us: now_us,
            expires_us: now_us.saturating_add(i64::from(days) * DAY_US),
            withdrawn_us: None,
        };
        self.records.readiness_link_add(&link)?;
        Ok(self.token_of(&link.id))
    }

    /// The links somebody made, the newest first, each with who looked.
    ///
    /// # Errors
    /// From the store.
    pub fn readiness_links(&self, person: &Person) -> Result<Vec<Shown>, ReadinessError> {
        let mut found = Vec::new();
        for link in self.records.readiness_link_list_of(&person.id)? {
            let (token, looks) = (self.token_of(&link.id), self.records.readiness_looks(&link.id)?);
            found.push(Shown { open: self.opens(&link), token, looks, link });
        }
        Ok(found)
    }

    /// Withdraws a link at once.
    ///
    /// # Errors
    /// [`ReadinessError::Closed`] if it is not theirs, or withdrawn.
    pub fn withdraw_readiness(&self, person: &Person, id: &str) -> Result<(), ReadinessError> {
        let withdrawn = self.records.readiness_link_withdraw(&person.id, id, self.clock.now_us())?;
        if withdrawn { Ok(()) } else { Err(ReadinessError::Closed) }
    }

    /// What a link shows, for whoever holds it. The look is noted, unless it is the learner's own.
    ///
    /// # Errors
    /// [`ReadinessError::Closed`] for a link that is unknown, has run out or was withdrawn.
    pub fn shown_readiness(&self, token: &str, viewer: Option<&Person>) -> Result<Readiness, ReadinessError> {
        let id = token.split_once('.').map_or("", |(id, _)| id);
        let genuine: bool = self.token_of(id).as_bytes().ct_eq(token.as_bytes()).into();
        let link = self.records.readiness_link(id)?.filter(|link| genuine && self.opens(link));
        let link = link.ok_or(ReadinessError::Closed)?;
        let person = self.records.person(&link.person)?.ok_or(ReadinessError::Closed)?;
        if viewer.is_none_or(|viewer| viewer.id != person.id) {
            let who =
                viewer.map_or("somebody with the link, not signed in".to_owned(), |one| one.name.clone());
            self.records.readiness_look_add(&link.id, &ReadinessLook { at_us: self.clock.now_us(), who })?;
        }
        self.readiness(&person, &link.job)
    }

    fn opens(&self, link: &ReadinessLink) -> bool {
        link.withdrawn_us.is_none() && self.clock.now_us() < link.expires_us
    }

    /// What the address of a link ends with: its id, and what only this installation can compute of it.
    fn token_of(&self, id: &str) -> String {
        let secret = self.seal.key_for(&format!("readiness link {id}"));
        format!("{id}.{}", BASE64URL_NOPAD.encode(&secret[..16]))
    }
}
