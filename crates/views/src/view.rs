use fhirpath::{Constant, Expression};

use crate::problem::Remark;

/// A ViewDefinition that was read.
#[derive(Debug, Clone)]
pub struct View {
    /// Its name, which a table in a database would have.
    pub name: Option<String>,
    /// The type of the resources it is for.
    pub resource: &'static str,
    /// The columns of its rows, in order.
    pub columns: Vec<Column>,
    /// What is odd about it.
    pub remarks: Vec<Remark>,
    pub(crate) constants: Vec<Constant>,
    pub(crate) conditions: Vec<Placed>,
    pub(crate) selects: Vec<Select>,
}

/// A column of the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// The FHIR type of its values as the view states it, such as `date`.
    pub type_name: Option<String>,
    /// Whether a cell holds a list.
    pub collection: bool,
    /// What it means, for people.
    pub description: Option<String>,
}

/// Part of the columns, for each of some places.
#[derive(Debug, Clone)]
pub(crate) struct Select {
    pub(crate) scope: Scope,
    pub(crate) cells: Vec<Cell>,
    pub(crate) selects: Vec<Select>,
    /// Alternatives with the same columns, whose rows follow each other.
    pub(crate) union: Vec<Select>,
    /// How many columns it has in all.
    pub(crate) width: usize,
}

/// The places that a select is for.
#[derive(Debug, Clone)]
pub(crate) enum Scope {
    /// The one it stands at.
    Here,
    /// Each that an expression yields.
    Each(Placed),
    /// The same, and one row of nothing where there is none.
    EachOrNull(Placed),
    /// Each that any of these yields, and whatever they yield from there, to any depth.
    Repeat(Vec<Placed>),
}

/// What fills a column.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) path: Placed,
    pub(crate) collection: bool,
}

/// An expression, and where it stands in the view.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub(crate) expression: Expression,
    pub(crate) at: String,
}
