use std::collections::BTreeSet;

use store::StoreError;
use store::records::{Couple, PairOfPlaces, Person, PersonId, Role};

use super::PlacementError;
use crate::ids::new_id;
use crate::platform::Platform;

/// So many pairs of places can be wished for.
const PAIRS_MAX: usize = 40;

/// A couple, or a question, as one of the two sees it.
#[derive(Debug, Clone)]
pub struct MyCouple {
    /// Its id.
    pub id: String,
    /// The other.
    pub partner: Person,
    /// Whether they were the one who asked.
    pub asked: bool,
    /// Whether both agreed.
    pub agreed: bool,
    /// The pairs of places, the best first: one's own, and the partner's.
    pub wishes: Vec<PairOfPlaces>,
}

impl Platform {
    /// The couple that somebody is in, and the questions they asked or were asked.
    ///
    /// # Errors
    /// From the store.
    pub fn couples_of(&self, person: &Person) -> Result<Vec<MyCouple>, PlacementError> {
        let mut found = Vec::new();
        for couple in self.records.couple_list()? {
            let Some(place) = couple.place_of(&person.id) else { continue };
            let Some(partner) = self.records.person(&couple.members[1 - place])? else { continue };
            let own_first = |[one, other]: PairOfPlaces| if place == 0 { [one, other] } else { [other, one] };
            found.push(MyCouple {
                id: couple.id,
                partner,
                asked: place == 0,
                agreed: couple.agreed_us.is_some(),
                wishes: couple.wishes.into_iter().map(own_first).collect(),
            });
        }
        Ok(found)
    }

    /// Asks another learner to take part in the match as one.
    ///
    /// # Errors
    /// [`PlacementError::Invalid`] for who is no learner, is oneself, was asked before, or takes part with somebody.
    pub fn ask_to_couple(&self, person: &Person, login: &str) -> Result<(), PlacementError> {
        let invalid = |what: &str| PlacementError::invalid("login", what);
        let found = self.records.person_by_login(login.trim())?.map(|(other, _)| other);
        let other = found.filter(|other| other.role == Role::Learner && other.id != person.id);
        let other = other.ok_or_else(|| invalid("write the login of another learner"))?;
        if person.role != Role::Learner {
            return Err(invalid("learners take part in the match"));
        }
        let all = self.records.couple_list()?;
        let agreed =
            |id: &PersonId| all.iter().any(|one| one.agreed_us.is_some() && one.place_of(id).is_some());
        if agreed(&person.id) || agreed(&other.id) {
            return Err(invalid("one of you takes part with somebody already; part first"));
        }
        let both = |one: &Couple| one.place_of(&person.id).is_some() && one.place_of(&other.id).is_some();
        if all.iter().any(both) {
            return Err(invalid("one of you has asked the other already; the answer is open"));
        }
        let couple = Couple {
            id: new_id(&*self.entropy),
            members: [person.id.clone(), other.id],
            asked_us: self.clock.now_us(),
            agreed_us: None,
            wishes: Vec::new(),
        };
        Ok(self.records.couple_add(&couple)?)
    }

    /// Agrees to take part as one with who asked.
    ///
    /// # Errors
    /// [`PlacementError::NotYours`] for who was not asked; [`StoreError::Conflict`] if one of them takes part with somebody.
    pub fn agree_to_couple(&self, person: &Person, id: &str) -> Result<(), PlacementError> {
        let couple = self.couple_with(person, id)?;
        if couple.members[1] != person.id {
            return Err(PlacementError::NotYours("question"));
        }
        Ok(self.records.couple_agree(id, self.clock.now_us())?)
    }

    /// Parts, declines, or takes a question back. Each of the two wishes alone again.
    ///
    /// # Errors
    /// [`PlacementError::NotYours`] for everybody else.
    pub fn part_couple(&self, person: &Person, id: &str) -> Result<(), PlacementError> {
        self.couple_with(person, id)?;
        Ok(self.records.couple_remove(id)?)
    }

    /// Replaces the pairs of places that a couple wishes for, each with one's own place first. Either of the two writes the list.
    ///
    /// # Errors
    /// [`PlacementError::NotYours`] for everybody else; [`PlacementError::Invalid`] for a pair that stands twice or has no place at all, for
    /// a place that is not open, for one pair too many; [`StoreError::Conflict`] before both agreed.
    pub fn wish_as_couple(
        &self,
        person: &Person,
        id: &str,
        pairs: &[PairOfPlaces],
    ) -> Result<(), PlacementError> {
        let couple = self.couple_with(person, id)?;
        if couple.agreed_us.is_none() {
            let what = "the other has not agreed yet".to_owned();
            return Err(StoreError::Conflict { what }.into());
        }
        let invalid = |what: &str| Err(PlacementError::invalid("pairs", what));
        if pairs.len() > PAIRS_MAX {
            return invalid("wish for up to 40 pairs of places");
        }
        let open: BTreeSet<String> =
            self.records.place_list()?.into_iter().filter(|place| place.open).map(|place| place.id).collect();
        let mut seen = BTreeSet::new();
        for pair in pairs {
            if pair.iter().flatten().any(|place| !open.contains(place)) {
                return invalid("one of these places is no longer open; take it off your list");
            }
            if pair.iter().flatten().count() == 0 {
                return invalid("a pair without any place says nothing; leave it out");
            }
            if !seen.insert(pair) {
                return invalid("a pair stands on your list twice; keep one");
            }
        }
        let own_is_first = couple.members[0] == person.id;
        let ordered = |[own, partner]: &PairOfPlaces| {
            let (own, partner) = (own.clone(), partner.clone());
            if own_is_first { [own, partner] } else { [partner, own] }
        };
        Ok(self.records.couple_wish_set(id, &pairs.iter().map(ordered).collect::<Vec<_>>())?)
    }

    /// Who wishes for a place: alone, or as one of a couple.
    pub(super) fn wishers(&self, place: &str) -> Result<BTreeSet<PersonId>, PlacementError> {
        let couples = self.records.couple_list()?.into_iter().filter(|couple| couple.agreed_us.is_some());
        let couples: Vec<Couple> = couples.collect();
        let alone = |person: &PersonId| !couples.iter().any(|couple| couple.place_of(person).is_some());
        let wishes = self.records.wish_list()?.into_iter();
        let mut found: BTreeSet<PersonId> = wishes
            .filter(|wish| wish.place == place && alone(&wish.person))
            .map(|wish| wish.person)
            .collect();
        for couple in &couples {
            for (at, member) in couple.members.iter().enumerate() {
                if couple.wishes.iter().any(|pair| pair[at].as_deref() == Some(place)) {
                    found.insert(member.clone());
                }
            }
        }
        Ok(found)
    }

    fn couple_with(&self, person: &Person, id: &str) -> Result<Couple, PlacementError> {
        let found = self.records.couple_list()?.into_iter().find(|couple| couple.id == id);
        found.filter(|couple| couple.place_of(&person.id).is_some()).ok_or(PlacementError::NotYours("couple"))
    }
}
