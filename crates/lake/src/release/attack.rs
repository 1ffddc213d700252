use std::collections::BTreeMap;

/// What somebody finds who has a register of everybody: names, beside the same things that a release tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attack {
    /// Rows of the release.
    pub rows: usize,
    /// Rows that only one person of the register fits, and it is the right one.
    pub found: usize,
    /// Rows that at most so many people fit as the attacker would try.
    pub narrowed: usize,
}

/// People whom an attacker would try one after the other.
const TRIED: usize = 3;

/// Joins a release with a register. Each row of the release has what is told and the person it is about; each of the register
/// has the same and the person.
#[must_use]
pub fn attack(release: &[(Vec<String>, String)], register: &[(Vec<String>, String)]) -> Attack {
    let mut people: BTreeMap<&[String], Vec<&str>> = BTreeMap::new();
    for (told, person) in register {
        let known = people.entry(told).or_default();
        if !known.contains(&person.as_str()) && known.len() <= TRIED {
            known.push(person);
        }
    }
    let fits = |(told, person): &(Vec<String>, String)| {
        people.get(told.as_slice()).filter(|known| known.contains(&person.as_str())).map(Vec::len)
    };
    let fitting: Vec<Option<usize>> = release.iter().map(fits).collect();
    Attack {
        rows: release.len(),
        found: fitting.iter().filter(|fits| **fits == Some(1)).count(),
        narrowed: fitting.iter().flatten().filter(|fits| **fits <= TRIED).count(),
    }
}
