use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

/// A value that is not the same on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Where: `destinations[EHR].queue.mode`, `PID-5.1`, `entry[0].resource.id`.
    pub path: String,
    /// What was there; nothing if it is new.
    pub old: Option<String>,
    /// What is there now; nothing if it is gone.
    pub new: Option<String>,
}

/// The values that differ, by path in the order of the paths; `old` and `new` are sorted.
pub(super) fn unequal(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<Difference> {
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differing = paths.into_iter().filter(|path| old.get(*path) != new.get(*path));
    let difference = |path: &String| Difference {
        path: path.clone(),
        old: old.get(path).cloned(),
        new: new.get(path).cloned(),
    };
    differing.map(difference).collect()
}
