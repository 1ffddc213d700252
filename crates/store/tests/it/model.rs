//! What a sandbox should hold, kept by the simplest means: all versions in a map, copied before every change.

use std::collections::BTreeMap;

use serde_json::Value;
use standards::fhir::resource::identity;

use crate::hospital::{START_US, stamped};

/// A resource's versions from the first on: when it was written, and its body unless it is a tombstone.
pub(crate) type Versions = Vec<(i64, Option<Vec<u8>>)>;
/// All resources by type and id.
pub(crate) type State = BTreeMap<(String, String), Versions>;

/// The states a hospital has been in since its image, the newest last.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    states: Vec<State>,
}

impl Model {
    pub(crate) fn of_image(resources: &[Value]) -> Self {
        let mut state = State::new();
        for resource in resources {
            put(&mut state, resource, START_US);
        }
        Self { states: vec![state] }
    }

    pub(crate) fn now(&self) -> &State {
        self.states.last().unwrap()
    }

    pub(crate) fn is_as_its_image(&self) -> bool {
        self.states.len() == 1
    }

    pub(crate) fn change(&mut self, work: impl FnOnce(&mut State)) {
        let mut next = self.now().clone();
        work(&mut next);
        self.states.push(next);
    }

    pub(crate) fn undo(&mut self) -> bool {
        self.states.len() > 1 && self.states.pop().is_some()
    }

    pub(crate) fn reset(&mut self) {
        self.states.truncate(1);
    }

    /// The bodies of all resources that are there now.
    pub(crate) fn live(&self) -> Vec<Value> {
        let newest = self.now().values().filter_map(|versions| versions.last()?.1.as_deref());
        newest.map(|body| serde_json::from_slice(body).unwrap()).collect()
    }
}

pub(crate) fn put(state: &mut State, resource: &Value, updated_us: i64) {
    let (kind, id) = identity(resource).unwrap();
    let versions = state.entry((kind.to_owned(), id.to_owned())).or_default();
    let body = stamped(resource, versions.len() as u64 + 1, updated_us);
    versions.push((updated_us, Some(body)));
}

pub(crate) fn delete(state: &mut State, kind: &str, id: &str, updated_us: i64) {
    state.entry((kind.to_owned(), id.to_owned())).or_default().push((updated_us, None));
}
