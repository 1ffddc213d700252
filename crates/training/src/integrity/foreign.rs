use std::collections::{BTreeMap, BTreeSet};

use super::signs::{Found, Sign};
use super::work::Work;

/// Letters and digits an answer must have: two people come to a shorter one by chance.
const SIGNS_MIN: usize = 5;

/// Who was right with an answer: by check and answer, each attempt with its person and the moment.
type Right<'a> = BTreeMap<(&'a str, String), Vec<(&'a Work, i64)>>;

/// Answers that were wrong here and are right in the hospital of one other person alone, who had given them before. Each pair of
/// attempts is named once for a check, by the first such answer.
pub(super) fn foreign(works: &[&Work]) -> Vec<Found> {
    let mut right: Right<'_> = BTreeMap::new();
    for work in works {
        for given in work.answers.iter().filter(|given| given.accepted) {
            right.entry((&given.check, plain(&given.value))).or_default().push((work, given.at_us));
        }
    }
    let mut found = Vec::new();
    for work in works {
        let mut named = BTreeSet::new();
        for given in work.answers.iter().filter(|given| !given.accepted) {
            let value = plain(&given.value);
            if value.chars().filter(|letter| letter.is_alphanumeric()).count() < SIGNS_MIN {
                continue;
            }
            let Some(owners) = right.get(&(given.check.as_str(), value)) else { continue };
            let people: BTreeSet<&str> = owners.iter().map(|(owner, _)| owner.person.as_str()).collect();
            let one = people.len() == 1 && !people.contains(work.person.as_str());
            let before = owners.iter().find(|(_, at_us)| *at_us < given.at_us);
            let Some((owner, _)) = before.filter(|_| one) else { continue };
            if named.insert((given.check.as_str(), owner.attempt.as_str())) {
                let (check, value, of) = (given.check.clone(), given.value.clone(), owner.attempt.clone());
                let sign = Sign::Foreign { check, value, at_us: given.at_us, of };
                found.push(Found { attempt: work.attempt.clone(), sign });
            }
        }
    }
    found
}

/// An answer without what makes no difference: letter case, and spaces around and between.
fn plain(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
