use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use channels::{Limits, Problem, Program};

/// Compiled channels that are kept.
const PROGRAMS_MAX: usize = 256;

/// Channels that were compiled lately, by their text.
#[derive(Default)]
pub(crate) struct Programs {
    compiled: Mutex<HashMap<String, Arc<Program>>>,
}

impl Programs {
    /// The channel with this text, compiled.
    ///
    /// # Errors
    /// Every problem of the text.
    pub(crate) fn get(&self, text: &str, limits: &Limits) -> Result<Arc<Program>, Vec<Problem>> {
        let compiled = || self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(program) = compiled().get(text) {
            return Ok(Arc::clone(program));
        }
        let program = Arc::new(Program::compile(text, limits)?);
        let mut compiled = compiled();
        // Forgetting all at once is rare, and costs each channel one compilation.
        if compiled.len() >= PROGRAMS_MAX {
            compiled.clear();
        }
        compiled.insert(text.to_owned(), Arc::clone(&program));
        Ok(program)
    }
}
