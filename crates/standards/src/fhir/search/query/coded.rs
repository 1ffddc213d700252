//! Values that stand for many codes, and what people read beside codes.

use super::escape::unescape;
use super::model::Modifier;
use super::value::Reading;
use super::wanted::{Match, SystemMatch};
use crate::fhir::search::text::normalise;

impl Reading<'_> {
    /// The beginning of what people read, for `:text`.
    pub(super) fn label(&self, text: &str) -> Result<Vec<Match>, String> {
        let normalised = normalise(&unescape(text));
        if normalised.is_empty() {
            return Err(format!("`{text}` holds no letter to search for"));
        }
        Ok(vec![Match::Label { normalised }])
    }

    /// The codes of a value set, for `:in` and `:not-in`.
    pub(super) fn value_set(&self, url: &str) -> Result<Vec<Match>, String> {
        let coded = self.reader.context.codes.value_set(url);
        let coded =
            coded.map_err(|reason| format!("the value set `{url}` cannot be searched by: {reason}"))?;
        let mut codes = Vec::new();
        let mut found = Vec::new();
        for coded in coded {
            match (self.system(&coded.system), coded.code) {
                (system, None) => found.push(Match::Token { system, code: None }),
                (SystemMatch::Is(system), Some(code)) => codes.push((Some(system), code)),
                (_, Some(code)) => codes.push((None, code)),
            }
        }
        found.push(Match::Codes { codes });
        Ok(found)
    }

    /// A code with all above or below it, for `:above` and `:below`.
    pub(super) fn hierarchy(&self, text: &str) -> Result<Vec<Match>, String> {
        let Match::Token { system: wanted, code: Some(code) } = self.token(text)? else {
            return Err(format!("`{text}` names no code: write system|code"));
        };
        let Some((system, _)) = text.split_once('|').filter(|(system, _)| !system.is_empty()) else {
            return Err(format!("`{text}` names no code system: write system|code"));
        };
        let known = self.reader.context.codes;
        let codes = match self.modifier {
            Some(Modifier::Above) => known.above(&unescape(system), &code),
            _ => known.below(&unescape(system), &code),
        };
        let codes = codes.map_err(|reason| format!("`{text}` has no place in a hierarchy: {reason}"))?;
        let system = match wanted {
            SystemMatch::Is(system) => Some(system),
            SystemMatch::Any | SystemMatch::None => None,
        };
        Ok(vec![Match::Codes { codes: codes.into_iter().map(|code| (system.clone(), code)).collect() }])
    }
}
