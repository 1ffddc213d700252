//! From text to a tree: words, then precedence (HL7 FHIRPath 2.0, section 9 and appendix B).

mod lex;
mod parse;
mod read;
mod tree;
mod word;

pub(crate) use parse::parse;
pub(crate) use tree::{Binary, Expr, Kind, Parsed, TypeName};
