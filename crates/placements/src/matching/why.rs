//! "Why not there?", for every wish that came before the one that was given.

use std::fmt;

use super::audit::{position, seated};
use super::run::would_take;
use super::seats::Seats;
use super::{Choice, Market, Party, Seat};

/// Why one place was not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The programme did not rank the applicant.
    NotRanked,
    /// Its places went to those it ranked above.
    Better {
        /// How many it took.
        taken: usize,
        /// The rank it gave the last of them.
        last: u32,
        /// The rank it gave this applicant.
        given: u32,
    },
    /// It ranked this applicant and the last it took alike, and the lottery put the other first.
    Lottery {
        /// The rank both were given.
        given: u32,
    },
    /// It would have taken this applicant, but the partner's place was not to be had, or not both at once.
    Partner,
    /// It would have taken them: the outcome is not stable here, and the audit says so.
    Blocking,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRanked => f.write_str("the programme did not rank this applicant"),
            Self::Better { taken, last, given } => write!(
                f,
                "the programme filled its {taken} place{} with those it ranked above; the last of them at {last}, this applicant at {given}",
                if *taken == 1 { "" } else { "s" }
            ),
            Self::Lottery { given } => {
                write!(
                    f,
                    "the programme ranked this applicant and the last it took both {given}, and the lottery put the other first"
                )
            }
            Self::Partner => f.write_str(
                "the programme would have had a place, but the couple could not have both places at once",
            ),
            Self::Blocking => {
                f.write_str("the programme would have taken the applicant; the audit lists this as blocking")
            }
        }
    }
}

/// The answer for one wish of one applicant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyNot {
    /// The rank the applicant gave it.
    pub rank: u32,
    /// The programme.
    pub program: u32,
    /// Why not.
    pub reason: Reason,
}

/// Why each applicant did not get what they wished for more, by applicant; empty for who got their first wish.
#[must_use]
pub fn why_not(market: &Market, places: &[Option<u32>]) -> Vec<Vec<WhyNot>> {
    let seats = seated(market, places);
    let mut answers = vec![Vec::new(); market.applicants.len()];
    for party in &market.parties {
        let better = &party.choices[..position(party, places).unwrap_or(party.choices.len())];
        for choice in better {
            let blocks = would_take(&seats, party, choice);
            for (member, seat) in party.members().into_iter().zip(choice.seats) {
                let (Some(member), Some(seat)) = (member, seat) else { continue };
                let reason =
                    if blocks { Reason::Blocking } else { reason(market, &seats, party, choice, seat) };
                answers[member as usize].push(WhyNot { rank: choice.rank, program: seat.program, reason });
            }
        }
    }
    answers
}

fn reason(market: &Market, seats: &[Seats], party: &Party, choice: &Choice, seat: Seat) -> Reason {
    let Some(order) = seat.order else { return Reason::NotRanked };
    let there = &seats[seat.program as usize];
    if choice.seats.iter().flatten().count() == 2 && there.would_take(1, order, party) {
        return Reason::Partner;
    }
    let ranked = &market.programs[seat.program as usize].ranked;
    let rank_at = |order: u32| ranked.get(order as usize).map(|(_, rank)| *rank);
    let (given, last) = (rank_at(order).unwrap_or(0), there.last().and_then(rank_at).unwrap_or(0));
    if given == last {
        Reason::Lottery { given }
    } else {
        Reason::Better { taken: there.taken(), last, given }
    }
}
