use std::net::SocketAddr;
use std::sync::Arc;

use platform::incidents::PlayKey;
use platform::people::Provider;
use platform::{Limits, Platform};
use tokio::sync::Semaphore;

use crate::enrolment::Enrolment;
use crate::live::{Live, Team};
use crate::metrics::Metrics;

/// Slow use cases, such as a backup, that may go on without holding up the quick ones.
const SLOW_AT_ONCE: usize = 2;
/// Use cases that wait for servers of others at the same time.
const DIALLING_AT_ONCE: usize = 32;

/// What every handler shares.
#[derive(Clone)]
pub struct App {
    pub(crate) platform: Arc<Platform>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) live: Live,
    /// Where people stand in the rooms of drills.
    pub(crate) team: Team,
    /// Requests that may run use cases at the same time. More than there are cores would only wait for one another's
    /// locks, each in a thread of its own.
    gate: Arc<Semaphore>,
    /// What people who are played show at the doors.
    pub(crate) play_key: PlayKey,
    /// Requests that may dial servers of others at the same time, which may let them wait: they do not hold up the others.
    dialling: Arc<Semaphore>,
    /// `http` or `https`: how this server is reached, for the links it writes.
    pub(crate) scheme: &'static str,
    /// What devices are enrolled with, if anything.
    pub(crate) enrolment: Option<Arc<Enrolment>>,
    /// Where the data lake is reached by the wire of PostgreSQL.
    pub(crate) postgres: Option<SocketAddr>,
    /// Where people of this house sign in, if not here alone.
    pub(crate) provider: Option<Arc<Provider>>,
}

impl App {
    /// The shared state over `platform`, reached by `scheme`.
    pub fn new(platform: Arc<Platform>, scheme: &'static str) -> Self {
        let live = Live::over(platform.watch());
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let gate = Arc::new(Semaphore::new(cores + SLOW_AT_ONCE));
        let play_key = PlayKey::new(platform.entropy());
        Self {
            platform,
            metrics: Arc::default(),
            live,
            team: Team::default(),
            gate,
            play_key,
            dialling: Arc::new(Semaphore::new(DIALLING_AT_ONCE)),
            scheme,
            enrolment: None,
            postgres: None,
            provider: None,
        }
    }

    /// The same, with what devices are enrolled with.
    #[must_use]
    pub fn enrolling(self, enrolment: Option<Enrolment>) -> Self {
        Self { enrolment: enrolment.map(Arc::new), ..self }
    }

    /// The same, reached at `address` by the wire of PostgreSQL.
    #[must_use]
    pub fn with_postgres(self, address: SocketAddr) -> Self {
        Self { postgres: Some(address), ..self }
    }

    /// The same, for a house whose people sign in at a provider.
    #[must_use]
    pub fn signing_in_at(self, provider: Option<Provider>) -> Self {
        Self { provider: provider.map(Arc::new), ..self }
    }

    /// The same without a gate, for requests that a use case makes while it stands inside the gate itself.
    pub(crate) fn without_gate(self) -> Self {
        Self { gate: Arc::new(Semaphore::new(Semaphore::MAX_PERMITS)), ..self }
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
        self.run_through(&self.gate, work).await
    }

    /// The same for work that dials servers of others. It waits for them, and nobody waits for it.
    pub(crate) async fn run_dialling<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Platform) -> T + Send + 'static,
    ) -> T {
        self.run_through(&self.dialling, work).await
    }

    async fn run_through<T: Send + 'static>(
        &self,
        gate: &Semaphore,
        work: impl FnOnce(&Platform) -> T + Send + 'static,
    ) -> T {
        let platform = Arc::clone(&self.platform);
        let _inside = gate.acquire().await;
        match tokio::task::spawn_blocking(move || work(&platform)).await {
            Ok(done) => done,
            Err(failed) => std::panic::resume_unwind(failed.into_panic()),
        }
    }
}
