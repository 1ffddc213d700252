//! Exact Shapley values of a tree in polynomial time (Lundberg, Erion and Lee 2018, algorithm 2).

use super::tree::{Node, Tree, goes_left};

/// A feature on the way to a node.
#[derive(Clone, Copy)]
struct Step {
    /// The column; none for the root.
    feature: Option<usize>,
    /// The share of rows that go this way when the feature is unknown.
    unknown: f64,
    /// 1 if this row goes this way, otherwise 0.
    known: f64,
    /// The weight of the subsets of this size.
    weight: f64,
}

/// Adds what each feature contributes; the value that is expected of an unknown row.
pub(super) fn explain(tree: &Tree, row: &[f64], contributions: &mut [f64]) -> f64 {
    let root = Step { feature: None, unknown: 1.0, known: 1.0, weight: 1.0 };
    descend(tree, 0, row, &[], root, contributions);
    expected(tree, 0)
}

fn expected(tree: &Tree, at: usize) -> f64 {
    match tree.nodes[at] {
        Node::Leaf { value, .. } => value,
        Node::Split { left, cover, .. } => [left, left + 1]
            .map(|child| tree.nodes[child].cover() / cover * expected(tree, child))
            .iter()
            .sum(),
    }
}

fn descend(tree: &Tree, at: usize, row: &[f64], path: &[Step], step: Step, contributions: &mut [f64]) {
    let mut path = extended(path, step);
    match tree.nodes[at] {
        Node::Leaf { value, .. } => {
            for position in 1..path.len() {
                let weight: f64 = unwound(&path, position).iter().map(|step| step.weight).sum();
                let Step { feature, unknown, known, .. } = path[position];
                if let Some(feature) = feature {
                    contributions[feature] += weight * (known - unknown) * value;
                }
            }
        }
        Node::Split { feature, threshold, missing_left, left, cover } => {
            let is_left = goes_left(row[feature], threshold, missing_left);
            // A feature that was asked about before is asked about once.
            let (mut unknown, mut known) = (1.0, 1.0);
            if let Some(before) = path.iter().position(|step| step.feature == Some(feature)) {
                (unknown, known) = (path[before].unknown, path[before].known);
                path = unwound(&path, before);
            }
            for (child, is_taken) in [(left, is_left), (left + 1, !is_left)] {
                let step = Step {
                    feature: Some(feature),
                    unknown: unknown * tree.nodes[child].cover() / cover,
                    known: if is_taken { known } else { 0.0 },
                    weight: 0.0,
                };
                descend(tree, child, row, &path, step, contributions);
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a path is no longer than a tree is deep")]
fn extended(path: &[Step], step: Step) -> Vec<Step> {
    let length = path.len();
    let mut path = path.to_vec();
    path.push(Step { weight: if length == 0 { 1.0 } else { 0.0 }, ..step });
    for at in (0..length).rev() {
        path[at + 1].weight += step.known * path[at].weight * (at + 1) as f64 / (length + 1) as f64;
        path[at].weight *= step.unknown * (length - at) as f64 / (length + 1) as f64;
    }
    path
}

/// The path as it would be without one of its steps.
#[expect(clippy::cast_precision_loss, reason = "a path is no longer than a tree is deep")]
fn unwound(path: &[Step], without: usize) -> Vec<Step> {
    let last = path.len() - 1;
    let mut path = path.to_vec();
    let Step { known, unknown, .. } = path[without];
    let mut next = path[last].weight;
    for at in (0..last).rev() {
        if known == 0.0 {
            path[at].weight *= (last + 1) as f64 / (unknown * (last - at) as f64);
        } else {
            let weight = path[at].weight;
            path[at].weight = next * (last + 1) as f64 / ((at + 1) as f64 * known);
            next = weight - path[at].weight * unknown * (last - at) as f64 / (last + 1) as f64;
        }
    }
    for at in without..last {
        let weight = path[at].weight;
        path[at] = Step { weight, ..path[at + 1] };
    }
    path.pop();
    path
}
