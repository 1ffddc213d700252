use platform::placements::MyCouple;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::call::Call;
use crate::api::given::Nothing;
use crate::api::me::PersonView;
use crate::problem::Problem;

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CoupleList {
    couples: Vec<CoupleView>,
}

/// Somebody with whom the caller takes part in the match as one, or who asked or was asked.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Couple")]
struct CoupleView {
    id: String,
    partner: PersonView,
    /// Whether the caller asked.
    asked: bool,
    /// Whether both agreed.
    agreed: bool,
    /// The best first.
    pairs: Vec<Pair>,
}

/// A pair of places, by id; nothing where one would go without.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PairOfPlaces")]
struct Pair {
    /// The caller's place.
    own: Option<String>,
    /// The partner's.
    partner: Option<String>,
}

impl From<MyCouple> for CoupleView {
    fn from(one: MyCouple) -> Self {
        let pair = |[own, partner]: [Option<String>; 2]| Pair { own, partner };
        Self {
            id: one.id,
            partner: (&one.partner).into(),
            asked: one.asked,
            agreed: one.agreed,
            pairs: one.wishes.into_iter().map(pair).collect(),
        }
    }
}

pub(super) fn list(call: &Call<'_>) -> Result<CoupleList, Problem> {
    let couples = call.platform().couples_of(call.person()?)?;
    Ok(CoupleList { couples: couples.into_iter().map(CoupleView::from).collect() })
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    /// The login of the other learner.
    login: String,
}

pub(super) fn ask(call: &Call<'_>, given: &Question) -> Result<CoupleList, Problem> {
    call.platform().ask_to_couple(call.person()?, &given.login)?;
    list(call)
}

pub(super) fn agree(call: &Call<'_>, _: &Nothing) -> Result<CoupleList, Problem> {
    call.platform().agree_to_couple(call.person()?, call.part("couple"))?;
    list(call)
}

pub(super) fn part(call: &Call<'_>) -> Result<(), Problem> {
    Ok(call.platform().part_couple(call.person()?, call.part("couple"))?)
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Pairs {
    /// The best first.
    pairs: Vec<Pair>,
}

pub(super) fn wish(call: &Call<'_>, given: &Pairs) -> Result<CoupleList, Problem> {
    let pairs: Vec<_> = given.pairs.iter().cloned().map(|pair| [pair.own, pair.partner]).collect();
    call.platform().wish_as_couple(call.person()?, call.part("couple"), &pairs)?;
    list(call)
}
