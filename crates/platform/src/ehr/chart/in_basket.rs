use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::json;
use store::StoreError;

use super::open::note_search;
use super::survey::Survey;
use super::waiting::{Waiting, WaitingKind, collect};
use crate::access::Access;
use crate::ehr::roles::{Glasses, working};
use crate::fhir::FhirError;

/// Whose in-basket is asked for, beside the role worked as.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InBasketQuery {
    /// Only patients on the unit of this name.
    pub unit: Option<String>,
    /// Only patients whose stay this attending answers for.
    pub attending: Option<String>,
}

/// What waits for somebody who works as a certain role.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InBasket {
    /// The kinds of work the role may do, in the order they are shown.
    pub kinds: Vec<WaitingKind>,
    /// What waits, the longest wait first.
    pub waiting: Vec<Waiting>,
    /// The units of everybody for whom something waits, by name.
    pub units: Vec<String>,
    /// The attendings of them, by name.
    pub attendings: Vec<String>,
}

/// What waits in the hospital for the role worked as, on one unit or for one attending where that is asked. Leaves a
/// `chart.search` entry in the journal.
///
/// # Errors
/// When the role worked as may not see results and orders, or the store fails.
pub fn in_basket(access: &Access, query: &InBasketQuery) -> Result<InBasket, FhirError> {
    let working = working(access)?;
    working.check("chart.view.clinical")?;
    let kinds: Vec<WaitingKind> =
        WaitingKind::ALL.into_iter().filter(|kind| working.may(kind.permission())).collect();
    let survey = Survey::take(access)?;
    let glasses = Glasses::of(access, &working)?;
    let mut waiting = access.sandbox().view(|view| {
        let mut waiting = Vec::new();
        for kind in &kinds {
            waiting.extend(collect(view, *kind, &survey, &glasses, access.virtual_us())?);
        }
        Ok::<_, StoreError>(waiting)
    })?;
    let names = |of: fn(&Waiting) -> Option<&String>| {
        let names: BTreeSet<String> = waiting.iter().filter_map(of).cloned().collect();
        names.into_iter().collect()
    };
    let (units, attendings) = (names(|one| one.unit.as_ref()), names(|one| one.attending.as_ref()));
    let fits = |wanted: &Option<String>, is: &Option<String>| wanted.is_none() || wanted == is;
    waiting.retain(|one| fits(&query.unit, &one.unit) && fits(&query.attending, &one.attending));
    waiting.sort_by_key(|one| one.since.as_ref().and_then(|since| since.at_us));
    let asked =
        json!({"what": "in-basket", "unit": query.unit, "attending": query.attending, "hits": waiting.len()});
    note_search(access, asked)?;
    Ok(InBasket { kinds, waiting, units, attendings })
}
