//! FHIRPath as a capability: crates that need an expression evaluated ask for this trait, so that
//! none of them has to build, or even know, the engine behind it.

use serde_json::Value;

/// Evaluates FHIRPath expressions (HL7 FHIRPath 2.0) over JSON.
pub trait FhirPath: Send + Sync {
    /// The collection `expression` yields on `input`, in order; empty when nothing is found.
    ///
    /// Each variable is reachable as `%name`.
    ///
    /// # Errors
    /// [`PathError`] when the expression cannot be read, fails on this input, or is over a limit.
    fn evaluate(
        &self,
        expression: &str,
        input: &Value,
        variables: &[(&str, Value)],
    ) -> Result<Vec<Value>, PathError>;
}

/// Why an expression has no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// The text is not a FHIRPath expression.
    #[error("cannot read the FHIRPath expression `{expression}`: {reason}")]
    Syntax {
        /// The expression as given.
        expression: String,
        /// What the parser met, and where.
        reason: String,
    },
    /// The expression is well formed but fails on this input.
    #[error("cannot evaluate the FHIRPath expression `{expression}`: {reason}")]
    Evaluation {
        /// The expression as given.
        expression: String,
        /// What went wrong.
        reason: String,
    },
    /// The expression, its input or its result is larger than the engine accepts.
    #[error("the FHIRPath {what} is too large: at most {limit} are accepted; make it smaller")]
    TooLarge {
        /// Which part: "expression", "input" or "result".
        what: &'static str,
        /// The limit with its unit, such as "10000 characters".
        limit: String,
    },
}
