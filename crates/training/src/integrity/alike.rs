use std::collections::{BTreeMap, BTreeSet};

use super::signs::{Found, Sign};
use super::work::{Work, Writing};

/// Words of a passage.
const WORDS: usize = 5;
/// Passages that the shorter text must have, so that there is something to compare.
const PASSAGES_MIN: usize = 20;
/// The share of them that must stand in the other text too.
const SHARE_MIN: f64 = 0.7;
/// Passages that stand in more texts than this, and in more than half of them, come with the lab and say nothing.
const COMMON_MIN: usize = 3;

/// A text with its passages.
struct Text<'a> {
    work: &'a Work,
    writing: &'a Writing,
    passages: BTreeSet<String>,
}

/// Texts of the same sort by different people that have much in common, beyond what stands in most. Every two attempts are named
/// once for a text.
pub(super) fn alike(works: &[&Work]) -> Vec<Found> {
    let mut sorts: BTreeMap<&str, Vec<Text<'_>>> = BTreeMap::new();
    for work in works {
        for writing in &work.writings {
            let text = Text { work, writing, passages: passages(&writing.text) };
            sorts.entry(writing.sort()).or_default().push(text);
        }
    }
    sorts.into_values().flat_map(of_sort).collect()
}

fn of_sort(mut texts: Vec<Text<'_>>) -> Vec<Found> {
    let mut holders: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for text in &texts {
        for passage in &text.passages {
            holders.entry(passage.clone()).or_default().insert(&text.work.person);
        }
    }
    let people = texts.iter().map(|text| text.work.person.as_str()).collect::<BTreeSet<_>>().len();
    let common = COMMON_MIN.max(people / 2);
    for text in &mut texts {
        text.passages.retain(|passage| holders[passage].len() <= common);
    }
    texts.retain(|text| text.passages.len() >= PASSAGES_MIN);
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    for (place, one) in texts.iter().enumerate() {
        for other in &texts[place + 1..] {
            if one.work.person == other.work.person {
                continue;
            }
            let Some(sign) = compared(one, other) else { continue };
            found.entry(sign.key()).or_insert(sign);
        }
    }
    found.into_values().collect()
}

/// What two texts have in common, told of the attempt that was begun later.
fn compared(one: &Text<'_>, other: &Text<'_>) -> Option<Found> {
    let passages = one.passages.len().min(other.passages.len());
    let shared = one.passages.intersection(&other.passages).count();
    let share = shared as f64 / passages as f64;
    let (later, earlier) =
        if one.work.started_us > other.work.started_us { (one, other) } else { (other, one) };
    let sign = Sign::Alike {
        what: later.writing.what.clone(),
        of: earlier.work.attempt.clone(),
        of_what: earlier.writing.what.clone(),
        share,
        passages,
    };
    (share >= SHARE_MIN).then(|| Found { attempt: later.work.attempt.clone(), sign })
}

/// Every five words in a row, without what stands between words.
fn passages(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(WORDS).map(|five| five.join(" ")).collect()
}
