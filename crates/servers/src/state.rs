use std::sync::Arc;

use platform::{Limits, Platform};

use crate::metrics::Metrics;

/// What every handler shares.
#[derive(Clone)]
pub struct App {
    pub(crate) platform: Arc<Platform>,
    pub(crate) metrics: Arc<Metrics>,
    /// `http` or `https`: how this server is reached, for the links it writes.
    pub(crate) scheme: &'static str,
}

impl App {
    /// The shared state over `platform`, reached by `scheme`.
    pub fn new(platform: Arc<Platform>, scheme: &'static str) -> Self {
        Self { platform, metrics: Arc::default(), scheme }
    }

    pub(crate) fn limits(&self) -> &Limits {
        self.platform.limits()
    }

    /// Runs `work` where it may block: a use case runs to its end in its thread, and the threads that serve sockets
    /// must not wait for it.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Platform) -> T + Send + 'static,
    ) -> T {
        let platform = Arc::clone(&self.platform);
        match tokio::task::spawn_blocking(move || work(&platform)).await {
            Ok(done) => done,
            Err(failed) => std::panic::resume_unwind(failed.into_panic()),
        }
    }
}
