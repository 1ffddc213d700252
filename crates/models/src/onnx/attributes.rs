use super::proto::{Attribute, Node};
use super::tensor::Constant;
use crate::problem::ModelError;

/// A node with its attributes, which are asked for by name; one that nobody asks for is not understood, and refused.
pub(super) struct Attributes<'n> {
    node: &'n Node,
    asked: Vec<&'static str>,
}

impl<'n> Attributes<'n> {
    pub(super) fn of(node: &'n Node) -> Self {
        Self { node, asked: Vec::new() }
    }

    /// What is wrong with the node, with its name and operator.
    pub(super) fn problem(&self, what: impl std::fmt::Display) -> ModelError {
        problem(self.node, what)
    }

    pub(super) fn ints(&mut self, name: &'static str) -> &'n [i64] {
        self.find(name).map_or(&[], |found| &found.ints)
    }

    pub(super) fn int(&mut self, name: &'static str) -> Option<i64> {
        self.find(name).map(|found| found.i)
    }

    pub(super) fn float(&mut self, name: &'static str) -> Option<f32> {
        self.find(name).map(|found| found.f)
    }

    pub(super) fn text(&mut self, name: &'static str, otherwise: &str) -> String {
        self.find(name).map_or(otherwise.to_owned(), |found| String::from_utf8_lossy(&found.s).into_owned())
    }

    pub(super) fn texts(&mut self, name: &'static str) -> Vec<String> {
        let found = self.find(name).map_or(&[][..], |found| &found.strings);
        found.iter().map(|text| String::from_utf8_lossy(text).into_owned()).collect()
    }

    /// Numbers in single precision.
    ///
    /// # Errors
    /// When one is not finite.
    pub(super) fn floats(&mut self, name: &'static str) -> Result<Vec<f64>, ModelError> {
        let found = self.find(name).map_or(&[][..], |found| &found.floats);
        if let Some(at) = found.iter().position(|value| !value.is_finite()) {
            return Err(self.problem(format_args!("{name}[{at}] is no finite number")));
        }
        Ok(found.iter().copied().map(f64::from).collect())
    }

    /// Numbers that stand as they are, or in double precision as a tensor under the name with `_as_tensor`.
    ///
    /// # Errors
    /// When one is not finite, or the tensor cannot be read.
    pub(super) fn floats_or_tensor(
        &mut self,
        name: &'static str,
        as_tensor: &'static str,
    ) -> Result<Vec<f64>, ModelError> {
        match self.find(as_tensor).and_then(|found| found.t.as_ref()) {
            Some(tensor) => Ok(Constant::read(tensor)?.values),
            None => self.floats(name),
        }
    }

    /// The two classes, which must be 0 and 1: then it is plain which of them the risk is of.
    ///
    /// # Errors
    /// When they are others.
    pub(super) fn classes(&mut self) -> Result<(), ModelError> {
        let (numbers, texts) = (self.ints("classlabels_int64s"), self.texts("classlabels_strings"));
        let ints_too = self.ints("classlabels_ints");
        let shown: Vec<String> =
            numbers.iter().chain(ints_too).map(ToString::to_string).chain(texts).collect();
        match shown.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["0", "1"] | ["False", "True"] => Ok(()),
            _ => {
                let shown: String = shown.join(", ").chars().take(80).collect();
                Err(self.problem(format_args!("its classes are {shown}; a risk is of 1 among 0 and 1")))
            }
        }
    }

    /// Ends the asking.
    ///
    /// # Errors
    /// When there are attributes that nobody asked for.
    pub(super) fn end(self) -> Result<(), ModelError> {
        let unknown = self.node.attribute.iter().find(|one| !self.asked.contains(&one.name.as_str()));
        match unknown {
            None => Ok(()),
            Some(unknown) => {
                Err(self.problem(format_args!("the attribute '{:.80}' is not understood", unknown.name)))
            }
        }
    }

    fn find(&mut self, name: &'static str) -> Option<&'n Attribute> {
        self.asked.push(name);
        self.node.attribute.iter().find(|one| one.name == name)
    }
}

/// What is wrong with a node.
pub(super) fn problem(node: &Node, what: impl std::fmt::Display) -> ModelError {
    let name = if node.name.is_empty() { node.output.first().map_or("", String::as_str) } else { &node.name };
    ModelError::File(format!("the operator {:.80} (node '{name:.80}'): {what}", node.op_type))
}
