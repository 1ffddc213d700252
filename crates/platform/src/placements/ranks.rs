use std::collections::BTreeMap;

use placements::places::Lack;
use store::records::{Person, PersonId};

use super::{Paper, Place, PlacementError};
use crate::platform::Platform;

/// Somebody who wishes for a place, as its host sees them.
#[derive(Debug, Clone)]
pub struct Applicant {
    /// Who.
    pub person: Person,
    /// What they lack.
    pub lacks: Vec<Lack>,
    /// Their documents of the kinds that the place asks for.
    pub papers: Vec<Paper>,
    /// The rank that the host gave them.
    pub rank: Option<u32>,
}

impl Platform {
    /// A place and who wishes for it, by the host's rank and then by name.
    ///
    /// # Errors
    /// [`PlacementError::NotYours`] for a place of others.
    pub fn applicants(&self, host: &Person, place: &str) -> Result<(Place, Vec<Applicant>), PlacementError> {
        let place = self.place_kept_by(host, place)?;
        let ranks = self.records.place_rank_list()?.into_iter().filter(|rank| rank.place == place.id);
        let ranks: BTreeMap<String, u32> = ranks.map(|rank| (rank.person.to_string(), rank.rank)).collect();
        let mut found = Vec::new();
        for wisher in self.wishers(&place.id)? {
            let Some(person) = self.records.person(&wisher)? else { continue };
            let mut papers = self.documents_of(&person.id)?;
            papers.retain(|paper| place.asks.documents.iter().any(|kind| kind == paper.kind.id));
            let lacks = self.lacks_for(&person, std::slice::from_ref(&place))?.pop().unwrap_or_default();
            let rank = ranks.get(person.id.as_str()).copied();
            found.push(Applicant { person, lacks, papers, rank });
        }
        found.sort_by_key(|one| (one.rank.unwrap_or(u32::MAX), one.person.name.clone()));
        Ok((place, found))
    }

    /// Replaces the ranks that a host gives for a place. Equal ranks are ties; who gets none is not taken.
    ///
    /// # Errors
    /// [`PlacementError::NotYours`] for a place of others, [`PlacementError::Invalid`] for somebody who does not wish for it.
    pub fn rank_applicants(
        &self,
        host: &Person,
        place: &str,
        ranks: &[(PersonId, u32)],
    ) -> Result<(), PlacementError> {
        let (place, applicants) = self.applicants(host, place)?;
        let wishes = |id: &PersonId| applicants.iter().any(|one| one.person.id == *id);
        if ranks.iter().any(|(id, rank)| !wishes(id) || *rank == 0) {
            return Err(PlacementError::invalid(
                "rank",
                "rank those who wish for this place, with whole numbers from 1",
            ));
        }
        Ok(self.records.place_rank_set(&place.id, ranks)?)
    }
}
