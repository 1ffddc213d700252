use std::collections::{BTreeMap, HashMap};

use super::ladder::Ladder;

/// Ways to make columns coarser that are tried at most.
pub const NODES_MAX: usize = 4_000;

/// What is wanted of a release.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wanted {
    /// How many rows have to be alike, at least.
    pub k: usize,
    /// The share of rows that may be left out, because too few are like them.
    pub left_out_max: f64,
}

/// A way to make columns coarser with which enough rows are alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Coarser {
    /// The step of each column on its ladder.
    pub steps: Vec<usize>,
    /// Rows that are left out.
    pub left_out: usize,
    /// How much is lost: the mean over the columns of how far up its ladder each went, 0 to 1 (Sweeney 2002, section 5: one
    /// less her precision).
    pub loss: f64,
}

/// The ways that are wanted and of which no finer one is, those that lose least first.
///
/// If a way does, every coarser one does (Samarati 2001): the search goes up from the finest, and does not look above what it
/// has found.
///
/// # Errors
/// How many ways there would be, where these are more than [`NODES_MAX`].
pub fn coarser(ladders: &[Ladder], rows: &[Vec<String>], wanted: &Wanted) -> Result<Vec<Coarser>, usize> {
    let nodes = ladders.iter().try_fold(1_usize, |all, ladder| all.checked_mul(ladder.last() + 1));
    let nodes = nodes.unwrap_or(usize::MAX);
    if nodes > NODES_MAX {
        return Err(nodes);
    }
    let columns: Vec<Vec<Vec<u32>>> =
        ladders.iter().enumerate().map(|(at, ladder)| numbered(*ladder, at, rows)).collect();
    let mut by_height: BTreeMap<usize, Vec<Vec<usize>>> = BTreeMap::new();
    for steps in all_steps(ladders) {
        by_height.entry(steps.iter().sum()).or_default().push(steps);
    }
    let mut found: Vec<Coarser> = Vec::new();
    for steps in by_height.into_values().flatten() {
        let is_above = |finer: &Coarser| finer.steps.iter().zip(&steps).all(|(low, high)| low <= high);
        if found.iter().any(is_above) {
            continue;
        }
        let left_out = in_small_classes(&columns, &steps, rows.len(), wanted.k);
        if left_out as f64 <= wanted.left_out_max * rows.len() as f64 {
            let loss = ladders.iter().zip(&steps).map(|(ladder, step)| *step as f64 / ladder.last() as f64);
            let loss = loss.sum::<f64>() / ladders.len().max(1) as f64;
            found.push(Coarser { steps, left_out, loss });
        }
    }
    found.sort_by(|one, other| one.loss.total_cmp(&other.loss).then(one.left_out.cmp(&other.left_out)));
    Ok(found)
}

/// For each step of a column, a number for the value of each row: alike where the values are.
fn numbered(ladder: Ladder, at: usize, rows: &[Vec<String>]) -> Vec<Vec<u32>> {
    let on_step = |step: usize| {
        let mut known: HashMap<String, u32> = HashMap::new();
        let number = |row: &Vec<String>| {
            let value = row.get(at).map(String::as_str).unwrap_or_default();
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            *known.entry(ladder.step(value, step)).or_insert(next)
        };
        rows.iter().map(number).collect()
    };
    (0..=ladder.last()).map(on_step).collect()
}

/// Every choice of a step for each column.
fn all_steps(ladders: &[Ladder]) -> Vec<Vec<usize>> {
    ladders.iter().fold(vec![Vec::new()], |all, ladder| {
        let longer = |steps: &Vec<usize>| {
            let with = |step| steps.iter().copied().chain([step]).collect();
            (0..=ladder.last()).map(with).collect::<Vec<Vec<usize>>>()
        };
        all.iter().flat_map(longer).collect()
    })
}

fn in_small_classes(columns: &[Vec<Vec<u32>>], steps: &[usize], rows: usize, k: usize) -> usize {
    let mut counts: HashMap<Vec<u32>, usize> = HashMap::new();
    for row in 0..rows {
        let key = columns.iter().zip(steps).map(|(column, step)| column[*step][row]).collect();
        *counts.entry(key).or_insert(0) += 1;
    }
    counts.values().filter(|count| **count < k).sum()
}
