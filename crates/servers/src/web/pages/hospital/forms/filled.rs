use std::collections::BTreeMap;

use maud::Markup;
use platform::ehr::commands::{Firing, LookAlike, Problem};

use crate::web::pages::words::capital;
use crate::web::ui::form_problems;

/// A form as it was filled in, with what was wrong with it. A new one is empty.
#[derive(Debug, Clone, Default)]
pub(in crate::web::pages::hospital) struct Filled {
    pub(in crate::web::pages::hospital) fields: BTreeMap<String, String>,
    pub(in crate::web::pages::hospital) problems: Vec<Told>,
    /// Patients who may be the one that is to be registered.
    pub(in crate::web::pages::hospital) alike: Vec<LookAlike>,
    /// What rules say against it.
    pub(in crate::web::pages::hospital) firings: Vec<Firing>,
    /// Whether somebody else changed what the form is about.
    pub(in crate::web::pages::hospital) outdated: bool,
}

/// A problem in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web::pages::hospital) struct Told {
    field: String,
    words: String,
}

impl From<Problem> for Told {
    fn from(problem: Problem) -> Self {
        let Problem { field, what, remedy } = problem;
        let words = match what.as_str() {
            "is missing" => format!("{}.", capital(&remedy)),
            _ => format!("{}; {remedy}.", capital(&what)),
        };
        Self { field, words }
    }
}

impl Filled {
    /// A form with these fields filled in already.
    pub(in crate::web::pages::hospital) fn with(fields: &[(&str, &str)]) -> Self {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Self { fields: fields.collect(), ..Self::default() }
    }

    /// The same with what was sent beside the command's own fields, so that the form comes back as it was. Of a stay that
    /// somebody else changed, the version that is there now is taken.
    pub(super) fn with_sent(mut self, sent: BTreeMap<String, String>) -> Self {
        let outdated = self.outdated;
        let kept =
            sent.into_iter().filter(|(name, _)| name != "csrf" && !(outdated && name == "expected_version"));
        for (name, value) in kept {
            self.fields.entry(name).or_insert(value);
        }
        self
    }

    /// What stands in a field.
    pub(in crate::web::pages::hospital) fn value(&self, field: &str) -> &str {
        self.fields.get(field).map(String::as_str).unwrap_or_default()
    }

    /// What is wrong with a field.
    pub(in crate::web::pages::hospital) fn error(&self, field: &str) -> Option<&str> {
        self.problems.iter().find(|told| told.field == field).map(|told| told.words.as_str())
    }

    /// All problems, above the form.
    pub(in crate::web::pages::hospital) fn summary(&self) -> Markup {
        let pairs: Vec<(&str, &str)> =
            self.problems.iter().map(|told| (told.field.as_str(), told.words.as_str())).collect();
        form_problems(&pairs)
    }

    /// Whether the form was sent and not accepted.
    pub(in crate::web::pages::hospital) fn is_refused(&self) -> bool {
        !self.problems.is_empty() || !self.alike.is_empty() || !self.firings.is_empty() || self.outdated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_a_sentence_beside_its_field() {
        let problem = |what: &str| Problem {
            field: "family".to_owned(),
            what: what.to_owned(),
            remedy: "write the family name".to_owned(),
        };
        let told = |what: &str| Told::from(problem(what)).words;
        assert_eq!(told("is missing"), "Write the family name.");
        assert_eq!(told("has 200 characters"), "Has 200 characters; write the family name.");
        let filled = Filled { problems: vec![problem("is missing").into()], ..Filled::default() };
        assert_eq!(filled.error("family"), Some("Write the family name."));
        assert_eq!(filled.error("given"), None);
    }
}
