//! From a tree and an input to items: one evaluator, its operators and its functions.

mod arena;
mod arithmetic;
mod call;
mod compare;
mod equal;
mod evaluator;
mod function;
mod functions;
mod logic;
mod meter;
mod seen;

pub(crate) use arena::Arena;
pub(crate) use evaluator::{Frame, Run, Traced, is_defined};
pub(crate) use function::Function;
pub(crate) use meter::Meter;
