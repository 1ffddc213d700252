use std::sync::Arc;

use platform::clock::{Clock, SystemClock};
use platform::entropy::{Entropy, SystemEntropy};

/// Time and chance, which a test fixes and a server takes from the machine.
#[derive(Clone)]
pub struct Surroundings {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where secrets and ids come from.
    pub entropy: Arc<dyn Entropy>,
}

impl Surroundings {
    /// The machine's own clock and random source.
    pub fn system() -> Self {
        Self { clock: Arc::new(SystemClock), entropy: Arc::new(SystemEntropy) }
    }
}
