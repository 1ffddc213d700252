//! Reads the words of a filter: `not` before `and` before `or`.

use std::collections::VecDeque;

use super::compare::compare;
use super::words::{FILTER_BYTES_MAX, Word, words};
use crate::fhir::search::query::condition::Condition;
use crate::fhir::search::query::model::ProblemKind;
use crate::fhir::search::query::reader::{Reader, Refusal, invalid};

/// Parentheses inside one another.
const PARENTHESES_MAX: usize = 20;

/// Reads a filter on `resource_type`.
pub(in crate::fhir::search::query) fn read(
    reader: &Reader<'_>,
    resource_type: &str,
    text: &str,
    depth: usize,
) -> Result<Condition, Refusal> {
    if text.len() > FILTER_BYTES_MAX {
        let reason = format!("is longer than {FILTER_BYTES_MAX} bytes");
        return Err((ProblemKind::TooCostly, reason));
    }
    let words = words(text).map_err(|reason| (ProblemKind::Invalid, reason))?;
    let mut tree = Tree { words: words.into(), reader, resource_type, depth, parentheses: 0 };
    let condition = tree.any()?;
    match tree.words.front() {
        None => Ok(condition),
        Some(word) => invalid(format!("{} is not expected after a complete filter", shown(Some(word)))),
    }
}

struct Tree<'a> {
    words: VecDeque<Word>,
    reader: &'a Reader<'a>,
    resource_type: &'a str,
    depth: usize,
    parentheses: usize,
}

impl Tree<'_> {
    fn any(&mut self) -> Result<Condition, Refusal> {
        let mut parts = vec![self.all()?];
        while self.take("or") {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::Any(parts) })
    }

    fn all(&mut self) -> Result<Condition, Refusal> {
        let mut parts = vec![self.one()?];
        while self.take("and") {
            parts.push(self.one()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::All(parts) })
    }

    fn one(&mut self) -> Result<Condition, Refusal> {
        let negated = self.words.get(1) == Some(&Word::Open) && self.take("not");
        if self.words.front() != Some(&Word::Open) {
            return self.comparison();
        }
        self.words.pop_front();
        self.parentheses += 1;
        if self.parentheses > PARENTHESES_MAX {
            let reason = format!("has more than {PARENTHESES_MAX} parentheses inside one another");
            return Err((ProblemKind::TooCostly, reason));
        }
        let inner = self.any()?;
        self.parentheses -= 1;
        match self.words.pop_front() {
            Some(Word::Close) if negated => Ok(Condition::Not(Box::new(inner))),
            Some(Word::Close) => Ok(inner),
            other => invalid(format!("`)` is expected, not {}", shown(other.as_ref()))),
        }
    }

    /// `path operator value`
    fn comparison(&mut self) -> Result<Condition, Refusal> {
        let path = self.plain("the name of a parameter")?;
        if path.contains('[') {
            return invalid(format!("`{path}`: conditions in square brackets are not supported"));
        }
        let operator = self.plain("an operator such as eq")?;
        let value = match self.words.pop_front() {
            Some(Word::Plain(value) | Word::Quoted(value)) => value,
            other => {
                let found = shown(other.as_ref());
                return invalid(format!("a value is expected after `{path} {operator}`, not {found}"));
            }
        };
        compare(self.reader, self.resource_type, &path, [&operator, &value], self.depth)
    }

    fn plain(&mut self, what: &str) -> Result<String, Refusal> {
        match self.words.pop_front() {
            Some(Word::Plain(word)) => Ok(word),
            other => invalid(format!("{what} is expected, not {}", shown(other.as_ref()))),
        }
    }

    fn take(&mut self, word: &str) -> bool {
        let is_next = matches!(self.words.front(), Some(Word::Plain(next)) if next == word);
        if is_next {
            self.words.pop_front();
        }
        is_next
    }
}

fn shown(word: Option<&Word>) -> String {
    match word {
        None => "the end".to_owned(),
        Some(Word::Open) => "`(`".to_owned(),
        Some(Word::Close) => "`)`".to_owned(),
        Some(Word::Plain(word)) => format!("`{word}`"),
        Some(Word::Quoted(text)) => format!("the text `{text}`"),
    }
}
