//! DICOMweb searches as data (PS3.18, 8.3.4 and 10.6): pairs in, keys and fields out.

mod asked;
mod fields;

pub use asked::{Asked, asked};
pub use fields::Fields;

#[cfg(test)]
mod tests;
