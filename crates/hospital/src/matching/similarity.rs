//! How alike two texts are.

/// The Jaro-Winkler similarity, from 0 to 1 (Winkler 1990).
///
/// It is the share of letters that both have at about the same place, less half the share of those out of order, with a
/// bonus for a common beginning of up to four letters.
#[must_use]
pub fn jaro_winkler(one: &str, other: &str) -> f64 {
    const BONUS: f64 = 0.1;
    const BEGINNING_MAX: usize = 4;
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let jaro = jaro(&one, &other);
    let beginning = one.iter().zip(&other).take(BEGINNING_MAX).take_while(|(a, b)| a == b).count();
    jaro + beginning as f64 * BONUS * (1.0 - jaro)
}

fn jaro(one: &[char], other: &[char]) -> f64 {
    if one.is_empty() && other.is_empty() {
        return 1.0;
    }
    let reach = (one.len().max(other.len()) / 2).saturating_sub(1);
    let mut taken = vec![false; other.len()];
    let mut common = Vec::new();
    for (at, letter) in one.iter().enumerate() {
        let places = at.saturating_sub(reach)..(at + reach + 1).min(other.len());
        if let Some(place) = places.into_iter().find(|place| !taken[*place] && other[*place] == *letter) {
            taken[place] = true;
            common.push(*letter);
        }
    }
    if common.is_empty() {
        return 0.0;
    }
    let in_other = other.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(letter, _)| letter);
    let out_of_order = common.iter().zip(in_other).filter(|(a, b)| a != b).count();
    let count = common.len() as f64;
    let in_order = (count - out_of_order as f64 / 2.0) / count;
    (count / one.len() as f64 + count / other.len() as f64 + in_order) / 3.0
}

/// The edit distance: how many letters must be put in, taken out or replaced (Levenshtein).
#[must_use]
pub fn edits(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (place, wanted) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *wanted);
            diagonal = row[place + 1];
            row[place + 1] = replaced.min(row[place] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}
