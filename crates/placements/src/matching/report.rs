//! What is published after a match.

use serde::{Deserialize, Serialize};

use super::{Blocking, Fingerprint, Market, Outcome, Party, blocking};

/// How the match is made, for whoever wants to make it again.
const METHOD: &str = "applicant-proposing deferred acceptance with couples (Roth and Peranson 1999)";

/// The outcome by name, with its audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Who got what, by applicant.
    pub matched: Vec<Matched>,
    /// Who got nothing.
    pub unmatched: Vec<String>,
    /// Places that stayed open.
    pub open: Vec<Open>,
    /// How it came about, and what is wrong with it.
    pub audit: Audit,
}

/// One applicant with a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matched {
    /// The applicant.
    pub applicant: String,
    /// The programme.
    pub program: String,
    /// The rank of this wish; none if it was not one of theirs.
    pub rank: Option<u32>,
    /// The rank the programme gave the applicant; none if it gave none.
    pub program_rank: Option<u32>,
}

/// Places nobody got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Open {
    /// The programme.
    pub program: String,
    /// How many.
    pub places: u32,
}

/// How an outcome came about, and who would rather have something else together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Audit {
    /// The method.
    pub method: &'static str,
    /// The seed of the lottery and of the order of couples.
    pub seed: u64,
    /// What it was decided from.
    pub inputs: Vec<Fingerprint>,
    /// Applicants, partners in couples among them.
    pub applicants: usize,
    /// Couples.
    pub couples: usize,
    /// Programmes.
    pub programs: usize,
    /// Places of all programmes.
    pub places: u64,
    /// How many wishes were asked for.
    pub proposals: u64,
    /// How many orders of couples were tried.
    pub orders_tried: u64,
    /// Whether couples went round in a circle that had to be cut.
    pub cut: bool,
    /// Whether nobody blocks.
    pub stable: bool,
    /// Everybody who would rather have something else, where the other side would rather have them too.
    pub blocking: Vec<Wants>,
}

/// A blocking party: who, and what they would rather have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Wants {
    /// One applicant, or both partners.
    pub applicants: Vec<String>,
    /// The programme of each; none for a partner who would go without, and for who would rather have no place than this one.
    pub programs: Vec<Option<String>>,
    /// The rank of this wish.
    pub rank: Option<u32>,
}

/// Puts an outcome into names and audits it.
#[must_use]
pub fn report(market: &Market, outcome: &Outcome, inputs: Vec<Fingerprint>) -> Report {
    let found = blocking(market, &outcome.places);
    let audit = Audit {
        method: METHOD,
        seed: market.seed,
        inputs,
        applicants: market.applicants.len(),
        couples: market.parties.iter().filter(|party| party.second.is_some()).count(),
        programs: market.programs.len(),
        places: market.programs.iter().map(|program| u64::from(program.capacity)).sum(),
        proposals: outcome.proposals,
        orders_tried: outcome.orders_tried,
        cut: outcome.cut,
        stable: found.is_empty(),
        blocking: found.iter().map(|blocking| wants(market, *blocking)).collect(),
    };
    let mut report =
        Report { matched: Vec::new(), unmatched: Vec::new(), open: open(market, outcome), audit };
    for (number, applicant) in (0..).zip(&market.applicants) {
        match outcome.places[number as usize] {
            Some(program) => report.matched.push(matched(market, outcome, number, program)),
            None => report.unmatched.push(applicant.name.clone()),
        }
    }
    report
}

/// A blocking party by name.
pub(super) fn wants(market: &Market, blocking: Blocking) -> Wants {
    let party = &market.parties[blocking.party as usize];
    let choice = blocking.choice.map(|choice| party.choices[choice as usize]);
    let seats = choice.map_or([None, None], |choice| choice.seats);
    let program = |at: usize| seats[at].map(|seat| market.programs[seat.program as usize].name.clone());
    let members: Vec<u32> = party.members().into_iter().flatten().collect();
    Wants {
        applicants: members.iter().map(|member| market.applicants[*member as usize].name.clone()).collect(),
        programs: (0..members.len()).map(program).collect(),
        rank: choice.map(|choice| choice.rank),
    }
}

fn matched(market: &Market, outcome: &Outcome, applicant: u32, program: u32) -> Matched {
    let party = market.party_of(applicant);
    Matched {
        applicant: market.applicants[applicant as usize].name.clone(),
        program: market.programs[program as usize].name.clone(),
        rank: rank(party, outcome),
        program_rank: market.standing(program, applicant).map(|(rank, _)| rank),
    }
}

fn rank(party: &Party, outcome: &Outcome) -> Option<u32> {
    super::audit::position(party, &outcome.places).map(|at| party.choices[at].rank)
}

fn open(market: &Market, outcome: &Outcome) -> Vec<Open> {
    let mut taken = vec![0_u32; market.programs.len()];
    for program in outcome.places.iter().flatten() {
        taken[*program as usize] += 1;
    }
    let left = market
        .programs
        .iter()
        .zip(taken)
        .map(|(program, taken)| (program, program.capacity.saturating_sub(taken)));
    left.filter(|(_, places)| *places > 0)
        .map(|(program, places)| Open { program: program.name.clone(), places })
        .collect()
}
