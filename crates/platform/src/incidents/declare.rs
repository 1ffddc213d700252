//! The learner says that it is over, and the attack comes once more: as it was, and in every other way it has.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::StoreError;
use store::journal::Filter;

use super::live::follow;
use super::walk::{Tokens, Walk};
use crate::access::{Access, outcome};
use crate::labs::Hands;
use crate::platform::Platform;

/// What undoes a declaration: what was put up against the attack is there no more.
const UNDONE: [&str; 4] = ["response.lifted", "sandbox.returned", "sandbox.reset", "sandbox.undo"];

/// What came of the attack when the learner had said that it was over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Declared {
    /// When, microseconds since 1970 UTC on the hospital's clock.
    pub at_us: i64,
    /// The journal's newest entry then.
    seq: i64,
    /// In how many ways the attack was tried.
    pub ways: usize,
    /// In how many of them something was got.
    pub through: usize,
}

/// Takes the learner at their word: what is due is played, then every way of the attack, through the hospital's doors and with
/// all that comes of it. Nothing, where there is no attack.
///
/// # Errors
/// When the store fails.
pub fn declare(
    platform: &Platform,
    access: &Access,
    hands: &dyn Hands,
) -> Result<Option<Declared>, StoreError> {
    let sandbox = access.sandbox().id();
    platform.play_actors(sandbox, hands)?;
    let _turn = platform.turns.take(&format!("actors {sandbox}"));
    let Some(mut truth) = platform.truth(sandbox)? else { return Ok(None) };
    let routes = truth.scene.routes(&truth.ground, truth.seed, truth.course.round);
    truth.course.round += 1;
    let stolen = truth.scene.leaked(&truth.ground, truth.seed);
    let orders = truth.ground.orders.clone();
    let at_us = access.virtual_us();
    let own = platform.access(sandbox, "actors", "platform")?;
    let mut through = 0;
    for route in &routes {
        let mut tokens = Tokens::new();
        let mut walk = Walk { hands, access: &own, tokens: &mut tokens, stolen: &stolen, orders: &orders };
        through += usize::from(follow(&mut walk, &mut truth, route, at_us) > 0);
    }
    let detail = json!({"ways": routes.len(), "through": through});
    access.note(access.event("response.declared", None, outcome::OK, detail))?;
    access.sandbox().flush()?;
    let (seq, _) = access.sandbox().journal_head()?;
    let declared = Declared { at_us, seq, ways: routes.len(), through };
    truth.course.declared = Some(declared.clone());
    platform.keep_truth(sandbox, &truth)?;
    access.tell("response.declared");
    Ok(Some(declared))
}

impl Declared {
    /// Whether everything that was up against the attack then still is.
    pub(super) fn still_holds(&self, access: &Access) -> Result<bool, StoreError> {
        let kinds = UNDONE.map(str::to_owned).to_vec();
        let filter = Filter { kinds, after_seq: self.seq, limit: 1, ..Filter::default() };
        Ok(access.sandbox().journal(&filter)?.is_empty())
    }
}
