use std::collections::BTreeSet;

use super::equal::same;
use super::meter::Meter;
use crate::problem::Problem;
use crate::value::{Collection, Item, Plain};

/// The different items met so far. Texts and whole numbers are found by key, others by comparing.
#[derive(Default)]
pub(super) struct Seen<'a> {
    texts: BTreeSet<String>,
    integers: BTreeSet<i64>,
    others: Collection<'a>,
}

impl<'a> Seen<'a> {
    /// Whether the item is new; it is known afterwards.
    pub(super) fn add(&mut self, item: &Item<'a>, meter: &Meter, at: usize) -> Result<bool, Problem> {
        let known = self.has(item, meter, at)?;
        if !known {
            match item.plain() {
                Some(Plain::Text(text)) => {
                    self.texts.insert(text);
                }
                Some(Plain::Integer(integer)) => {
                    self.integers.insert(integer);
                    self.others.push(item.clone());
                }
                _ => self.others.push(item.clone()),
            }
        }
        Ok(!known)
    }

    /// Whether an equal item was met.
    pub(super) fn has(&self, item: &Item<'a>, meter: &Meter, at: usize) -> Result<bool, Problem> {
        match item.plain() {
            Some(Plain::Text(text)) => {
                meter.charge(1, at)?;
                Ok(self.texts.contains(&text))
            }
            Some(Plain::Integer(integer)) if self.integers.contains(&integer) => {
                meter.charge(1, at).map(|()| true)
            }
            _ => {
                meter.charge(self.others.len() + 1, at)?;
                Ok(self.others.iter().any(|other| same(other, item)))
            }
        }
    }
}
