use std::collections::{BTreeMap, BTreeSet};

use super::linear::Transform;
use crate::onnx::attributes::Attributes;
use crate::onnx::tensor::Matrix;
use crate::problem::ModelError;

/// Nodes of all trees together.
const NODES_MAX: usize = 1_500_000;

/// How a value goes to one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    AtMost,
    Below,
    AtLeast,
    Above,
    Equal,
    Other,
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Leaf { weights: Vec<(usize, f64)> },
    Split { mode: Mode, feature: usize, value: f64, yes: usize, no: usize, missing_yes: bool },
}

/// Trees whose leaves add up.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::onnx) struct Trees {
    nodes: Vec<Node>,
    roots: Vec<usize>,
    base: Vec<f64>,
    aim: Aim,
    transform: Transform,
}

/// What the sums are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// One score, of whatever is sought.
    Score,
    /// One for each of two classes.
    Both,
    /// One for both classes, which is a chance where nothing is done to it.
    Chance,
    /// One for both classes, above 0 for the second.
    Margin,
}

impl Trees {
    /// Of a `TreeEnsembleClassifier`.
    pub(in crate::onnx) fn classifier(node: &mut Attributes<'_>, width: usize) -> Result<Self, ModelError> {
        node.classes()?;
        let base = node.floats_or_tensor("base_values", "base_values_as_tensor")?;
        let leaves = Leaves {
            trees: node.ints("class_treeids"),
            nodes: node.ints("class_nodeids"),
            sums: node.ints("class_ids"),
            weights: node.floats_or_tensor("class_weights", "class_weights_as_tensor")?,
        };
        let sums: BTreeSet<i64> = leaves.sums.iter().copied().collect();
        if sums.iter().any(|sum| !(0..2).contains(sum)) {
            return Err(node.problem("a leaf speaks for a class that is not there"));
        }
        // As ONNX Runtime has it: where all leaves speak for one class, positive ones are taken for chances.
        let aim = match (sums.len(), leaves.weights.iter().all(|weight| *weight >= 0.0)) {
            (2, _) => Aim::Both,
            (_, true) => Aim::Chance,
            (_, false) => Aim::Margin,
        };
        let leaves = if aim == Aim::Both { leaves } else { leaves.of_one() };
        Self::read(node, width, &leaves, base, aim)
    }

    /// Of a `TreeEnsembleRegressor` with one target.
    pub(in crate::onnx) fn regressor(node: &mut Attributes<'_>, width: usize) -> Result<Self, ModelError> {
        let base = node.floats_or_tensor("base_values", "base_values_as_tensor")?;
        let leaves = Leaves {
            trees: node.ints("target_treeids"),
            nodes: node.ints("target_nodeids"),
            sums: node.ints("target_ids"),
            weights: node.floats_or_tensor("target_weights", "target_weights_as_tensor")?,
        };
        if node.int("n_targets").is_some_and(|targets| targets != 1)
            || leaves.sums.iter().any(|sum| *sum != 0)
        {
            return Err(node.problem("it has more than one target"));
        }
        let how = node.text("aggregate_function", "SUM");
        if how != "SUM" {
            return Err(node.problem(format_args!("its trees are taken together by {how:.40}; SUM is read")));
        }
        Self::read(node, width, &leaves, base, Aim::Score)
    }

    /// How many numbers come out for a row.
    pub(in crate::onnx) fn width(&self) -> usize {
        if self.aim == Aim::Score { 1 } else { 2 }
    }

    fn read(
        node: &mut Attributes<'_>,
        width: usize,
        leaves: &Leaves<'_>,
        base: Vec<f64>,
        aim: Aim,
    ) -> Result<Self, ModelError> {
        let transform = Transform::read(node)?;
        let (trees, ids) = (node.ints("nodes_treeids"), node.ints("nodes_nodeids"));
        let (features, modes) = (node.ints("nodes_featureids"), node.texts("nodes_modes"));
        let values = node.floats_or_tensor("nodes_values", "nodes_values_as_tensor")?;
        let (yes, no) = (node.ints("nodes_truenodeids"), node.ints("nodes_falsenodeids"));
        let missing = node.ints("nodes_missing_value_tracks_true");
        // How often nodes were hit says nothing about a row.
        node.floats("nodes_hitrates")?;
        node.floats_or_tensor("nodes_hitrates", "nodes_hitrates_as_tensor")?;
        let count = ids.len();
        let lengths = [trees.len(), features.len(), modes.len(), values.len(), yes.len(), no.len()];
        let is_even = lengths.iter().all(|length| *length == count) && [0, count].contains(&missing.len());
        if count == 0 || count > NODES_MAX || !is_even {
            return Err(node.problem(format_args!(
                "its lists of nodes differ in length, or have none or more than {NODES_MAX}"
            )));
        }
        let places: BTreeMap<(i64, i64), usize> =
            trees.iter().copied().zip(ids.iter().copied()).zip(0..).collect();
        let mut found = Vec::with_capacity(count);
        for at in 0..count {
            let place = |id: i64| places.get(&(trees[at], id)).copied();
            let mode = match modes[at].as_str() {
                "LEAF" => {
                    found.push(Node::Leaf { weights: Vec::new() });
                    continue;
                }
                "BRANCH_LEQ" => Mode::AtMost,
                "BRANCH_LT" => Mode::Below,
                "BRANCH_GTE" => Mode::AtLeast,
                "BRANCH_GT" => Mode::Above,
                "BRANCH_EQ" => Mode::Equal,
                "BRANCH_NEQ" => Mode::Other,
                other => return Err(node.problem(format_args!("the node mode {other:.40} is not read"))),
            };
            let feature = usize::try_from(features[at]).ok().filter(|feature| *feature < width);
            let (Some(feature), Some(yes), Some(no)) = (feature, place(yes[at]), place(no[at])) else {
                return Err(node.problem(format_args!(
                    "node {} of tree {} leads to a column or node that is not there",
                    ids[at], trees[at]
                )));
            };
            let missing_yes = missing.get(at) == Some(&1);
            found.push(Node::Split { mode, feature, value: values[at], yes, no, missing_yes });
        }
        leaves.hang(node, &places, &mut found)?;
        let roots = roots(&found)
            .ok_or_else(|| node.problem("its nodes are no trees: one is reached in two ways"))?;
        let wanted = if aim == Aim::Both { 2 } else { 1 };
        if !(base.is_empty() || base.len() == wanted || (base.len() == 2 && wanted == 1)) {
            return Err(node.problem(format_args!("it has {} base values", base.len())));
        }
        Ok(Self { nodes: found, roots, base, aim, transform })
    }

    pub(super) fn run(&self, rows: &Matrix) -> Matrix {
        rows.each_row(self.width(), |row, to| to.extend(self.of(row)))
    }

    fn of(&self, row: &[f64]) -> Vec<f64> {
        let mut sums = [0.0; 2];
        for root in &self.roots {
            for (sum, weight) in self.leaf(*root, row) {
                sums[*sum] += weight;
            }
        }
        if self.aim == Aim::Both {
            self.base.iter().zip(&mut sums).for_each(|(base, sum)| *sum += base);
            return self.transform.of(&sums);
        }
        let score = sums[0] + self.base.last().copied().unwrap_or_default();
        match (self.aim, self.transform) {
            (Aim::Score, transform) => transform.of(&[score]),
            (Aim::Chance, Transform::None) => vec![1.0 - score, score],
            (_, transform) => transform.of(&[-score, score]),
        }
    }

    fn leaf(&self, root: usize, row: &[f64]) -> &[(usize, f64)] {
        let mut at = root;
        loop {
            match &self.nodes[at] {
                Node::Leaf { weights } => return weights,
                Node::Split { mode, feature, value, yes, no, missing_yes } => {
                    let own = row[*feature];
                    let is_yes = if own.is_nan() { *missing_yes } else { mode.holds(own, *value) };
                    at = if is_yes { *yes } else { *no };
                }
            }
        }
    }
}

impl Mode {
    #[expect(clippy::float_cmp, reason = "that is what these nodes ask")]
    fn holds(self, own: f64, value: f64) -> bool {
        match self {
            Self::AtMost => own <= value,
            Self::Below => own < value,
            Self::AtLeast => own >= value,
            Self::Above => own > value,
            Self::Equal => own == value,
            Self::Other => own != value,
        }
    }
}

/// What leaves add, to which sum.
struct Leaves<'n> {
    trees: &'n [i64],
    nodes: &'n [i64],
    sums: &'n [i64],
    weights: Vec<f64>,
}

impl Leaves<'_> {
    /// The same where every leaf speaks for the only sum, whatever its number.
    fn of_one(self) -> Self {
        Self { sums: &[], ..self }
    }

    fn hang(
        &self,
        node: &Attributes<'_>,
        places: &BTreeMap<(i64, i64), usize>,
        nodes: &mut [Node],
    ) -> Result<(), ModelError> {
        let count = self.weights.len();
        if self.trees.len() != count || self.nodes.len() != count || ![0, count].contains(&self.sums.len()) {
            return Err(node.problem("its lists of leaves differ in length"));
        }
        for at in 0..count {
            let sum = self.sums.get(at).map_or(0, |sum| usize::from(*sum == 1));
            let leaf = places.get(&(self.trees[at], self.nodes[at])).and_then(|at| nodes.get_mut(*at));
            match leaf {
                Some(Node::Leaf { weights }) => weights.push((sum, self.weights[at])),
                _ => return Err(node.problem(format_args!("weight {at} hangs on no leaf"))),
            }
        }
        Ok(())
    }
}

/// The nodes that no other leads to, if from them every node is reached in one way: then walking ends.
fn roots(nodes: &[Node]) -> Option<Vec<usize>> {
    let mut led_to = vec![false; nodes.len()];
    for node in nodes {
        if let Node::Split { yes, no, .. } = node {
            for next in [*yes, *no] {
                if std::mem::replace(&mut led_to[next], true) {
                    return None;
                }
            }
        }
    }
    let roots: Vec<usize> = (0..nodes.len()).filter(|at| !led_to[*at]).collect();
    // A ring is led to from inside, and from no root.
    let (mut reached, mut ahead) = (0, roots.clone());
    while let Some(at) = ahead.pop() {
        reached += 1;
        if let Node::Split { yes, no, .. } = &nodes[at] {
            ahead.extend([*yes, *no]);
        }
    }
    (reached == nodes.len()).then_some(roots)
}
