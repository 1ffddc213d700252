use std::rc::Rc;

use super::call::{Call, Outcome};
use super::evaluator::Run;
use super::frame::{Defined, Frame, Scope};
use crate::problem::Problem;
use crate::syntax::{Expr, Kind};
use crate::value::{Collection, Item};

impl<'a> Run<'a> {
    /// What `%name` means at a place.
    pub(super) fn variable(&self, name: &str, frame: &Frame<'_, 'a>, at: usize) -> Outcome<'a> {
        if let Some(items) = defined(&frame.scope, name).or_else(|| self.variables.get(name)) {
            self.meter.charge(items.len(), at)?;
            return Ok(items.clone());
        }
        let text = match name {
            "context" => return Ok(vec![self.context.clone()]),
            "resource" | "rootResource" => return Ok(vec![Item::Node(self.resource)]),
            "ucum" => "http://unitsofmeasure.org".to_owned(),
            "sct" => "http://snomed.info/sct".to_owned(),
            "loinc" => "http://loinc.org".to_owned(),
            _ => {
                let named =
                    name.strip_prefix("vs-").map(|name| format!("http://hl7.org/fhir/ValueSet/{name}"));
                let extension = || {
                    name.strip_prefix("ext-")
                        .map(|name| format!("http://hl7.org/fhir/StructureDefinition/{name}"))
                };
                named
                    .or_else(extension)
                    .ok_or_else(|| Problem::meaning(at, format!("the variable %{name} is not given")))?
            }
        };
        Ok(vec![Item::from(text)])
    }

    /// Lets the steps behind `defineVariable(name, value)` see the variable.
    pub(super) fn define(
        &self,
        step: &Expr,
        frame: &mut Frame<'_, 'a>,
        focus: &[Item<'a>],
    ) -> Result<(), Problem> {
        let Kind::Call(function, given) = &step.kind else { return Ok(()) };
        if function.name != "defineVariable" {
            return Ok(());
        }
        let call = Call { run: self, name: function.name, focus: focus.to_vec(), given, frame, at: step.at };
        let (name, items) = self.definition(&call)?;
        frame.scope = Some(Rc::new(Defined { name, items, before: frame.scope.take() }));
        Ok(())
    }

    /// The variable that a call of `defineVariable()` makes.
    pub(super) fn definition(&self, call: &Call<'_, 'a>) -> Result<(String, Collection<'a>), Problem> {
        let name = call.text_argument(0)?.ok_or_else(|| call.fails("needs a name"))?;
        let taken = self.variables.contains_key(&name) || is_defined(&name);
        if taken || defined(&call.frame.scope, &name).is_some() {
            return Err(call.fails(format!("there is already a variable %{name}")));
        }
        let items = match call.given.get(1) {
            Some(value) => self.evaluate(value, &Frame { this: &call.focus, ..call.frame.clone() })?,
            None => call.focus.clone(),
        };
        Ok((name, items))
    }
}

/// Whether FHIR itself defines a variable (R4, 2.9.2).
pub(crate) fn is_defined(variable: &str) -> bool {
    matches!(variable, "context" | "resource" | "rootResource" | "ucum" | "sct" | "loinc")
        || variable.starts_with("vs-")
        || variable.starts_with("ext-")
}

fn defined<'s, 'a>(scope: &'s Scope<'a>, name: &str) -> Option<&'s Collection<'a>> {
    let mut at = scope.as_ref();
    while let Some(defined) = at {
        if defined.name == name {
            return Some(&defined.items);
        }
        at = defined.before.as_ref();
    }
    None
}
