use std::collections::{BTreeMap, BTreeSet};

use placements::matching::{Files, Source};
use placements::tables::csv_text;
use serde::{Deserialize, Serialize};
use store::records::{Person, Wish};

use super::{Place, PlacementError};
use crate::platform::Platform;

/// The files that a match is decided from. People and places are called by their ids, so that the files can be published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Frozen {
    pub(super) programs: String,
    pub(super) applicants: String,
    pub(super) ranks: String,
}

impl Frozen {
    pub(super) fn files(&self) -> Files<'_> {
        Files {
            programs: Source { name: "programs.csv", text: &self.programs },
            applicant_ranks: Source { name: "applicants.csv", text: &self.applicants },
            program_ranks: Source { name: "ranks.csv", text: &self.ranks },
            couples: None,
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

impl Platform {
    /// Freezes what both sides wish now: open places with the room that earlier rounds left, and the wishes of who has no place and lacks nothing.
    pub(super) fn freeze(&self, taken: &Taken) -> Result<(Frozen, Vec<LeftOutWish>), PlacementError> {
        let mut places: Vec<Place> = self.places()?.into_iter().filter(|place| place.open).collect();
        for place in &mut places {
            place.capacity = place.capacity.saturating_sub(taken.places.get(&place.id).copied().unwrap_or(0));
        }
        places.retain(|place| place.capacity > 0);
        let (mut lists, mut left_out) = (BTreeMap::new(), Vec::new());
        let wishes = self.records.wish_list()?;
        for list in wishes.chunk_by(|a, b| a.person == b.person) {
            if taken.people.contains(list[0].person.as_str()) {
                continue;
            }
            let Some(person) = self.records.person(&list[0].person)? else { continue };
            let (kept, out) = self.eligible(&person, list, &places)?;
            left_out.extend(out);
            if !kept.is_empty() {
                lists.insert(person.id.to_string(), kept);
            }
        }
        if lists.is_empty() {
            let what = "nobody who lacks nothing wishes for a place that is open; look at the places and their applicants";
            return Err(PlacementError::invalid("match", what));
        }
        let ranks = self.records.place_rank_list()?.into_iter().filter(|rank| {
            lists.contains_key(rank.person.as_str()) && places.iter().any(|place| place.id == rank.place)
        });
        let programs = places.iter().map(|place| [place.id.clone(), place.capacity.to_string()]);
        let applicants = lists.iter().flat_map(|(person, list)| {
            list.iter().map(|(rank, place)| [person.clone(), rank.to_string(), place.clone()])
        });
        let ranks = ranks.map(|rank| [rank.place, rank.rank.to_string(), rank.person.to_string()]);
        let frozen = Frozen {
            programs: csv_text(["program", "capacity"], programs),
            applicants: csv_text(["applicant", "rank", "program"], applicants),
            ranks: csv_text(["program", "rank", "applicant"], ranks),
        };
        Ok((frozen, left_out))
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
