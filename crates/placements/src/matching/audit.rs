//! Looking for those who would rather have each other.

use super::run::would_take;
use super::seats::{Seats, UNRANKED};
use super::{Choice, Market, Party};

/// A party and a choice: the party would rather have it than what it got, and every programme in it would rather have the party than
/// somebody it took, or has a place free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Blocking {
    /// The party.
    pub party: u32,
    /// The choice, as a position in the party's list; none if the party was put where it never asked to be, and would rather have nothing.
    pub choice: Option<u32>,
}

/// Every blocking party with each of its choices, for places given to applicants by this or any other means.
#[must_use]
pub fn blocking(market: &Market, places: &[Option<u32>]) -> Vec<Blocking> {
    let seats = seated(market, places);
    let mut found = Vec::new();
    for (number, party) in (0..).zip(&market.parties) {
        let at = position(party, places);
        if at.is_none() && party.members().iter().flatten().any(|member| places[*member as usize].is_some()) {
            found.push(Blocking { party: number, choice: None });
        }
        let better = &party.choices[..at.unwrap_or(party.choices.len())];
        for (place, choice) in (0..).zip(better) {
            if would_take(&seats, party, choice) {
                found.push(Blocking { party: number, choice: Some(place) });
            }
        }
    }
    found
}

/// Who holds which place; somebody whom the programme did not rank stands last.
pub(super) fn seated(market: &Market, places: &[Option<u32>]) -> Vec<Seats> {
    let mut seats: Vec<Seats> = market.programs.iter().map(|program| Seats::new(program.capacity)).collect();
    for party in &market.parties {
        for (member, applicant) in party.members().into_iter().enumerate() {
            let Some(applicant) = applicant else { continue };
            let Some(program) = places[applicant as usize] else { continue };
            seats[program as usize].give(order_of(party, member, program), applicant);
        }
    }
    seats
}

fn order_of(party: &Party, member: usize, program: u32) -> u32 {
    let mut asked = party.choices.iter().filter_map(|choice| choice.seats[member]);
    asked.find(|seat| seat.program == program).and_then(|seat| seat.order).unwrap_or(UNRANKED)
}

/// Where on its list a party's places stand.
pub(super) fn position(party: &Party, places: &[Option<u32>]) -> Option<usize> {
    let got = party.members().map(|member| member.and_then(|member| places[member as usize]));
    let same = |choice: &Choice| choice.seats.map(|seat| seat.map(|seat| seat.program)) == got;
    party.choices.iter().position(same)
}
