//! The terminology of this crate as what searches know of codes.

use super::knowledge::{Coded, Codes};
use crate::fhir::terminology::{Expand, Terminology};

impl Codes for Terminology<'_> {
    /// A set of which only a part is known is refused: a search by it would miss what it should find.
    fn value_set(&self, url: &str) -> Result<Vec<Coded>, String> {
        let expansion = self.expand(url, &Expand::default()).map_err(|error| error.to_string())?;
        if let Some(open) = expansion.open {
            return Err(format!("only a part of its codes is known here: {open}"));
        }
        let coded = expansion
            .members
            .into_iter()
            .map(|member| Coded { system: member.system, code: Some(member.code) });
        Ok(coded.collect())
    }

    fn below(&self, system: &str, code: &str) -> Result<Vec<String>, String> {
        let below = self.descendants(system, code).map_err(|error| error.to_string())?;
        Ok(std::iter::once(code.to_owned()).chain(below).collect())
    }

    fn above(&self, system: &str, code: &str) -> Result<Vec<String>, String> {
        let above = self.ancestors(system, code).map_err(|error| error.to_string())?;
        Ok(std::iter::once(code.to_owned()).chain(above).collect())
    }
}
