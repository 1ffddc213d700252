use std::collections::{BTreeMap, BTreeSet};

use prost::Message as _;

use super::count;
use super::graph::{self, Read};
use super::network::{Columns, Network};
use super::proto::{Graph, Model, Node, Tensor, ValueInfo, element};
use super::step::Step;
use super::tensor::{Constant, Precision};
use crate::problem::ModelError;

/// Columns of an input, and of anything that is made of them.
const WIDTH_MAX: usize = 2_000;
/// Columns of everything that is made, together: what a row costs.
const WIDTHS_MAX: usize = 20_000;
/// Nodes of a graph.
const NODES_MAX: usize = 500;

fn wrong(what: impl Into<String>) -> ModelError {
    ModelError::File(what.into())
}

/// Takes a file apart and puts it together as steps.
pub(super) fn read(bytes: &[u8]) -> Result<Network, ModelError> {
    count::check(bytes)?;
    let model = Model::decode(bytes).map_err(|error| wrong(format!("it is not ONNX ({error})")))?;
    let graph = model.graph.ok_or_else(|| wrong("it is not ONNX, or has no graph"))?;
    if graph.node.len() > NODES_MAX {
        return Err(wrong(format!("it has {} nodes; at most {NODES_MAX} are read", graph.node.len())));
    }
    let kept: BTreeMap<&str, &Tensor> =
        graph.initializer.iter().map(|tensor| (tensor.name.as_str(), tensor)).collect();
    let inputs = graph.input.iter().filter(|input| !kept.contains_key(input.name.as_str()));
    let (columns, made, precisions) = columns(inputs)?;
    let output = risk_output(&graph)?;
    let mut building = Building {
        graph: &graph,
        kept,
        fixed: BTreeMap::new(),
        made,
        steps: Vec::new(),
        open: BTreeSet::new(),
    };
    let at = building.make(output)?;
    let width = building.width(at);
    if !(1..=2).contains(&width) {
        return Err(wrong(format!(
            "its output '{output:.80}' has {width} columns; a risk is one, or two for 0 and 1"
        )));
    }
    let producer = format!("{:.40} {:.40}", model.producer_name, model.producer_version).trim().to_owned();
    let steps = building.steps;
    Ok(Network { columns, precisions, steps, risks: (at, width), producer })
}

/// Something that stands under a name: how many columns.
struct Made {
    name: String,
    width: usize,
}

/// The inputs: one table, or one column for each.
fn columns<'g>(
    inputs: impl Iterator<Item = &'g ValueInfo>,
) -> Result<(Columns, Vec<Made>, Vec<Precision>), ModelError> {
    let (mut made, mut precisions) = (Vec::new(), Vec::new());
    for input in inputs {
        let named = |what: &str| wrong(format!("its input '{:.80}' {what}", input.name));
        let tensor = input.r#type.as_ref().and_then(|kind| kind.tensor_type.as_ref());
        let tensor = tensor.ok_or_else(|| named("is no tensor"))?;
        precisions.push(match tensor.elem_type {
            element::FLOAT => Precision::Single,
            element::DOUBLE => Precision::Double,
            other => return Err(named(&format!("is of type {other}; columns are float or double"))),
        });
        let dims = tensor.shape.as_ref().map_or(&[][..], |shape| &shape.dim);
        let width = match dims {
            [_, width] => {
                usize::try_from(width.dim_value).ok().filter(|width| (1..=WIDTH_MAX).contains(width))
            }
            _ => None,
        };
        let width = width.ok_or_else(|| {
            named(&format!(
                "does not say how many columns it has, from 1 to {WIDTH_MAX}; its shape is [rows, columns]"
            ))
        })?;
        made.push(Made { name: input.name.clone(), width });
    }
    let columns = match made.iter().map(|one| one.width).collect::<Vec<_>>()[..] {
        [] => return Err(wrong("it has no input")),
        [1] => Columns::Named(vec![made[0].name.clone()]),
        [width] => Columns::Unnamed(width),
        ref many if many.len() <= WIDTH_MAX && many.iter().all(|width| *width == 1) => {
            Columns::Named(made.iter().map(|one| one.name.clone()).collect())
        }
        _ => return Err(wrong("its inputs are neither one table nor one column each")),
    };
    Ok((columns, made, precisions))
}

/// The output that holds chances: the only one of numbers with a point, or the only list of a map for each row.
fn risk_output(graph: &Graph) -> Result<&str, ModelError> {
    let is_risk = |output: &&ValueInfo| {
        let kind = output.r#type.as_ref();
        kind.is_some_and(|kind| {
            kind.sequence_type.is_some()
                || kind
                    .tensor_type
                    .as_ref()
                    .is_some_and(|tensor| [element::FLOAT, element::DOUBLE].contains(&tensor.elem_type))
        })
    };
    match graph.output.iter().filter(is_risk).collect::<Vec<_>>()[..] {
        [only] => Ok(&only.name),
        ref some => Err(wrong(format!(
            "{} of its outputs could be risks; a classifier has a label and one output of chances",
            some.len()
        ))),
    }
}

struct Building<'g> {
    graph: &'g Graph,
    /// The tensors of the file: those that only labels are made of may be anything.
    kept: BTreeMap<&'g str, &'g Tensor>,
    /// Those that were needed.
    fixed: BTreeMap<String, Constant>,
    /// What stands at each place.
    made: Vec<Made>,
    steps: Vec<(Step, Vec<usize>)>,
    /// Names that are being made.
    open: BTreeSet<String>,
}

impl Building<'_> {
    fn width(&self, at: usize) -> usize {
        self.made[at].width
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.made.iter().position(|one| one.name == name)
    }

    /// The place of a name, made if it has to be. Nodes are as deep as there are, which is not many.
    fn make(&mut self, name: &str) -> Result<usize, ModelError> {
        if let Some(at) = self.place(name) {
            return Ok(at);
        }
        let made_by = |node: &&Node| node.output.iter().any(|output| output == name);
        let node = self.graph.node.iter().find(made_by);
        let node = node.ok_or_else(|| wrong(format!("nothing makes '{name:.80}'")))?;
        if !self.open.insert(name.to_owned()) {
            return Err(wrong(format!("'{name:.80}' is made of itself")));
        }
        for input in &node.input {
            match self.kept.get(input.as_str()).copied() {
                None => {
                    self.make(input)?;
                }
                Some(tensor) => drop(self.fixed.insert(input.clone(), Constant::read(tensor)?)),
            }
        }
        let wanted = node.output.iter().position(|output| output == name).unwrap_or_default();
        let width_of = |name: &str| self.place(name).map(|at| self.width(at));
        let Read { step, rows, width } = graph::read(node, wanted, &self.fixed, &width_of)?;
        let all = self.made.iter().map(|one| one.width).sum::<usize>() + width;
        if width > WIDTH_MAX || all > WIDTHS_MAX {
            return Err(wrong(format!(
                "'{name:.80}' has {width} columns, of {all} in all; at most {WIDTH_MAX} and {WIDTHS_MAX} are read"
            )));
        }
        let inputs = rows.iter().filter_map(|name| self.place(name)).collect();
        self.steps.push((step, inputs));
        self.made.push(Made { name: name.to_owned(), width });
        Ok(self.made.len() - 1)
    }
}
