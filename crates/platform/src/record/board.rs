use jiff::civil::Date;
use store::records::{Person, PersonId};

use super::RecordError;
use super::content::record_rules;
use crate::placements::Place;
use crate::platform::Platform;
use crate::programme::today;

/// Somebody who begins soon.
#[derive(Debug, Clone)]
pub struct Starter {
    /// Who.
    pub person: Person,
    /// Where.
    pub employer: String,
    /// When.
    pub begins: Date,
    /// The apprenticeship; none if there is only a place that the match gave.
    pub apprenticeship: Option<String>,
    /// Everything that is missing, in words.
    pub missing: Vec<String>,
}

impl Platform {
    /// Who begins within the days of the board at a host that somebody keeps, and what is missing; who begins first comes first.
    ///
    /// # Errors
    /// From the store.
    pub fn starters(&self, office: &Person) -> Result<Vec<Starter>, RecordError> {
        let today = today(self.clock.now_us());
        let soon = |begins: Date| {
            let days = today.until(begins).map_or(i32::MAX, |span| span.get_days());
            (0..=record_rules().house.board_days).contains(&days)
        };
        let hosts = self.hosts_kept_by(office)?;
        let kept = |id: &str| hosts.iter().any(|host| host.id == id);
        let (mut found, mut known) = (Vec::new(), Vec::new());
        for one in self.apprenticeships(office)? {
            known.push((one.apprentice.id.to_string(), one.employer.id.clone()));
            let agreement = &one.record.agreement;
            if !kept(&one.employer.id) || !soon(agreement.begins) || one.record.is_over() {
                continue;
            }
            let mut missing =
                self.documents_missing(&one.apprentice, &agreement.documents, agreement.begins)?;
            if one.record.accepted_us.is_none() {
                missing.insert(0, "the agreement is not accepted".to_owned());
            }
            if !self.has_particulars(&one.apprentice.id)? {
                missing.push("the sealed particulars are not given".to_owned());
            }
            found.push(Starter {
                person: one.apprentice,
                employer: one.employer.name,
                begins: agreement.begins,
                apprenticeship: Some(one.id),
                missing,
            });
        }
        let places = self.places()?;
        for (person, place) in self.placed()? {
            let place =
                places.iter().find(|one| one.id == place && kept(&one.organisation) && soon(one.begins_on));
            let Some(place) = place else { continue };
            if !known.contains(&(person.clone(), place.organisation.clone())) {
                found.extend(self.placed_only(&PersonId::from(person), place)?);
            }
        }
        found.sort_by(|a, b| (a.begins, &a.person.name).cmp(&(b.begins, &b.person.name)));
        Ok(found)
    }

    /// Somebody whom the match gave a place, and for whom nobody has put an agreement down.
    fn placed_only(&self, person: &PersonId, place: &Place) -> Result<Option<Starter>, RecordError> {
        let Some(person) = self.records.person(person)? else { return Ok(None) };
        let mut missing = vec!["there is no agreement yet".to_owned()];
        missing.extend(self.documents_missing(&person, &place.asks.documents, place.begins_on)?);
        let (employer, begins) = (place.host.clone(), place.begins_on);
        Ok(Some(Starter { person, employer, begins, apprenticeship: None, missing }))
    }

    fn documents_missing(
        &self,
        person: &Person,
        documents: &[String],
        begins: Date,
    ) -> Result<Vec<String>, RecordError> {
        Ok(self.document_lacks(&person.id, documents, begins)?.iter().map(ToString::to_string).collect())
    }
}
