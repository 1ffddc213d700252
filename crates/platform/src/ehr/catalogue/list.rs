use hospital::ehr::title_of;
use serde_json::Value;
use store::StoreError;

use crate::access::Access;
use crate::ehr::lookup::{find, get};

/// Everything analysts keep, each list by title, as the resources that are stored.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalogue {
    /// `ActivityDefinition` resources.
    pub orderables: Vec<Value>,
    /// `PlanDefinition` resources of type `order-set`.
    pub order_sets: Vec<Value>,
    /// `PlanDefinition` resources of type `eca-rule`.
    pub rules: Vec<Value>,
}

/// The whole catalogue.
///
/// # Errors
/// When the store fails.
pub fn catalogue(access: &Access) -> Result<Catalogue, StoreError> {
    let now_us = access.virtual_us();
    access.sandbox().view(|view| {
        let by_title = |kind: &str, criteria: &[(&str, &str)]| {
            let mut found = find(view, now_us, kind, criteria)?;
            found.sort_by_key(|one| title_of(one).to_lowercase());
            Ok::<_, StoreError>(found)
        };
        Ok(Catalogue {
            orderables: by_title("ActivityDefinition", &[])?,
            order_sets: by_title("PlanDefinition", &[("type", "order-set")])?,
            rules: by_title("PlanDefinition", &[("type", "eca-rule")])?,
        })
    })
}

/// One definition as it is stored.
///
/// # Errors
/// When the store fails.
pub fn definition(access: &Access, kind: &str, id: &str) -> Result<Option<Value>, StoreError> {
    access.sandbox().view(|view| get(view, kind, id))
}
