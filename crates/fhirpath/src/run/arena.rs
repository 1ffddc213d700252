use std::cell::OnceCell;

use serde_json::Value;

/// Keeps what `resolve()` fetched for as long as the evaluation lasts.
#[derive(Debug, Default)]
pub(crate) struct Arena {
    slot: OnceCell<Box<(Value, Arena)>>,
}

/// How many resources one evaluation may fetch.
const KEPT_MAX: usize = 200;

impl Arena {
    /// Keeps a value; none when it is full.
    pub(crate) fn keep(&self, value: Value) -> Option<&Value> {
        let mut at = self;
        for _ in 0..KEPT_MAX {
            match at.slot.get() {
                Some(used) => at = &used.1,
                None => return Some(&at.slot.get_or_init(|| Box::new((value, Self::default()))).0),
            }
        }
        None
    }
}
