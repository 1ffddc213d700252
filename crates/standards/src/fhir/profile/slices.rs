//! Which slice a value belongs to (FHIR R4, 5.1.0.14).

use super::codes;
use super::item::{Item, NULL};
use super::model::{Expected, Node, Slice, Step, Strength, Test};
use super::targets::named_type;
use super::walk::Walk;

impl<'a> Walk<'a> {
    /// Whether a value belongs to a slice; none where the definition does not tell slices apart in a way known here.
    pub(super) fn belongs(&mut self, slice: &'a Slice, item: Item<'a>) -> Option<bool> {
        let tests = slice.tests.as_ref()?;
        Some(tests.iter().all(|test| self.passes(test, item)))
    }

    fn passes(&mut self, test: &'a Test, item: Item<'a>) -> bool {
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
