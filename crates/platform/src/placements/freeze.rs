use std::collections::{BTreeMap, BTreeSet};
use std::iter::zip;

use placements::matching::{Files, Source};
use placements::tables::csv_text;
use serde::{Deserialize, Serialize};
use store::records::{Couple, Person, Wish};

use super::{Place, PlacementError};
use crate::platform::Platform;

/// The files that a match is decided from. People and places are called by their ids, so that the files can be published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Frozen {
    pub(super) programs: String,
    pub(super) applicants: String,
    pub(super) ranks: String,
    /// Only where couples take part.
    #[serde(default)]
    pub(super) couples: Option<String>,
}

impl Frozen {
    /// The names of the files.
    pub(super) fn names(&self) -> Vec<&'static str> {
        let mut names = vec!["programs.csv", "applicants.csv", "ranks.csv"];
        names.extend(self.couples.as_ref().map(|_| "couples.csv"));
        names
    }

    pub(super) fn files(&self) -> Files<'_> {
        Files {
            programs: Source { name: "programs.csv", text: &self.programs },
            applicant_ranks: Source { name: "applicants.csv", text: &self.applicants },
            program_ranks: Source { name: "ranks.csv", text: &self.ranks },
            couples: self.couples.as_ref().map(|text| Source { name: "couples.csv", text }),
        }
    }
}

/// A wish that did not take part in a match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOutWish {
    /// Whose, by id.
    pub person: String,
    /// The place, by id.
    pub place: String,
    /// Why.
    pub why: String,
}

/// Who has what from the rounds that are decided.
pub(super) struct Taken {
    pub(super) round: u32,
    pub(super) people: BTreeSet<String>,
    pub(super) places: BTreeMap<String, u32>,
}

/// A list of wishes: those that take part, each with its rank, and those that do not.
type Split = (Vec<(u32, String)>, Vec<LeftOutWish>);
/// The pairs that a couple takes part with, as rows of the file of couples, and the wishes that do not take part.
type Pairs = (Vec<[String; 5]>, Vec<LeftOutWish>);

impl Platform {
    /// Freezes what both sides wish now: open places with the room that earlier rounds left, and the wishes of who has no place and lacks nothing.
    /// Two who agreed to take part as one do so with their pairs, and not alone.
    pub(super) fn freeze(&self, taken: &Taken) -> Result<(Frozen, Vec<LeftOutWish>), PlacementError> {
        let mut places: Vec<Place> = self.places()?.into_iter().filter(|place| place.open).collect();
        for place in &mut places {
            place.capacity = place.capacity.saturating_sub(taken.places.get(&place.id).copied().unwrap_or(0));
        }
        places.retain(|place| place.capacity > 0);
        let (mut lists, mut left_out) = (BTreeMap::new(), Vec::new());
        let couples: Vec<Couple> =
            self.records.couple_list()?.into_iter().filter(|couple| couple.agreed_us.is_some()).collect();
        let (mut pairs, mut partners) = (Vec::new(), BTreeSet::new());
        for couple in &couples {
            let (kept, out) = self.eligible_pairs(couple, taken, &places)?;
            left_out.extend(out);
            if !kept.is_empty() {
                partners.extend(couple.members.iter().map(ToString::to_string));
            }
            pairs.extend(kept);
        }
        let wishes = self.records.wish_list()?;
        for list in wishes.chunk_by(|a, b| a.person == b.person) {
            let in_couple = couples.iter().any(|couple| couple.place_of(&list[0].person).is_some());
            if in_couple || taken.people.contains(list[0].person.as_str()) {
                continue;
            }
            let Some(person) = self.records.person(&list[0].person)? else { continue };
            let (kept, out) = self.eligible(&person, list, &places)?;
            left_out.extend(out);
            if !kept.is_empty() {
                lists.insert(person.id.to_string(), kept);
            }
        }
        if lists.is_empty() && pairs.is_empty() {
            let what = "nobody who lacks nothing wishes for a place that is open; look at the places and their applicants";
            return Err(PlacementError::invalid("match", what));
        }
        let ranks = self.records.place_rank_list()?.into_iter().filter(|rank| {
            let person = rank.person.as_str();
            (lists.contains_key(person) || partners.contains(person))
                && places.iter().any(|place| place.id == rank.place)
        });
        let programs = places.iter().map(|place| [place.id.clone(), place.capacity.to_string()]);
        let applicants = lists.iter().flat_map(|(person, list)| {
            list.iter().map(|(rank, place)| [person.clone(), rank.to_string(), place.clone()])
        });
        let ranks = ranks.map(|rank| [rank.place, rank.rank.to_string(), rank.person.to_string()]);
        let columns = ["partner_a", "partner_b", "rank", "program_a", "program_b"];
        let frozen = Frozen {
            couples: (!pairs.is_empty()).then(|| csv_text(columns, pairs)),
            programs: csv_text(["program", "capacity"], programs),
            applicants: csv_text(["applicant", "rank", "program"], applicants),
            ranks: csv_text(["program", "rank", "applicant"], ranks),
        };
        Ok((frozen, left_out))
    }

    /// The pairs of a couple without those in which a place is not to be had, or somebody lacks something for theirs. A couple of whom
    /// one has a place already takes part with none.
    fn eligible_pairs(
        &self,
        couple: &Couple,
        taken: &Taken,
        places: &[Place],
    ) -> Result<Pairs, PlacementError> {
        let mut why_not = Vec::new();
        for (at, member) in couple.members.iter().enumerate() {
            if taken.people.contains(member.as_str()) {
                return Ok((Vec::new(), Vec::new()));
            }
            let Some(person) = self.records.person(member)? else { return Ok((Vec::new(), Vec::new())) };
            let own = couple.wishes.iter().filter_map(|pair| pair[at].clone()).collect::<BTreeSet<_>>();
            let wish = |(rank, place)| Wish { person: member.clone(), place, rank };
            let own: Vec<Wish> = zip(1.., own).map(wish).collect();
            let (_, out) = self.eligible(&person, &own, places)?;
            why_not.push(out);
        }
        let out_of = |at: usize, place: &str| why_not[at].iter().any(|out| out.place == place);
        let mut rows = Vec::new();
        for (rank, pair) in zip(1_u32.., &couple.wishes) {
            let is_out = |at: usize| pair[at].as_deref().is_some_and(|place| out_of(at, place));
            if !is_out(0) && !is_out(1) {
                let [one, other] = couple.members.each_ref().map(ToString::to_string);
                let [first, second] = pair.clone().map(Option::unwrap_or_default);
                rows.push([one, other, rank.to_string(), first, second]);
            }
        }
        Ok((rows, why_not.into_iter().flatten().collect()))
    }

    /// A list without the places that are not to be had, and without those that the person lacks something for.
    fn eligible(&self, person: &Person, list: &[Wish], places: &[Place]) -> Result<Split, PlacementError> {
        let lacks = self.lacks_for(person, places)?;
        let (mut kept, mut out) = (Vec::new(), Vec::new());
        for wish in list {
            let at = places.iter().position(|place| place.id == wish.place);
            let why = match at {
                None => "the place is closed, or all its room is taken".to_owned(),
                Some(at) if lacks[at].is_empty() => {
                    kept.push((wish.rank, wish.place.clone()));
                    continue;
                }
                Some(at) => lacks[at].iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
            };
            out.push(LeftOutWish { person: person.id.to_string(), place: wish.place.clone(), why });
        }
        Ok((kept, out))
    }
}
