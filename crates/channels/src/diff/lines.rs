use serde::Serialize;

/// Whether a line stayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LineKind {
    /// It is on both sides.
    Same,
    /// It was taken out.
    Removed,
    /// It was put in.
    Added,
}

/// A line of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Whether it stayed.
    pub kind: LineKind,
    /// Its text, without its end.
    pub text: String,
}

/// Above this many pairs of differing lines the middle is shown as replaced as a whole.
const PAIRS_MAX: usize = 4_000_000;

/// Two texts compared line by line, with as many lines kept as can be.
pub fn lines(old: &str, new: &str) -> Vec<Line> {
    let old: Vec<&str> = old.lines().collect();
    let new: Vec<&str> = new.lines().collect();
    let before = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[before..], &new[before..]);
    let after = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let line = |kind, text: &&str| Line { kind, text: (*text).to_owned() };
    let mut compared: Vec<Line> = old[..before].iter().map(|text| line(LineKind::Same, text)).collect();
    middle(&old_rest[..old_rest.len() - after], &new_rest[..new_rest.len() - after], &mut compared);
    compared.extend(old_rest[old_rest.len() - after..].iter().map(|text| line(LineKind::Same, text)));
    compared
}

/// The longest common subsequence by the usual table, walked from the front.
fn middle(old: &[&str], new: &[&str], compared: &mut Vec<Line>) {
    let mut push = |kind, text: &str| compared.push(Line { kind, text: text.to_owned() });
    let width = new.len() + 1;
    if old.len().saturating_mul(new.len()) > PAIRS_MAX {
        old.iter().for_each(|text| push(LineKind::Removed, text));
        new.iter().for_each(|text| push(LineKind::Added, text));
        return;
    }
    let mut common = vec![0_u32; (old.len() + 1) * width];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            common[a * width + b] = if old[a] == new[b] {
                common[(a + 1) * width + b + 1] + 1
            } else {
                common[(a + 1) * width + b].max(common[a * width + b + 1])
            };
        }
    }
    let (mut a, mut b) = (0, 0);
    while a < old.len() || b < new.len() {
        if a < old.len() && b < new.len() && old[a] == new[b] {
            push(LineKind::Same, old[a]);
            (a, b) = (a + 1, b + 1);
        } else if a < old.len()
            && (b == new.len() || common[(a + 1) * width + b] >= common[a * width + b + 1])
        {
            push(LineKind::Removed, old[a]);
            a += 1;
        } else {
            push(LineKind::Added, new[b]);
            b += 1;
        }
    }
}
