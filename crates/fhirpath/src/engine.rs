//! Evaluation.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rh_fhirpath::{EvaluationContext, FhirPathEvaluator, FhirPathValue};
use serde_json::Value;
use standards::fhir::path::{FhirPath, PathError};

use crate::convert::items;
use crate::expression::{Parsed, parse};

/// Expressions kept parsed. The labs use some hundreds.
const CACHED_MAX: usize = 2_000;

/// Evaluates FHIRPath; cheap to share between threads.
#[derive(Debug, Default)]
pub struct Engine {
    parsed: Mutex<BTreeMap<String, Arc<Parsed>>>,
}

thread_local! {
    /// Its table of functions is costly to build and cannot leave its thread.
    static EVALUATOR: FhirPathEvaluator = FhirPathEvaluator::new();
}

impl Engine {
    /// An engine that has read nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads an expression without evaluating it, so that content can be checked before it is used.
    ///
    /// # Errors
    /// [`PathError::Syntax`] or [`PathError::TooLarge`].
    pub fn check(&self, expression: &str) -> Result<(), PathError> {
        self.parsed(expression).map(|_| ())
    }

    fn parsed(&self, expression: &str) -> Result<Arc<Parsed>, PathError> {
        let cache = || self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(parsed) = cache().get(expression) {
            return Ok(Arc::clone(parsed));
        }
        let parsed = Arc::new(parse(expression)?);
        let mut cache = cache();
        if cache.len() >= CACHED_MAX {
            cache.clear();
        }
        cache.insert(expression.to_owned(), Arc::clone(&parsed));
        Ok(parsed)
    }
}

impl FhirPath for Engine {
    fn evaluate(
        &self,
        expression: &str,
        input: &Value,
        variables: &[(&str, Value)],
    ) -> Result<Vec<Value>, PathError> {
        let parsed = self.parsed(expression)?;
        let failed = |reason: String| PathError::Evaluation { expression: expression.to_owned(), reason };
        let given = |wanted: &String| variables.iter().any(|(name, _)| name == wanted);
        if let Some(missing) = parsed.variables.iter().find(|wanted| !given(wanted)) {
            return Err(failed(format!("the variable %{missing} is not given")));
        }
        let mut context = EvaluationContext::new(Value::Null);
        context.current = input.clone();
        if parsed.asks_for_whole {
            context.root = input.clone();
        }
        for (name, value) in variables {
            context.add_constant((*name).to_owned(), FhirPathValue::from_json(value));
        }
        EVALUATOR
            .with(|evaluator| evaluator.evaluate(&parsed.tree, &context))
            .map(items)
            .map_err(|error| failed(error.to_string()))
    }
}
