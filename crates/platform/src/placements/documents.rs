use jiff::civil::Date;
use placements::places::{Document, DocumentKind, Lack, Requirements, Shown, kind_of, lacks};
use store::records::{Person, PersonDocument, PersonId};

use super::{Place, PlacementError};
use crate::platform::Platform;
use crate::programme::day;

/// A document of somebody's.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Its kind.
    pub kind: &'static DocumentKind,
    /// Its days, and who has seen it.
    pub document: PersonDocument,
}

impl Platform {
    /// A person's documents.
    ///
    /// # Errors
    /// From the store.
    pub fn documents_of(&self, person: &PersonId) -> Result<Vec<Paper>, PlacementError> {
        let found = self.records.document_list_of(person)?.into_iter();
        Ok(found.filter_map(|document| Some(Paper { kind: kind_of(&document.kind)?, document })).collect())
    }

    /// Says that one has a document, and until when. Whoever may has to check it again.
    ///
    /// # Errors
    /// [`PlacementError::Invalid`] for a kind or a day that there is not.
    pub fn set_document(&self, person: &Person, kind: &str, expires_on: &str) -> Result<(), PlacementError> {
        let kind =
            kind_of(kind).ok_or_else(|| PlacementError::invalid("kind", "choose a kind of document"))?;
        let expires_on = match expires_on.trim() {
            "" => None,
            text => Some(day(text).ok_or_else(|| {
                PlacementError::invalid("expires_on", "write its last day, as 2031-09-01, or leave it empty")
            })?),
        };
        let expires_on = expires_on.map(|day| day.to_string());
        Ok(self.records.document_set(&person.id, kind.id, expires_on.as_deref(), self.clock.now_us())?)
    }

    /// Says that one has seen somebody's document: an instructor, or the office of a host that they wish for a place at or are
    /// apprenticed to. Nobody checks their own.
    ///
    /// # Errors
    /// [`PlacementError::NotYours`] for everybody else.
    pub fn check_document(&self, by: &Person, person: &PersonId, kind: &str) -> Result<(), PlacementError> {
        let mine: Vec<String> = self.hosts_kept_by(by)?.into_iter().map(|host| host.id).collect();
        let places: Vec<String> = self
            .records
            .place_list()?
            .into_iter()
            .filter(|place| mine.contains(&place.organisation))
            .map(|place| place.id)
            .collect();
        let wishes = self.records.wish_list()?;
        let wished = wishes.iter().any(|wish| wish.person == *person && places.contains(&wish.place));
        let apprenticed = self.records.apprenticeship_list()?;
        let apprenticed =
            apprenticed.iter().any(|one| one.apprentice == *person && mine.contains(&one.employer));
        let may = by.id != *person && (by.role == store::records::Role::Instructor || wished || apprenticed);
        if !may || !self.records.document_check(person, kind, &by.login, self.clock.now_us())? {
            return Err(PlacementError::NotYours("document"));
        }
        Ok(())
    }

    /// What somebody lacks for each of these places, in their order.
    ///
    /// # Errors
    /// From the store.
    pub fn lacks_for(&self, person: &Person, places: &[Place]) -> Result<Vec<Vec<Lack>>, PlacementError> {
        let documents = self.held_documents(&person.id)?;
        let portfolio = self.portfolio(person)?;
        let shown = portfolio
            .competencies
            .into_iter()
            .filter_map(|one| Some(Shown { level: one.standing.level?, id: one.id }));
        let shown: Vec<Shown> = shown.collect();
        Ok(places.iter().map(|place| lacks(&place.asks, &documents, &shown, place.begins_on)).collect())
    }

    /// Which of these documents somebody lacks on a first day.
    pub(crate) fn document_lacks(
        &self,
        person: &PersonId,
        documents: &[String],
        first_day: Date,
    ) -> Result<Vec<Lack>, PlacementError> {
        let asks = Requirements { documents: documents.to_vec(), competencies: Vec::new() };
        Ok(lacks(&asks, &self.held_documents(person)?, &[], first_day))
    }

    fn held_documents(&self, person: &PersonId) -> Result<Vec<Document>, PlacementError> {
        let found = self.records.document_list_of(person)?.into_iter().map(|one| Document {
            expires_on: one.expires_on.as_deref().and_then(day),
            checked: one.checked_by.is_some(),
            kind: one.kind,
        });
        Ok(found.collect())
    }
}
