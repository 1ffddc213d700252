use crate::file::{Contribution, Model};
use crate::onnx::Network;
use crate::problem::ModelError;
use crate::table::Table;

/// Anything that gives a risk for a row: a model that was trained here, or one that was brought.
#[derive(Debug, Clone, PartialEq)]
pub enum Predictor {
    /// One of the kinds that are trained here.
    Own(Model),
    /// A network of ONNX, with the names of its columns in their order.
    Network(Network, Vec<String>),
}

impl Predictor {
    /// A network whose columns have these names, in its order.
    ///
    /// # Errors
    /// When there are more or fewer names than columns.
    pub fn network(network: Network, features: Vec<String>) -> Result<Self, ModelError> {
        let wanted = network.columns().count();
        if features.len() == wanted {
            return Ok(Self::Network(network, features));
        }
        let what = format!("the network takes {wanted} columns, and {} are named", features.len());
        Err(ModelError::Shape(what))
    }

    /// The names of its features, in the order of a row.
    #[must_use]
    pub fn features(&self) -> Vec<&str> {
        match self {
            Self::Own(model) => model.features(),
            Self::Network(_, features) => features.iter().map(String::as_str).collect(),
        }
    }

    /// The risks of the rows of a table that has its features among its columns.
    ///
    /// # Errors
    /// When a feature is not there, or a row has no risk.
    pub fn risks(&self, table: &Table) -> Result<Vec<f64>, ModelError> {
        let table = table.columns_of(&self.features())?;
        match self {
            Self::Own(model) => (0..table.rows()).map(|row| model.risk(&table.row(row))).collect(),
            Self::Network(network, _) => network.risks(&table),
        }
    }

    /// What each feature of a row adds to the log odds; nothing where the model does not say.
    #[must_use]
    pub fn explain(&self, row: &[f64]) -> Option<Vec<Contribution>> {
        match self {
            Self::Own(model) => model.explain(row).ok().map(|(_, parts)| parts),
            Self::Network(..) => None,
        }
    }
}
