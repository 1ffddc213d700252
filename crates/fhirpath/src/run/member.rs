use super::call::Outcome;
use super::evaluator::Run;
use crate::problem::Problem;
use crate::syntax::TypeName;
use crate::value::{Collection, Exactness, Item, Named, Plain, has_type};

impl<'a> Run<'a> {
    /// A name at the beginning of a path: the type of what it starts from, or an element.
    pub(super) fn first_member(&self, name: &str, this: &[Item<'a>], at: usize) -> Outcome<'a> {
        if name.starts_with(|first: char| first.is_ascii_uppercase()) {
            let wanted = TypeName { namespace: Some("FHIR".to_owned()), name: name.to_owned() };
            let of_type: Collection<'a> =
                this.iter().filter(|item| has_type(item, &wanted, Exactness::Derived)).cloned().collect();
            if !of_type.is_empty() {
                return Ok(of_type);
            }
        }
        self.member(name, this, at)
    }

    /// The elements of a name, of each item.
    pub(super) fn member(&self, name: &str, focus: &[Item<'a>], at: usize) -> Outcome<'a> {
        let mut found = Vec::new();
        for item in focus {
            match item {
                Item::Node(node) => match node.member(name) {
                    Named::Found(items) => found.extend(items),
                    Named::Chosen { items, .. } if self.takes_json_names => found.extend(items),
                    Named::Chosen { element, of_type, .. } => {
                        let reason = format!("{name} is written {element}.ofType({of_type}) in FHIRPath");
                        return Err(Problem::meaning(at, reason));
                    }
                },
                Item::Plain(Plain::Type { namespace, name: of_type }) => match name {
                    "namespace" => found.push(Item::from((*namespace).to_owned())),
                    "name" => found.push(Item::from(of_type.clone())),
                    _ => {}
                },
                Item::Plain(Plain::Quantity(quantity)) => match name {
                    "value" => found.push(Item::Plain(Plain::Decimal(quantity.value))),
                    "unit" | "code" => found.push(Item::from(quantity.unit.clone())),
                    _ => {}
                },
                Item::Plain(_) => {}
            }
        }
        Ok(found)
    }
}
