use std::cell::RefCell;

use hospital::systems::Holding;
use serde_json::Value;
use store::StoreError;
use store::sandbox::View;
use store::sandbox::systems::SystemRecord;

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

/// What a record says.
pub(super) fn body(record: &SystemRecord) -> Option<Value> {
    serde_json::from_str(&record.body).ok()
}
