//! Models that were trained elsewhere, as ONNX files: a reader of just those operators that exports of binary classifiers over
//! numeric columns consist of, and nothing that runs anybody's code.
//!
//! What scikit-learn (skl2onnx), XGBoost and `LightGBM` (onnxmltools) write was measured: linear models, trees, forests, boosted
//! trees, small networks, and what is done to columns before them. [`OPERATORS`] lists what is read; a file that needs
//! anything else is refused with the operator's name and node. What makes only the label is not run: the risk is asked for.
//! A graph is read once into [`step`]s that are known to fit together; asking it then cannot fail but for the number of columns.
//!
//! Operators are as in ONNX operator sets 9 to 22 and `ai.onnx.ml` 1 to 3 (onnx.ai/onnx/operators, read November 2026); where the
//! text leaves a choice, it is made as ONNX Runtime makes it.

mod attributes;
mod count;
mod graph;
mod network;
mod proto;
mod read;
mod step;
mod tensor;

pub use graph::OPERATORS;
pub use network::{Columns, Network, ONNX_BYTES_MAX};
