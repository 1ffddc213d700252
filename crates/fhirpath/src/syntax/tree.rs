use std::collections::BTreeSet;

use crate::run::Function;
use crate::value::Plain;

/// A parsed expression and the variables it needs.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) root: Expr,
    /// The variables it mentions and does not define itself, each with its place.
    pub(crate) variables: BTreeSet<(String, usize)>,
}

/// A node of the tree.
#[derive(Debug)]
pub(crate) struct Expr {
    /// Where it begins, in bytes.
    pub(crate) at: usize,
    pub(crate) kind: Kind,
}

/// What a node stands for.
#[derive(Debug)]
pub(crate) enum Kind {
    /// `{}`.
    Empty,
    Literal(Plain),
    Member(String),
    Call(&'static Function, Vec<Expr>),
    This,
    Index,
    Total,
    /// `%name`.
    Variable(String),
    /// A term and what is asked of it, step by step; flat, so that long chains do not nest.
    Path(Box<Expr>, Vec<Expr>),
    /// `[n]` as a step.
    At(Box<Expr>),
    Negative(Box<Expr>),
    Positive(Box<Expr>),
    Binary(Binary, Box<Expr>, Box<Expr>),
    /// `is` or `as` with a type.
    Is(Box<Expr>, TypeName),
    As(Box<Expr>, TypeName),
    /// The parameter of `is()`, `as()` and `ofType()`.
    Type(TypeName),
    /// `asc` or `desc` after a parameter of `sort()`.
    Sorted {
        by: Box<Expr>,
        descending: bool,
    },
}

/// A type as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TypeName {
    /// `System` or `FHIR`, where it is given.
    pub(crate) namespace: Option<String>,
    pub(crate) name: String,
}

/// An operator between two expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Binary {
    Times,
    Divide,
    Div,
    Mod,
    Plus,
    Minus,
    Concatenate,
    Union,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    Equivalent,
    NotEquivalent,
    In,
    Contains,
    And,
    Or,
    Xor,
    Implies,
}
