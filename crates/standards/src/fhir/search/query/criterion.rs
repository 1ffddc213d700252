//! One parameter of the resource itself.

use super::control;
use super::escape::split;
use super::model::{Criterion, Modifier, ProblemKind};
use super::modifier;
use super::reader::{Reader, Refusal, invalid, unknown};
use super::value::Reading;
use super::wanted::Match;
use crate::fhir::search::entry::ParamKey;
use crate::fhir::search::kind::SearchKind;
use crate::fhir::search::parameter::SearchParameter;

/// Filters of the standard that are not offered here, and why: going on without one would answer another question.
const NOT_OFFERED: [(&str, &str); 3] = [
    ("_content", "searching the text of resources is not supported: search by a parameter"),
    ("_query", "this server has no named queries"),
    ("_text", "searching the text of resources is not supported: search by a parameter"),
];

impl Reader<'_> {
    /// Reads `code` or `code:modifier` with its values.
    pub(super) fn criterion(
        &self,
        resource_type: &str,
        name: &str,
        value: &str,
    ) -> Result<Criterion, Refusal> {
        let (code, written) =
            name.split_once(':').map_or((name, None), |(code, modifier)| (code, Some(modifier)));
        let parameter = self.parameter(resource_type, code)?;
        let modifier = written.map(|written| modifier::read(parameter, written, value, self.parameters));
        let modifier = modifier.transpose().map_err(|reason| (ProblemKind::Invalid, reason))?;
        self.criterion_of(resource_type, parameter, modifier, value)
    }

    /// The values of a parameter whose modifier is known.
    pub(super) fn criterion_of(
        &self,
        resource_type: &str,
        parameter: &SearchParameter,
        modifier: Option<Modifier>,
        value: &str,
    ) -> Result<Criterion, Refusal> {
        let reading = Reading { resource_type, parameter, modifier: modifier.as_ref(), reader: self };
        let any = reading.alternatives(value).map_err(|reason| (ProblemKind::Invalid, reason))?;
        let (key, kind) = match modifier {
            Some(Modifier::Identifier) => {
                (ParamKey::identifier(resource_type, &parameter.code), SearchKind::Token)
            }
            _ => (parameter.key, parameter.kind),
        };
        Ok(Criterion { code: parameter.code.clone(), key, kind, modifier, any })
    }

    /// The parameter `code` of a resource type, or why there is none.
    pub(super) fn parameter(&self, resource_type: &str, code: &str) -> Result<&SearchParameter, Refusal> {
        if let Some((_, reason)) = NOT_OFFERED.iter().find(|(name, _)| *name == code) {
            return invalid(*reason);
        }
        if control::NAMES.contains(&code) || ["_filter", "_list"].contains(&code) {
            return invalid(format!("`{code}` is supported by itself only, without a modifier or a chain"));
        }
        if let Some(parameter) = self.parameters.find(resource_type, code) {
            return Ok(parameter);
        }
        let refused = self.parameters.refused(resource_type);
        match refused.iter().find(|refused| refused.code == code) {
            Some(refused) => invalid(refused.reason.clone()),
            None => unknown(format!("{resource_type} has no search parameter `{code}`")),
        }
    }
}

impl Reading<'_> {
    /// All values between commas.
    fn alternatives(&self, value: &str) -> Result<Vec<Match>, String> {
        match self.modifier {
            Some(Modifier::Missing(_)) if self.parameter.kind == SearchKind::Composite => {
                return Ok(vec![self.any_element()]);
            }
            Some(Modifier::Missing(_)) => return Ok(Vec::new()),
            _ => {}
        }
        let mut found = Vec::new();
        for part in split(value, ',') {
            if part.is_empty() {
                return Err(
                    "has an empty value between commas; write \\, for a comma that is part of a value"
                        .to_owned(),
                );
            }
            found.extend(self.values(part)?);
        }
        Ok(found)
    }
}
