//! From a tree and an input to items: one evaluator, its operators and its functions.

mod arena;
mod arithmetic;
mod call;
mod compare;
mod equal;
mod evaluator;
mod frame;
mod function;
mod functions;
mod logic;
mod member;
mod meter;
mod operator;
mod seen;
mod typed;
mod variable;

pub(crate) use arena::Arena;
pub(crate) use evaluator::{Run, Traced};
pub(crate) use frame::Frame;
pub(crate) use function::Function;
pub(crate) use meter::Meter;
pub(crate) use variable::is_defined;
