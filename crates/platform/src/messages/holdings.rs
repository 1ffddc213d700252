use std::cell::RefCell;

use hospital::systems::Holding;
use serde_json::Value;
use store::StoreError;
use store::sandbox::View;
use store::sandbox::systems::SystemRecord;

use super::take::store_of;
use crate::access::Access;
use crate::topology::topology;

/// What one system holds in a sandbox. A failure of the store is kept and told by [`Holdings::into_error`]: until then the
/// record counts as absent.
pub(super) struct Holdings<'a> {
    view: View<'a>,
    system: &'a str,
    error: RefCell<Option<StoreError>>,
}

impl<'a> Holdings<'a> {
    pub(super) fn of(view: View<'a>, system: &'a str) -> Self {
        Self { view, system, error: RefCell::default() }
    }

    /// Whatever failed while looking.
    pub(super) fn into_error(self) -> Option<StoreError> {
        self.error.into_inner()
    }

    fn kept<T: Default>(&self, found: Result<T, StoreError>) -> T {
        found.unwrap_or_else(|error| {
            self.error.replace(Some(error));
            T::default()
        })
    }
}

impl Holding for Holdings<'_> {
    fn get(&self, kind: &str, key: &str) -> Option<Value> {
        body(&self.kept(self.view.system_record(self.system, kind, key))?)
    }

    fn all(&self, kind: &str) -> Vec<(String, Value)> {
        let records = self.kept(self.view.system_records(self.system, kind));
        records.into_iter().filter_map(|record| Some((record.key.clone(), body(&record)?))).collect()
    }
}

/// The records of a kind that a system of the hospital holds, each with the `key` it is kept under.
///
/// # Errors
/// When the store fails.
pub(crate) fn records_of(access: &Access, system: &str, kind: &str) -> Result<Vec<Value>, StoreError> {
    let store = topology().system(system).map_or(system, store_of);
    let records = access.sandbox().view(|view| view.system_records(store, kind))?;
    let with_key = |record: SystemRecord| {
        let mut said = body(&record)?;
        said.as_object_mut()?.insert("key".to_owned(), record.key.into());
        Some(said)
    };
    Ok(records.into_iter().filter_map(with_key).collect())
}

/// What a record says.
pub(crate) fn body(record: &SystemRecord) -> Option<Value> {
    serde_json::from_str(&record.body).ok()
}
