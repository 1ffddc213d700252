use jiff::civil::Date;
use placements::places::{Requirements, kind_of};
use store::records::{Belonging, Organisation, Person, PlaceRecord, Role};

use super::PlacementError;
use crate::ids::new_id;
use crate::platform::Platform;
use crate::programme::day;

/// A place that a host offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its id.
    pub id: String,
    /// The host or site, by id.
    pub organisation: String,
    /// The same by name.
    pub host: String,
    /// What it is called.
    pub title: String,
    /// What one does there.
    pub about: String,
    /// How many it takes.
    pub capacity: u32,
    /// Its first day.
    pub begins_on: Date,
    /// Its last day.
    pub ends_on: Option<Date>,
    /// What it asks for.
    pub asks: Requirements,
    /// Whether one can wish for it.
    pub open: bool,
}

/// A place to be offered.
#[derive(Debug, Clone)]
pub struct NewPlace<'a> {
    /// The host or site.
    pub organisation: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// What one does there.
    pub about: &'a str,
    /// How many it takes.
    pub capacity: u32,
    /// Its first day, as `2031-09-01`.
    pub begins_on: &'a str,
    /// Its last day.
    pub ends_on: &'a str,
    /// What it asks for.
    pub asks: Requirements,
}

/// The most that one place takes; a larger one is several.
const CAPACITY_MAX: u32 = 500;

impl Platform {
    /// All places, those that begin first before the others.
    ///
    /// # Errors
    /// From the store.
    pub fn places(&self) -> Result<Vec<Place>, PlacementError> {
        let organisations = self.records.organisation_list()?;
        Ok(self.records.place_list()?.into_iter().map(|record| place_of(record, &organisations)).collect())
    }

    /// The organisations whose places somebody keeps: an education office those of its host and the host's sites, an instructor all.
    ///
    /// # Errors
    /// From the store.
    pub fn hosts_kept_by(&self, person: &Person) -> Result<Vec<Organisation>, PlacementError> {
        let offices = self.records.affiliation_list_of(&person.id)?;
        let office = |id: &str| offices.iter().any(|(of, part)| of == id && *part == Belonging::Office);
        let mut found = self.records.organisation_list()?;
        found.retain(|one| one.kind != store::records::OrganisationKind::School);
        if person.role != Role::Instructor {
            found.retain(|one| office(&one.id) || one.parent.as_deref().is_some_and(office));
        }
        Ok(found)
    }

    /// Offers a place.
    ///
    /// # Errors
    /// [`PlacementError::NotYours`] for a host that is not theirs, [`PlacementError::Invalid`] for a place without room or days that are none.
    pub fn add_place(&self, person: &Person, new: &NewPlace<'_>) -> Result<Place, PlacementError> {
        let hosts = self.hosts_kept_by(person)?;
        let host =
            hosts.iter().find(|host| host.id == new.organisation).ok_or(PlacementError::NotYours("host"))?;
        let title = new.title.trim();
        if !(1..=120).contains(&title.chars().count()) || new.about.chars().count() > 4_000 {
            return Err(PlacementError::invalid(
                "title",
                "give it a title of up to 120 characters, and a few words about it",
            ));
        }
        if !(1..=CAPACITY_MAX).contains(&new.capacity) {
            return Err(PlacementError::invalid("capacity", format!("a place takes 1 to {CAPACITY_MAX}")));
        }
        let begins_on = day(new.begins_on)
            .ok_or_else(|| PlacementError::invalid("begins_on", "write its first day, as 2031-09-01"))?;
        let ends_on = match new.ends_on.trim() {
            "" => None,
            text => Some(day(text).filter(|ends_on| *ends_on >= begins_on).ok_or_else(|| {
                PlacementError::invalid("ends_on", "write its last day, not before its first")
            })?),
        };
        self.check_requirements(&new.asks)?;
        let record = PlaceRecord {
            id: new_id(&*self.entropy),
            organisation: host.id.clone(),
            title: title.to_owned(),
            about: new.about.trim().to_owned(),
            capacity: new.capacity,
            begins_on: begins_on.to_string(),
            ends_on: ends_on.map(|day| day.to_string()),
            requirements: serde_json::json!(new.asks),
            open: true,
            created_us: self.clock.now_us(),
        };
        self.records.place_set(&record)?;
        Ok(place_of(record, &hosts))
    }

    /// Says whether one can wish for a place.
    ///
    /// # Errors
    /// [`PlacementError::NotYours`] for a place of others.
    pub fn open_place(&self, person: &Person, id: &str, open: bool) -> Result<(), PlacementError> {
        self.place_kept_by(person, id)?;
        let record = self.records.place(id)?.ok_or(PlacementError::NotYours("place"))?;
        Ok(self.records.place_set(&PlaceRecord { open, ..record })?)
    }

    /// A place that somebody keeps.
    pub(super) fn place_kept_by(&self, person: &Person, id: &str) -> Result<Place, PlacementError> {
        let hosts = self.hosts_kept_by(person)?;
        let place =
            self.records.place(id)?.filter(|place| hosts.iter().any(|host| host.id == place.organisation));
        Ok(place_of(place.ok_or(PlacementError::NotYours("place"))?, &hosts))
    }

    fn check_requirements(&self, asks: &Requirements) -> Result<(), PlacementError> {
        if let Some(kind) = asks.documents.iter().find(|kind| kind_of(kind).is_none()) {
            return Err(PlacementError::invalid(
                "documents",
                format!("there is no kind of document `{kind}`"),
            ));
        }
        let catalogue = self.catalogue();
        let known = |id: &String| catalogue.competencies.iter().any(|one| one.id == *id);
        match asks.competencies.iter().find(|id| !known(id)) {
            Some(id) => {
                Err(PlacementError::invalid("competencies", format!("there is no competency `{id}`")))
            }
            None => Ok(()),
        }
    }
}

fn place_of(record: PlaceRecord, organisations: &[Organisation]) -> Place {
    let name = |id: &str| organisations.iter().find(|one| one.id == id);
    let host = name(&record.organisation).map_or(record.organisation.clone(), |one| {
        let of =
            one.parent.as_deref().and_then(name).map_or(String::new(), |host| format!(" of {}", host.name));
        format!("{}{of}", one.name)
    });
    Place {
        id: record.id,
        host,
        organisation: record.organisation,
        title: record.title,
        about: record.about,
        capacity: record.capacity,
        begins_on: day(&record.begins_on).unwrap_or_default(),
        ends_on: record.ends_on.as_deref().and_then(day),
        // What it asks for in words that are no longer known, it no longer asks for.
        asks: serde_json::from_value(record.requirements).unwrap_or_default(),
        open: record.open,
    }
}
