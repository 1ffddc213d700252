//! Who takes part, and what each side wants.

/// A programme that offers places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Its name in the files.
    pub name: String,
    /// How many places it has, at least 1.
    pub capacity: u32,
    /// Whom it would take, best first: the applicant and the rank the programme gave, which ties share.
    pub ranked: Vec<(u32, u32)>,
}

/// Somebody who looks for a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applicant {
    /// Their name in the files.
    pub name: String,
    /// The party they ask with: themselves, or a couple.
    pub party: u32,
}

/// One place that a choice asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// The programme.
    pub program: u32,
    /// Where the programme puts this applicant, from 0; none if it would not take them.
    pub order: Option<u32>,
}

/// One wish of a party: a seat for each member, or none for a member who would go without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The rank that was given.
    pub rank: u32,
    /// The seats, by member; the second is none for a single applicant.
    pub seats: [Option<Seat>; 2],
}

/// One applicant or one couple, who ask as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The first or only member.
    pub first: u32,
    /// The partner.
    pub second: Option<u32>,
    /// Their wishes, best first.
    pub choices: Vec<Choice>,
}

impl Party {
    /// The members, in the order of a choice's seats.
    #[must_use]
    pub fn members(&self) -> [Option<u32>; 2] {
        [Some(self.first), self.second]
    }

    /// Whether this member of the market belongs to it.
    #[must_use]
    pub fn has(&self, applicant: u32) -> bool {
        self.first == applicant || self.second == Some(applicant)
    }
}

/// All that a match is decided from. Names are sorted, so that the order of rows in a file means nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Market {
    /// Programmes by name.
    pub programs: Vec<Program>,
    /// Applicants by name.
    pub applicants: Vec<Applicant>,
    /// Parties: single applicants by name, then couples by the names of both.
    pub parties: Vec<Party>,
    /// The seed that ties and the order of couples come from.
    pub seed: u64,
}

impl Market {
    /// The party of an applicant.
    #[must_use]
    pub fn party_of(&self, applicant: u32) -> &Party {
        &self.parties[self.applicants[applicant as usize].party as usize]
    }

    /// The number of the applicant with this name.
    #[must_use]
    pub fn applicant(&self, name: &str) -> Option<u32> {
        let at = self.applicants.binary_search_by(|applicant| applicant.name.as_str().cmp(name)).ok()?;
        u32::try_from(at).ok()
    }

    /// The number of the programme with this name.
    #[must_use]
    pub fn program(&self, name: &str) -> Option<u32> {
        let at = self.programs.binary_search_by(|program| program.name.as_str().cmp(name)).ok()?;
        u32::try_from(at).ok()
    }

    /// The rank a programme gave an applicant, and where that puts them among those it ranked, from 0.
    #[must_use]
    pub fn standing(&self, program: u32, applicant: u32) -> Option<(u32, u32)> {
        let ranked = &self.programs[program as usize].ranked;
        let at = ranked.iter().position(|(ranked, _)| *ranked == applicant)?;
        Some((ranked[at].1, u32::try_from(at).ok()?))
    }
}
