use std::borrow::Cow;

use super::equal::equal;
use super::error::{Failed, PatchError, Reason, malformed, not_there};
use super::operation::{Operation, read};
use super::pointer::{Pointer, index};
use super::tree::Tree;
use crate::fhir::json::Limits;

/// Bytes that the operations of a patch may copy, move and compare in all. Without a limit, copies of copies would double
/// the resource with every operation.
const TOUCHED_BYTES_MAX: usize = 64 << 20;

/// The resource with every operation of the patch performed in order, as text.
///
/// # Errors
/// When the patch is none, or at its first operation that cannot be performed; then none counts.
pub fn apply(patch: &[u8], resource: &[u8], limits: &Limits) -> Result<Vec<u8>, PatchError> {
    let operations = read(patch, limits)?;
    let source = std::str::from_utf8(resource).map_err(|_| PatchError {
        reason: Reason::Malformed,
        operation: None,
        what: "the resource is not UTF-8".to_owned(),
    })?;
    let mut document = Document { tree: Tree::Text(Cow::Borrowed(source.trim())), touched_bytes: 0 };
    for (at, operation) in operations.iter().enumerate() {
        let done = document.perform(operation);
        done.map_err(|(reason, what)| PatchError { reason, operation: Some(at), what })?;
    }
    Ok(document.tree.text().into_bytes())
}

struct Document<'a> {
    tree: Tree<'a>,
    touched_bytes: usize,
}

impl<'a> Document<'a> {
    fn perform(&mut self, operation: &Operation<'a>) -> Result<(), Failed> {
        match operation {
            Operation::Add { path, value } => self.add(path, Tree::Text(Cow::Borrowed(value))),
            Operation::Remove { path } => self.remove(path).map(|_| ()),
            Operation::Replace { path, value } => {
                *self.tree.at(&path.steps)? = Tree::Text(Cow::Borrowed(value));
                Ok(())
            }
            Operation::Move { from, path } if from.is_above(path) => {
                Err(malformed(format!("'{from}' cannot be moved into itself, to '{path}'")))
            }
            Operation::Move { from, path } if from == path => self.tree.at(&from.steps).map(|_| ()),
            Operation::Move { from, path } => {
                let part = self.remove(from)?;
                let part = self.whole(part)?;
                self.add(path, part)
            }
            Operation::Copy { from, path } => {
                let part = self.tree.at(&from.steps)?.clone();
                let part = self.whole(part)?;
                self.add(path, part)
            }
            Operation::Test { path, value } => self.test(path, value),
        }
    }

    fn test(&mut self, path: &Pointer, value: &str) -> Result<(), Failed> {
        let found = self.tree.at(&path.steps)?.text();
        self.afford(found.len())?;
        if equal(&found, value) {
            return Ok(());
        }
        let what = format!("the test of '{path}' expects {} and finds {}", shown(value), shown(&found));
        Err((Reason::TestFailed, what))
    }

    fn add(&mut self, path: &Pointer, part: Tree<'a>) -> Result<(), Failed> {
        let Some((way, last)) = path.split() else {
            self.tree = part;
            return Ok(());
        };
        let holder = self.tree.at(way)?;
        holder.open()?;
        match holder {
            Tree::Object(members) => match members.iter_mut().find(|(name, _)| name == last) {
                Some((_, value)) => *value = part,
                None => members.push((last.to_owned(), part)),
            },
            Tree::Array(items) => {
                let at = if last == "-" { items.len() } else { index(last)? };
                if at > items.len() {
                    return Err(not_there(format!(
                        "'{path}' is beyond the end of a list of {}",
                        items.len()
                    )));
                }
                items.insert(at, part);
            }
            Tree::Text(_) => {
                return Err(not_there(format!(
                    "'{path}' would be inside a value that is neither object nor list"
                )));
            }
        }
        Ok(())
    }

    /// Takes a part out.
    fn remove(&mut self, path: &Pointer) -> Result<Tree<'a>, Failed> {
        let Some((way, last)) = path.split() else {
            return Err(not_there("the whole resource cannot be removed by a patch; delete it instead"));
        };
        let missing = || not_there(format!("there is nothing at '{path}'"));
        let holder = self.tree.at(way)?;
        holder.open()?;
        match holder {
            Tree::Object(members) => {
                let at = members.iter().position(|(name, _)| name == last).ok_or_else(missing)?;
                Ok(members.remove(at).1)
            }
            Tree::Array(items) => {
                let at = index(last)?;
                if at < items.len() { Ok(items.remove(at)) } else { Err(missing()) }
            }
            Tree::Text(_) => Err(missing()),
        }
    }

    /// A part as one text: so what is taken apart is never nested more deeply than a pointer reaches.
    fn whole(&mut self, part: Tree<'a>) -> Result<Tree<'a>, Failed> {
        let text = match part {
            Tree::Text(text) => text,
            opened => Cow::Owned(opened.text()),
        };
        self.afford(text.len())?;
        Ok(Tree::Text(text))
    }

    fn afford(&mut self, bytes: usize) -> Result<(), Failed> {
        self.touched_bytes += bytes;
        if self.touched_bytes <= TOUCHED_BYTES_MAX {
            return Ok(());
        }
        let what = format!(
            "the patch copies, moves and compares more than {TOUCHED_BYTES_MAX} bytes; send it in parts"
        );
        Err((Reason::TooLarge, what))
    }
}

/// A value for a message: its beginning.
fn shown(text: &str) -> String {
    const LETTERS_MAX: usize = 80;
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(LETTERS_MAX).collect();
    if letters.next().is_some() { format!("{start}...") } else { start }
}
