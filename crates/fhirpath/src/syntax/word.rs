use crate::value::Moment;

/// A word of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Word {
    /// A name or a keyword.
    Name(String),
    /// A name between backticks, which is never a keyword.
    Delimited(String),
    Text(String),
    /// Digits with an optional fraction.
    Number(String),
    /// Digits with `L` behind them.
    Long(String),
    Moment(Moment),
    /// `$this` and its kin, without the `$`.
    Dollar(String),
    /// `%name`, without the `%`.
    Variable(String),
    Sign(&'static str),
    End,
}

/// A word and where it begins, in bytes.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) word: Word,
    pub(super) at: usize,
}
