use platform::people::Role;
use platform::placements::{Lack, Place};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::call::Call;
use crate::problem::Problem;

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PlaceList {
    places: Vec<PlaceView>,
    /// The places that the caller wishes for, the best first.
    wishes: Vec<String>,
}

/// A place at a host.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Place")]
pub(super) struct PlaceView {
    id: String,
    title: String,
    host: String,
    about: String,
    /// How many it takes.
    capacity: u32,
    /// Its first day, as `2031-09-01`.
    begins_on: String,
    /// Its last day.
    ends_on: Option<String>,
    /// Whether one can wish for it.
    open: bool,
    /// What the caller lacks for it, in words; empty for who does not learn.
    lacks: Vec<String>,
}

fn view(place: Place, lacks: &[Lack]) -> PlaceView {
    PlaceView {
        begins_on: place.begins_on.to_string(),
        ends_on: place.ends_on.map(|day| day.to_string()),
        id: place.id,
        title: place.title,
        host: place.host,
        about: place.about,
        capacity: place.capacity,
        open: place.open,
        lacks: lacks.iter().map(ToString::to_string).collect(),
    }
}

pub(super) fn list(call: &Call<'_>) -> Result<PlaceList, Problem> {
    let (platform, person) = (call.platform(), call.person()?);
    let places = platform.places()?;
    let lacks = match person.role {
        Role::Learner => platform.lacks_for(person, &places)?,
        _ => vec![Vec::new(); places.len()],
    };
    Ok(PlaceList {
        places: places.into_iter().zip(&lacks).map(|(place, lacks)| view(place, lacks)).collect(),
        wishes: platform.wishes_of(person)?,
    })
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Wishes {
    /// Ids of places, the best first.
    places: Vec<String>,
}

pub(super) fn wish(call: &Call<'_>, given: &Wishes) -> Result<PlaceList, Problem> {
    call.platform().wish(call.person()?, &given.places)?;
    list(call)
}
