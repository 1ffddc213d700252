use placements::matching::{Wants, report};
use store::records::Person;

use super::PlacementError;
use super::matches::{Reasons, why};
use crate::platform::Platform;

/// What a round that is decided gave somebody.
#[derive(Debug, Clone)]
pub struct MyRound {
    /// Its id, to have its files by.
    pub run: String,
    /// Which round, from 1.
    pub round: u32,
    /// When it was published, in microseconds since 1970 UTC.
    pub published_us: i64,
    /// The seed of the lottery.
    pub seed: u64,
    /// The place, by id; none if they got none.
    pub place: Option<String>,
    /// Why not there, for each wish before it.
    pub why: Reasons,
    /// The names of the files it was decided from.
    pub files: Vec<&'static str>,
    /// What of the audit is about them.
    pub blocking: Vec<Wants>,
}

impl Platform {
    /// What the rounds that are decided gave somebody, the latest first.
    ///
    /// # Errors
    /// From the store.
    pub fn my_rounds(&self, person: &Person) -> Result<Vec<MyRound>, PlacementError> {
        let mut found = Vec::new();
        for loaded in self.published()? {
            let name = person.id.as_str();
            let Some(number) = loaded.market.applicant(name) else { continue };
            let (outcome, _) = loaded.after(&[])?;
            let place = outcome.places[number as usize];
            let report = report(&loaded.market, &outcome, Vec::new());
            let blocking =
                report.audit.blocking.into_iter().filter(|one| one.applicants.iter().any(|who| who == name));
            found.push(MyRound {
                run: loaded.run.id.clone(),
                round: loaded.run.round,
                published_us: loaded.run.published_us.unwrap_or(loaded.run.at_us),
                seed: loaded.run.seed,
                files: loaded.frozen.names(),
                place: place.map(|program| loaded.market.programs[program as usize].name.clone()),
                why: why(&loaded.market, &outcome).remove(name).unwrap_or_default(),
                blocking: blocking.collect(),
            });
        }
        Ok(found)
    }

    /// Who was placed where by the rounds that are decided, as ids of person and place.
    ///
    /// # Errors
    /// From the store.
    pub fn placed(&self) -> Result<Vec<(String, String)>, PlacementError> {
        let mut found = Vec::new();
        for loaded in self.published()? {
            let (outcome, _) = loaded.after(&[])?;
            let market = &loaded.market;
            let pairs = market.applicants.iter().zip(&outcome.places).filter_map(|(applicant, program)| {
                Some((applicant.name.clone(), market.programs[(*program)? as usize].name.clone()))
            });
            found.extend(pairs);
        }
        Ok(found)
    }
}
