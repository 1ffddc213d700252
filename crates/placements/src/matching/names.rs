//! Names, and what was probably meant by one that nobody has.

use std::collections::HashMap;

use crate::tables::{Sink, Source};

/// Names that are known, by number. It is looked into and never walked, so its order cannot show.
pub(super) struct Names<'a> {
    pub(super) numbers: HashMap<&'a str, u32>,
    /// As they were given.
    pub(super) sorted: Vec<&'a str>,
}

impl<'a> Names<'a> {
    pub(super) fn new(names: impl Iterator<Item = &'a str>) -> Self {
        let sorted: Vec<&str> = names.collect();
        Self { numbers: sorted.iter().copied().zip(0..).collect(), sorted }
    }

    /// The number of a name; if nobody has it, that is a problem, with the name that was probably meant.
    pub(super) fn number(
        &self,
        what: &str,
        name: &str,
        (source, line): (Source<'_>, u64),
        sink: &mut Sink,
    ) -> Option<u32> {
        if let Some(number) = self.numbers.get(name) {
            return Some(*number);
        }
        let likely = if sink.is_many() { None } else { likely(name, &self.sorted) };
        let advice = match likely {
            Some(likely) => format!("is it `{likely}`?"),
            None => format!("add the {what} to its file, or take this row out"),
        };
        sink.say(source.name, line, format!("there is no {what} `{name}`"), advice);
        None
    }
}

/// Names numbered as they come, in a file with some hundred thousand rows.
#[derive(Default)]
pub(super) struct Numbering {
    numbers: HashMap<String, u32>,
    names: Vec<String>,
    /// The number of the name before: the rows of one applicant mostly stand together.
    last: u32,
}

impl Numbering {
    /// The number of a name, a new one if it is new.
    pub(super) fn of(&mut self, name: &str) -> u32 {
        if self.names.get(self.last as usize).is_some_and(|last| last == name) {
            return self.last;
        }
        self.last = match self.numbers.get(name) {
            Some(known) => *known,
            None => {
                let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
                self.numbers.insert(name.to_owned(), next);
                self.names.push(name.to_owned());
                next
            }
        };
        self.last
    }

    /// The names in order; `rows`, whose first part is a number, get the numbers of that order.
    pub(super) fn sorted<A, B, C>(mut self, rows: &mut [(u32, A, B, C)]) -> Vec<String> {
        let mut order: Vec<u32> = (0..).take(self.names.len()).collect();
        order.sort_unstable_by(|a, b| self.names[*a as usize].cmp(&self.names[*b as usize]));
        let mut place = vec![0_u32; order.len()];
        for (at, number) in (0_u32..).zip(&order) {
            place[*number as usize] = at;
        }
        for row in rows {
            row.0 = place[row.0 as usize];
        }
        order.iter().map(|number| std::mem::take(&mut self.names[*number as usize])).collect()
    }
}

/// A known name that differs in case or in one or two letters.
fn likely<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let lower = name.to_lowercase();
    let near = |other: &&&str| distance(&lower, &other.to_lowercase()) <= if lower.len() < 4 { 0 } else { 2 };
    known.iter().filter(near).min_by_key(|other| distance(name, other)).copied()
}

/// How many letters must be changed, added or removed (Levenshtein 1966).
fn distance(a: &str, b: &str) -> usize {
    if a.len().abs_diff(b.len()) > 8 {
        return usize::MAX;
    }
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, other) in b.iter().enumerate() {
            let next = (diagonal + usize::from(letter != *other)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[b.len()]
}
