//! Values of which one element must have all: composites and `:of-type`.

use super::condition::Condition;
use super::escape::{split, unescape};
use super::model::Criterion;
use super::reader::Reader;
use super::value::Reading;
use super::wanted::{Match, SystemMatch};
use crate::fhir::search::entry::ParamKey;
use crate::fhir::search::kind::SearchKind;

impl Reader<'_> {
    /// A criterion, and what a composite implies: that the resource has the code of its first part. By that code its
    /// candidates are listed in order, which they are not by their elements.
    pub(super) fn with_implied(&self, resource_type: &str, criterion: Criterion) -> Condition {
        match self.implied(resource_type, &criterion) {
            Some(implied) => Condition::All(vec![Condition::Value(implied), Condition::Value(criterion)]),
            None => Condition::Value(criterion),
        }
    }

    fn implied(&self, resource_type: &str, criterion: &Criterion) -> Option<Criterion> {
        if criterion.kind != SearchKind::Composite || criterion.modifier.is_some() {
            return None;
        }
        let parameter = self.parameters.find(resource_type, &criterion.code)?;
        let first = parameter.components.first().filter(|part| part.reads_the_same)?;
        let like = self.parameters.find(resource_type, &first.code)?;
        let code = |wanted: &Match| match wanted {
            Match::Element { parts } => match parts.first()?.any.as_slice() {
                [token @ Match::Token { code: Some(_), .. }] => Some(token.clone()),
                _ => None,
            },
            _ => None,
        };
        let any = criterion.any.iter().map(code).collect::<Option<Vec<_>>>()?;
        Some(Criterion { code: like.code.clone(), key: like.key, kind: like.kind, modifier: None, any })
    }
}

impl Reading<'_> {
    /// `value$value`, one for each part (FHIR R4, 3.1.1.4.14).
    pub(super) fn composite(&self, text: &str) -> Result<Match, String> {
        let components = &self.parameter.components;
        let values = split(text, '$');
        if values.len() != components.len() {
            let names: Vec<&str> = components.iter().map(|part| part.code.as_str()).collect();
            return Err(format!("`{text}` is not complete: write a value for each of {}", names.join("$")));
        }
        let part = |(component, value): (&crate::fhir::search::component::Component, &str)| {
            let like = self.reader.parameters.find(self.resource_type, &component.code);
            let like = like.ok_or_else(|| format!("`{}` is no parameter", component.code))?;
            let reading = Reading {
                parameter: like,
                modifier: None,
                resource_type: self.resource_type,
                reader: self.reader,
            };
            Ok(Criterion {
                code: component.code.clone(),
                key: component.key,
                kind: component.kind,
                modifier: None,
                any: vec![reading.value(value)?],
            })
        };
        let parts: Result<Vec<Criterion>, String> = components.iter().zip(values).map(part).collect();
        Ok(Match::Element { parts: parts? })
    }

    /// An element that has all parts of a composite, whatever they are.
    pub(super) fn any_element(&self) -> Match {
        let part = |component: &crate::fhir::search::component::Component| Criterion {
            code: component.code.clone(),
            key: component.key,
            kind: component.kind,
            modifier: None,
            any: Vec::new(),
        };
        Match::Element { parts: self.parameter.components.iter().map(part).collect() }
    }

    /// `system|code|value`: type and value of an identifier (FHIR R4, 3.1.1.4.10).
    pub(super) fn of_type(&self, text: &str) -> Result<Vec<Match>, String> {
        let words: Vec<String> = split(text, '|').into_iter().map(unescape).collect();
        let [system, code, value] = words.as_slice() else {
            return Err(format!(
                "`{text}` is not type and value: write system|code|value, such as http://terminology.hl7.org/CodeSystem/v2-0203|MR|12345"
            ));
        };
        if code.is_empty() || value.is_empty() {
            return Err(format!("`{text}` must have both the code of a type and a value"));
        }
        let system = match system.as_str() {
            "" => SystemMatch::Any,
            system => SystemMatch::Is(system.to_owned()),
        };
        let name = format!("{}:of-type", self.parameter.code);
        let part = |at: usize, system: SystemMatch, code: &str| Criterion {
            code: name.clone(),
            key: ParamKey::part(self.resource_type, &name, at),
            kind: SearchKind::Token,
            modifier: None,
            any: vec![Match::Token { system, code: Some(code.to_owned()) }],
        };
        Ok(vec![Match::Element { parts: vec![part(0, system, code), part(1, SystemMatch::Any, value)] }])
    }
}
