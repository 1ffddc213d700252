//! Which slice a value belongs to (FHIR R4, 5.1.0.14).

use super::claim::Claim;
use super::codes;
use super::item::{Item, NULL};
use super::model::{Expected, Node, Openness, Slice, Slicing, Step, Strength, Test};
use super::targets::named_type;
use super::walk::Walk;
use crate::fhir::outcome::{IssueCode, Severity};
use crate::fhir::validation::path::Path;

impl<'a> Walk<'a> {
    /// Sorts values into slices: the slice of each value. `sliced` gets what their slices ask of them.
    pub(super) fn sort(
        &mut self,
        slicing: &'a Slicing,
        values: &[Item<'a>],
        claim: Claim<'a>,
        sliced: &mut Vec<(usize, Claim<'a>)>,
    ) -> Vec<Option<usize>> {
        let mut places: Vec<Option<usize>> = Vec::new();
        for (at, item) in values.iter().enumerate() {
            let of = slicing.slices.iter().position(|slice| self.belongs(slice, *item));
            if let Some(slice) = of.and_then(|of| slicing.slices.get(of)) {
                sliced.push((at, claim.at(&slice.node)));
            }
            places.push(of);
        }
        places
    }

    /// Holds slices to their numbers, and values to the order of their slices. The claim comes with whether the element repeats.
    pub(super) fn hold_slices(
        &mut self,
        slicing: &'a Slicing,
        places: &[Option<usize>],
        (claim, is_many): (Claim<'a>, bool),
        path: &Path<'_>,
    ) {
        for (at, problem) in misplaced(slicing, places) {
            let names: Vec<&str> = slicing.slices.iter().map(|slice| slice.name.as_str()).collect();
            let text = format!("{} {problem}: {}", claim.asker(), names.join(", "));
            let place = if is_many { path.at(at) } else { *path };
            self.tell(Severity::Error, IssueCode::Structure, &place, text);
        }
        for (of, slice) in slicing.slices.iter().enumerate() {
            let found = places.iter().filter(|place| **place == Some(of)).count();
            match slice.tests {
                Some(_) => self.count(found, claim.at(&slice.node), Some(&slice.name), path),
                None => self.pass_over(path, &untold(slice, claim)),
            }
        }
    }

    /// Whether a value belongs to a slice; never, where the definition does not tell slices apart in a way known here.
    fn belongs(&self, slice: &'a Slice, item: Item<'a>) -> bool {
        slice.tests.as_ref().is_some_and(|tests| tests.iter().all(|test| self.passes(test, item)))
    }

    fn passes(&self, test: &'a Test, item: Item<'a>) -> bool {
        let reached = test.steps.iter().fold(vec![item], |items, step| self.step(step, &items));
        match &test.expected {
            Expected::Existence(expected) => reached.is_empty() != *expected,
            Expected::Types(names) => reached.iter().any(|item| names.iter().any(|name| name == item.kind)),
            Expected::Like(node) => reached.iter().any(|item| self.fits(node, item)),
            Expected::Conformance(urls) => {
                reached.iter().any(|item| urls.iter().any(|url| self.conforms(*item, url).is_ok()))
            }
        }
    }

    fn step(&self, step: &'a Step, items: &[Item<'a>]) -> Vec<Item<'a>> {
        let of = |item: &Item<'a>| -> Vec<Item<'a>> {
            match step {
                Step::Element(name) => item.children(name),
                Step::Extension(url) => {
                    let all = item.children("extension");
                    all.into_iter().filter(|one| one.text("url") == Some(url)).collect()
                }
                Step::OfType(name) => Some(*item).filter(|item| item.kind == name).into_iter().collect(),
                Step::Resolve => self.target(item).into_iter().collect(),
            }
        };
        items.iter().flat_map(of).collect()
    }

    /// What a reference leads to: the resource where it is at hand, otherwise only its type.
    fn target(&self, item: &Item<'a>) -> Option<Item<'a>> {
        if let Some(found) = item.text("reference").and_then(|reference| self.nearby(reference)) {
            return Some(Item::resource(found));
        }
        let kind = named_type(item, self.container)?;
        Some(Item { json: &NULL, beside: None, kind, definition: None, is_resource: true })
    }

    /// Whether a value is like a node asks: the node's own value and codes, and those of what is below it.
    fn fits(&self, node: &Node, item: &Item<'a>) -> bool {
        let is_coded = |set: &str| codes::is_member(self.scene.terminology, set, item);
        let required = node.binding.as_ref().filter(|bound| bound.strength == Strength::Required);
        let is_below = |child: &&Node| child.tells();
        node.wanted.as_ref().is_none_or(|wanted| wanted.accepts(item.json))
            && required.is_none_or(|bound| is_coded(&bound.value_set))
            && node
                .children
                .iter()
                .filter(is_below)
                .all(|child| item.children(&child.name).iter().any(|one| self.fits(child, one)))
    }
}

/// Values that stand where the rules of the slicing have them not, with what is wrong.
fn misplaced(slicing: &Slicing, places: &[Option<usize>]) -> Vec<(usize, &'static str)> {
    let is_told = slicing.slices.iter().all(|slice| slice.tests.is_some());
    let (mut last, mut is_outside, mut found) = (0, false, Vec::new());
    for (at, place) in places.iter().enumerate().filter(|_| is_told) {
        let problem = match (place, slicing.openness) {
            (None, Openness::Closed) => Some("allows no value outside its slices here"),
            (Some(_), Openness::OpenAtEnd) if is_outside => Some("wants values outside its slices last"),
            (Some(of), _) if slicing.is_ordered && *of < last => Some("wants its slices in order"),
            _ => None,
        };
        found.extend(problem.map(|problem| (at, problem)));
        is_outside |= place.is_none();
        last = place.unwrap_or(last);
    }
    found
}

fn untold(slice: &Slice, claim: Claim<'_>) -> String {
    format!("the slice `{}` of {}, because what tells it apart is not known here", slice.name, claim.asker())
}
