use std::cell::RefCell;

use super::engine::Engine;
use super::fault::Fault;
use crate::limits::Limits;

/// Channels whose engines a thread keeps.
const ENGINES_MAX: usize = 4;

thread_local! {
    /// Engines by channel, the one used last at the end. An engine belongs to one thread, so each thread has its own.
    static ENGINES: RefCell<Vec<([u8; 32], Engine)>> = const { RefCell::new(Vec::new()) };
}

/// Works with the engine of a channel, starting one if this thread has none. One that met a limit is not kept.
pub(super) fn with_engine<T>(
    key: [u8; 32],
    limits: &Limits,
    work: impl FnOnce(&mut Engine) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let known = ENGINES.with_borrow_mut(|engines| {
        let at = engines.iter().position(|(other, _)| *other == key)?;
        Some(engines.remove(at).1)
    });
    let mut engine = known.map_or_else(|| Engine::new(limits), Ok)?;
    let done = work(&mut engine);
    if !engine.is_spent() {
        ENGINES.with_borrow_mut(|engines| {
            if engines.len() == ENGINES_MAX {
                engines.remove(0);
            }
            engines.push((key, engine));
        });
    }
    done
}
