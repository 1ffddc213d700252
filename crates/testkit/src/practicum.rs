use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::practicum::config::{Config, Demo};
use ::practicum::run_file::DemoAccess;
use ::practicum::{Running, Surroundings, start};
use anyhow::Context;
use platform::clock::ManualClock;
use platform::entropy::SeededEntropy;
use tempfile::TempDir;

/// 2031-03-04T06:00:00Z, the moment the generated hospital is seen at.
const NOW_US: i64 = 1_930_370_400_000_000;

/// A running Practicum with demonstration people.
pub struct Practicum {
    // Dropped in order: the server stops before its folder goes.
    running: Running,
    clock: Arc<ManualClock>,
    folder: TempDir,
}

/// What a test wants otherwise than usual.
#[derive(Debug, Clone)]
pub struct Builder {
    patients: u32,
    seed: u64,
    content: Option<PathBuf>,
}

impl Default for Builder {
    fn default() -> Self {
        Self { patients: 20, seed: 1, content: None }
    }
}

impl Builder {
    /// A hospital of this many patients instead of 20.
    #[must_use]
    pub fn patients(mut self, patients: u32) -> Self {
        self.patients = patients;
        self
    }

    /// Another seed for the population, ids and secrets than 1.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The labs of this folder instead of the built-in ones.
    #[must_use]
    pub fn content(mut self, folder: &Path) -> Self {
        self.content = Some(folder.to_owned());
        self
    }

    /// Starts it.
    ///
    /// # Errors
    /// Whatever keeps the server from starting.
    pub fn start(self) -> anyhow::Result<Practicum> {
        let folder = tempfile::tempdir().context("no temporary folder")?;
        let config = Config {
            data: folder.path().join("data"),
            port: 0,
            dicom_port: Some(0),
            mllp_port: Some(0),
            pg_port: Some(0),
            demo: Demo::On,
            patients: self.patients,
            seed: self.seed,
            content: self.content,
            ..Config::default()
        };
        let clock = Arc::new(ManualClock::at(NOW_US));
        let entropy = Arc::new(SeededEntropy::new(self.seed));
        let running = start(config, Surroundings { clock: clock.clone(), entropy })?;
        Ok(Practicum { running, clock, folder })
    }
}

impl Practicum {
    /// Starts one with everything as usual.
    ///
    /// # Errors
    /// Whatever keeps the server from starting.
    pub fn start() -> anyhow::Result<Self> {
        Builder::default().start()
    }

    /// Where it answers, such as `http://127.0.0.1:40123`.
    pub fn url(&self) -> &str {
        self.running.url()
    }

    /// The port it takes DICOM associations on.
    pub fn dicom_port(&self) -> u16 {
        self.running.info.ports.dicom
    }

    /// Where it takes HL7 v2 messages.
    pub fn mllp_port(&self) -> u16 {
        self.running.info.ports.mllp
    }

    /// Where clients of PostgreSQL reach the data lake.
    pub fn pg_port(&self) -> u16 {
        self.running.info.ports.pg
    }

    /// Tokens and links of the demonstration's people.
    pub fn demo(&self) -> &DemoAccess {
        self.running.info.demo.as_ref().expect("the demonstration is always on here")
    }

    /// Its data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Moves the platform's clock on by so many microseconds.
    pub fn advance(&self, by_us: i64) {
        self.clock.advance(by_us);
    }

    /// Stops it as a signal would, and waits until everything is written.
    ///
    /// # Errors
    /// If something could not be written at the end.
    pub fn stop(self) -> anyhow::Result<()> {
        self.running.stop()
    }
}
