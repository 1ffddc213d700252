use super::bins::{Binned, MISSING};
use super::histogram::{Histogram, Slope};
use super::settings::Settings;
use super::split::{Split, best};
use super::tree::{Node, Tree};

/// A node that may yet be divided.
struct Open {
    node: usize,
    /// Its rows, as a range of all rows in the order of the tree.
    rows: std::ops::Range<usize>,
    histogram: Histogram,
    whole: Slope,
}

/// Grows a tree on the slopes of every row, and adds its values to their margins.
pub(super) fn grow(
    binned: &Binned,
    slopes: &[Slope],
    settings: &Settings,
    rows: &mut [u32],
    margins: &mut [f64],
) -> Tree {
    let whole = slopes.iter().fold(Slope::default(), |sum, slope| sum.and(*slope));
    let histogram = Histogram::of(binned, rows, slopes);
    let mut nodes = vec![leaf(whole, rows.len(), settings)];
    let mut leaves = Vec::new();
    let mut level = vec![Open { node: 0, rows: 0..rows.len(), histogram, whole }];
    for depth in 0..=settings.max_depth {
        let mut next = Vec::new();
        for open in level {
            let split = (depth < settings.max_depth)
                .then(|| best(&open.histogram, open.whole, &binned.cuts, settings))
                .flatten();
            match split {
                None => leaves.push((open.node, open.rows)),
                Some(split) => {
                    next.extend(divide(binned, slopes, settings, rows, &mut nodes, open, &split, depth));
                }
            }
        }
        level = next;
    }
    for (node, range) in leaves {
        if let Node::Leaf { value, .. } = nodes[node] {
            rows[range].iter().for_each(|row| margins[*row as usize] += value);
        }
    }
    Tree { nodes }
}

#[expect(clippy::too_many_arguments, reason = "the state of one tree, held by its only caller")]
fn divide(
    binned: &Binned,
    slopes: &[Slope],
    settings: &Settings,
    rows: &mut [u32],
    nodes: &mut Vec<Node>,
    open: Open,
    split: &Split,
    depth: usize,
) -> [Open; 2] {
    let own = &mut rows[open.rows.clone()];
    let middle = partition(own, |row| {
        let bin = binned.row(row)[split.column];
        if bin == MISSING { split.missing_left } else { bin <= split.bin }
    });
    let left = nodes.len();
    nodes[open.node] = Node::Split {
        feature: split.column,
        threshold: binned.cuts[split.column][split.bin as usize],
        missing_left: split.missing_left,
        left,
        cover: nodes[open.node].cover(),
    };
    nodes.push(leaf(split.left, middle, settings));
    nodes.push(leaf(split.right, own.len() - middle, settings));
    let (start, border, end) = (open.rows.start, open.rows.start + middle, open.rows.end);
    let last = depth + 1 == settings.max_depth;
    // The last level is not divided, so that nobody looks at its histograms.
    let (left_sums, right_sums) = if last {
        (Histogram(Vec::new()), Histogram(Vec::new()))
    } else if border - start <= end - border {
        let small = Histogram::of(binned, &rows[start..border], slopes);
        let large = open.histogram.without(&small);
        (small, large)
    } else {
        let small = Histogram::of(binned, &rows[border..end], slopes);
        let large = open.histogram.without(&small);
        (large, small)
    };
    [
        Open { node: left, rows: start..border, histogram: left_sums, whole: split.left },
        Open { node: left + 1, rows: border..end, histogram: right_sums, whole: split.right },
    ]
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
fn leaf(whole: Slope, rows: usize, settings: &Settings) -> Node {
    let value = -settings.learning_rate * whole.first / (whole.second + settings.lambda).max(1e-12);
    Node::Leaf { value, cover: rows as f64 }
}

/// Puts those that go left first, and keeps the order on both sides. How many go left.
fn partition(rows: &mut [u32], goes_left: impl Fn(u32) -> bool) -> usize {
    let mut right = Vec::with_capacity(rows.len());
    let mut left = 0;
    for at in 0..rows.len() {
        let row = rows[at];
        if goes_left(row) {
            rows[left] = row;
            left += 1;
        } else {
            right.push(row);
        }
    }
    rows[left..].copy_from_slice(&right);
    left
}
