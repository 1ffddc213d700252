use placements::matching::{Override, Wants};
use serde_json::json;
use store::records::{MatchOverride, Person};

use super::PlacementError;
use super::matches::{Loaded, check_teaches};
use crate::platform::Platform;

/// What a change by hand would do.
#[derive(Debug, Clone)]
pub struct Price {
    /// Where the applicant is now, by id.
    pub from: Option<String>,
    /// Where they would be.
    pub to: Option<String>,
    /// Who would block from then on and does not now.
    pub price: Vec<Wants>,
}

impl Platform {
    /// What a change by hand would do, before anybody makes it.
    ///
    /// # Errors
    /// [`PlacementError::Mistakes`] if the place is full, [`PlacementError::Invalid`] for names that there are not.
    pub fn price_of_override(
        &self,
        instructor: &Person,
        run: &str,
        (applicant, place): (&str, Option<&str>),
    ) -> Result<Price, PlacementError> {
        check_teaches(instructor)?;
        priced(&self.load_match(run)?, (applicant, place), "to be seen")
    }

    /// Changes an outcome by hand; the reason and the price are kept and published with it.
    ///
    /// # Errors
    /// As [`price_of_override`](Self::price_of_override), and [`PlacementError::Invalid`] without a reason or before the match is published.
    pub fn override_match(
        &self,
        instructor: &Person,
        run: &str,
        (applicant, place): (&str, Option<&str>),
        reason: &str,
    ) -> Result<(), PlacementError> {
        check_teaches(instructor)?;
        let (loaded, reason) = (self.load_match(run)?, reason.trim());
        if loaded.run.published_us.is_none() {
            return Err(PlacementError::invalid(
                "reason",
                "publish the match first; a dry run is simply run again",
            ));
        }
        if !(3..=500).contains(&reason.chars().count()) {
            return Err(PlacementError::invalid(
                "reason",
                "say why, in 3 to 500 characters; the reason is published",
            ));
        }
        let price = priced(&loaded, (applicant, place), reason)?;
        let change = MatchOverride {
            applicant: applicant.to_owned(),
            place: place.map(str::to_owned),
            reason: reason.to_owned(),
            price: json!(price.price),
            by: instructor.login.clone(),
            at_us: self.clock.now_us(),
        };
        Ok(self.records.match_override_add(run, &change)?)
    }
}

fn priced(
    loaded: &Loaded,
    (applicant, place): (&str, Option<&str>),
    reason: &str,
) -> Result<Price, PlacementError> {
    let unknown =
        || PlacementError::invalid("applicant", "choose somebody and a place that took part in this match");
    let market = &loaded.market;
    let applicant = market.applicant(applicant).ok_or_else(unknown)?;
    let program = place.map(|place| market.program(place).ok_or_else(unknown)).transpose()?;
    let change = Override { applicant, program, reason: reason.to_owned(), line: 1 };
    let (_, mut done) = loaded.after(&[change])?;
    let done = done.pop().ok_or_else(unknown)?;
    Ok(Price { from: done.from, to: done.to, price: done.price })
}
