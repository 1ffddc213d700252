//! Which must-support elements a resource has (FHIR R4, 2.25.0.11; what they mean is for a profile to say).

use std::cell::Cell;
use std::collections::BTreeMap;

use serde_json::Value;

use super::claim::Claim;
use super::item::Item;
use super::model::Profile;
use super::validator::Validator;
use super::walk::Walk;

/// The most slices and profiles looked at for one resource.
const STEPS_MAX: usize = 20_000;

impl Validator<'_> {
    /// Every must-support element of a profile, and whether a resource has it. Elements below one that is itself must-support and
    /// absent are left out. A slice is named after a colon, such as `Patient.extension:race`.
    pub fn supported(&self, resource: &Value, profile: &Profile) -> BTreeMap<String, bool> {
        let steps = Cell::new(STEPS_MAX);
        let item = Item::resource(resource);
        let mut walk = Walk::of(self.scene(), resource, &steps);
        let mut found = BTreeMap::new();
        look(&mut walk, Claim::whole(profile), &[item], &profile.type_name, &mut found);
        found
    }
}

/// Looks below values that one node is about. Values may be none, so that everything that could be is listed.
fn look<'a>(
    walk: &mut Walk<'a>,
    claim: Claim<'a>,
    values: &[Item<'a>],
    path: &str,
    found: &mut BTreeMap<String, bool>,
) {
    for child in claim.children() {
        let below: Vec<Item<'a>> = values.iter().flat_map(|item| item.children(&child.node.name)).collect();
        let path = format!("{path}.{}", child.node.shown());
        one(walk, child, &below, &path, found);
        let Some(slicing) = &child.node.slicing else { continue };
        let places = walk.sort(slicing, &below, child, &mut Vec::new());
        for (of, slice) in slicing.slices.iter().enumerate().filter(|(_, slice)| slice.tests.is_some()) {
            let own = below.iter().zip(&places).filter(|(_, place)| **place == Some(of));
            let own: Vec<Item<'a>> = own.map(|(item, _)| *item).collect();
            one(walk, child.at(&slice.node), &own, &format!("{path}:{}", slice.name), found);
        }
    }
}

/// Notes one element or slice, and looks below it.
fn one<'a>(
    walk: &mut Walk<'a>,
    claim: Claim<'a>,
    values: &[Item<'a>],
    path: &str,
    found: &mut BTreeMap<String, bool>,
) {
    if claim.node.must_support {
        *found.entry(path.to_owned()).or_default() |= !values.is_empty();
        if values.is_empty() {
            return;
        }
    }
    look(walk, claim, values, path, found);
}
