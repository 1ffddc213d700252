//! The parts of composite parameters (FHIR R4, 3.1.1.4.14).

use serde_json::Value;

use super::entry::ParamKey;
use super::expression::{Expression, Step, compile};
use super::kind::SearchKind;
use super::parameter::SearchParameter;

/// One part of a composite parameter.
#[derive(Debug, Clone)]
pub(crate) struct Component {
    /// The parameter whose values it is written like.
    pub(crate) code: String,
    /// Its key in the index.
    pub(crate) key: ParamKey,
    /// Its kind.
    pub(crate) kind: SearchKind,
    /// Whether that parameter reads this very place, so that what has a value in the part has it in the parameter.
    pub(crate) reads_the_same: bool,
    /// Where its values are.
    values: Expression,
    /// Whether they are looked for from the whole resource and not from the element.
    of_resource: bool,
}

impl Component {
    /// Calls `found` with every value in `element` of `resource`.
    pub(crate) fn visit(&self, resource: &Value, element: &Value, found: &mut dyn FnMut(&Value)) {
        self.values.visit(if self.of_resource { resource } else { element }, found);
    }
}

/// The parts of the composite `code` of elements at `whole`, declared by code and expression, or why it cannot be
/// searched by.
pub(super) fn components(
    resource_type: &str,
    [code, whole]: [&str; 2],
    declared: &[(String, String)],
    parameters: &[SearchParameter],
) -> Result<Vec<Component>, String> {
    let part = |(at, (name, expression)): (usize, &(String, String))| {
        let place = place(whole, expression);
        let like = like(name, &place, parameters)
            .ok_or_else(|| format!("its part `{name}` is no parameter of {resource_type}"))?;
        let (of_resource, path) = match expression.strip_prefix("%resource.") {
            Some(path) => (true, path),
            None => (false, expression.as_str()),
        };
        let values = compile(path)
            .map_err(|reason| format!("the expression {expression} is not supported: {reason}"))?;
        Ok(Component {
            code: like.code.clone(),
            key: ParamKey::part(resource_type, code, at),
            kind: like.kind,
            reads_the_same: like.expression == place,
            values: any_type(values),
            of_resource,
        })
    };
    declared.iter().enumerate().map(part).collect()
}

/// Where a part of elements at `whole`, a union of paths, has its values, in FHIRPath.
fn place(whole: &str, expression: &str) -> String {
    let paths = whole.split(" | ").map(|path| format!("{path}.{expression}"));
    paths.collect::<Vec<_>>().join(" | ")
}

/// The parameter that a part is written like: the one that reads just that place, or else the one declared. R4 declares
/// those of `DocumentReference.relationship` crosswise.
fn like<'a>(declared: &str, place: &str, parameters: &'a [SearchParameter]) -> Option<&'a SearchParameter> {
    let reads_it = parameters.iter().find(|parameter| parameter.expression == place);
    reads_it.or_else(|| parameters.iter().find(|parameter| parameter.code == declared))
}

/// `value` in a part without a type means `value[x]` of any type.
fn any_type(values: Expression) -> Expression {
    let Expression::Values(mut paths) = values else { return values };
    for step in paths.iter_mut().flatten() {
        if *step == Step::Field("value".to_owned()) {
            *step = Step::Choice("value".to_owned());
        }
    }
    Expression::Values(paths)
}
