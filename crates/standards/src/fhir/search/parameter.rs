//! The search parameters of every resource type.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::component::{Component, components};
use super::entry::ParamKey;
use super::expression::{Expression, compile};
use super::kind::SearchKind;
use super::systems::implied;
use super::us_core;
use crate::fhir::definitions::Definitions;

/// A search parameter of one resource type.
#[derive(Debug, Clone)]
pub struct SearchParameter {
    /// Its key in the index.
    pub key: ParamKey,
    /// Its name in a query.
    pub code: String,
    /// Its kind.
    pub kind: SearchKind,
    /// The canonical address of its definition.
    pub url: String,
    /// Where its values are, in FHIRPath.
    pub expression: String,
    /// For references: the resource types it may point to, sorted; empty for any.
    pub targets: Vec<String>,
    /// For tokens: code systems that the values leave unsaid, sorted.
    pub(crate) implied_systems: Vec<String>,
    /// For composites: the parts of a value, in order.
    pub(crate) components: Vec<Component>,
    pub(crate) values: Expression,
}

/// A parameter that exists but cannot be searched by here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its name in a query.
    pub code: String,
    /// Why not, as a sentence fragment.
    pub reason: String,
}

/// All search parameters, by resource type.
#[derive(Debug, Clone, Default)]
pub struct Parameters {
    types: BTreeMap<String, Type>,
}

#[derive(Debug, Clone, Default)]
struct Type {
    parameters: Vec<SearchParameter>,
    refused: Vec<Refused>,
    /// Composites whose parts are not known yet: code, and code and expression of each part.
    composites: Vec<(String, Vec<(String, String)>)>,
}

/// One row of a definition, for one base type.
#[derive(Debug, Clone)]
pub(super) struct Declared {
    pub(super) base: String,
    pub(super) code: String,
    pub(super) url: String,
    pub(super) kind: String,
    pub(super) expression: String,
    pub(super) targets: Vec<String>,
    /// For composites: the code of each part and its expression.
    pub(super) components: Vec<(String, String)>,
}

impl Parameters {
    /// The parameters of R4 (4.0.1) and those that US Core adds, compiled at first use.
    #[must_use]
    pub fn r4() -> &'static Self {
        static R4: LazyLock<Parameters> = LazyLock::new(|| {
            let definitions = Definitions::r4();
            let rows = definitions.search_rows().iter().map(|row| Declared {
                base: row.base.clone(),
                code: row.code.clone(),
                url: row.url.clone(),
                kind: row.kind.clone(),
                expression: row.expression.clone(),
                targets: row.targets.clone(),
                components: row.components.clone(),
            });
            Parameters::new(
                definitions.resource_types().iter().map(String::as_str),
                rows.chain(us_core::rows()),
            )
        });
        &R4
    }

    /// Gives every resource type its rows, and those of `Resource` and `DomainResource`.
    pub(super) fn new<'a>(
        resource_types: impl IntoIterator<Item = &'a str>,
        rows: impl Iterator<Item = Declared>,
    ) -> Self {
        let mut types: BTreeMap<String, Type> =
            resource_types.into_iter().map(|name| (name.to_owned(), Type::default())).collect();
        for row in rows {
            if matches!(row.base.as_str(), "Resource" | "DomainResource") {
                for (name, held) in &mut types {
                    held.add(name, &row);
                }
            } else if let Some(held) = types.get_mut(&row.base) {
                held.add(&row.base, &row);
            }
        }
        for (name, held) in &mut types {
            held.complete(name);
            held.parameters.sort_by(|a, b| a.code.cmp(&b.code));
            held.refused.sort_by(|a, b| a.code.cmp(&b.code));
        }
        Self { types }
    }

    /// The parameters of a resource type, sorted by code; empty for an unknown type.
    #[must_use]
    pub fn of(&self, resource_type: &str) -> &[SearchParameter] {
        self.types.get(resource_type).map_or(&[], |held| &held.parameters)
    }

    /// The parameter `code` of a resource type.
    #[must_use]
    pub fn find(&self, resource_type: &str, code: &str) -> Option<&SearchParameter> {
        let parameters = self.of(resource_type);
        let at = parameters.binary_search_by(|parameter| parameter.code.as_str().cmp(code)).ok()?;
        parameters.get(at)
    }

    /// The parameters of a resource type that cannot be searched by here, sorted by code.
    #[must_use]
    pub fn refused(&self, resource_type: &str) -> &[Refused] {
        self.types.get(resource_type).map_or(&[], |held| &held.refused)
    }

    /// All resource types, sorted.
    pub fn resource_types(&self) -> impl Iterator<Item = &str> {
        self.types.keys().map(String::as_str)
    }
}

impl Type {
    fn add(&mut self, resource_type: &str, row: &Declared) {
        match parameter(resource_type, row) {
            Ok(parameter) => self.parameters.push(parameter),
            Err(reason) => self.refused.push(Refused { code: row.code.clone(), reason }),
        }
        if row.kind == SearchKind::Composite.code() {
            self.composites.push((row.code.clone(), row.components.clone()));
        }
    }

    /// Gives composites their parts, once the parameters that these are like are all known.
    fn complete(&mut self, resource_type: &str) {
        for (code, declared) in std::mem::take(&mut self.composites) {
            let Some(at) = self.parameters.iter().position(|parameter| parameter.code == code) else {
                continue;
            };
            let names = [code.as_str(), &self.parameters[at].expression];
            match components(resource_type, names, &declared, &self.parameters) {
                Ok(parts) => self.parameters[at].components = parts,
                Err(reason) => {
                    self.parameters.remove(at);
                    self.refused.push(Refused { code, reason });
                }
            }
        }
    }
}

fn parameter(resource_type: &str, row: &Declared) -> Result<SearchParameter, String> {
    let kind = match row.code.as_str() {
        "_id" => SearchKind::Id,
        "_lastUpdated" => SearchKind::LastUpdated,
        _ => SearchKind::from_code(&row.kind)
            .ok_or_else(|| format!("parameters of the kind {} are not supported", row.kind))?,
    };
    if row.expression.is_empty() {
        return Err("searching the text of resources is not supported".to_owned());
    }
    if row.code == "phonetic" {
        return Err("finding names by their sound is not supported: search by name".to_owned());
    }
    let values = compile(&row.expression)
        .map_err(|reason| format!("its expression {} is not supported: {reason}", row.expression))?;
    let mut targets = row.targets.clone();
    targets.sort();
    Ok(SearchParameter {
        key: ParamKey::of(resource_type, &row.code),
        code: row.code.clone(),
        kind,
        url: row.url.clone(),
        expression: row.expression.clone(),
        targets,
        implied_systems: if kind == SearchKind::Token { implied(resource_type, &values) } else { Vec::new() },
        components: Vec::new(),
        values,
    })
}
