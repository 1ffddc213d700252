use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::manifest::Manifest;

/// An export on its way, or done and waiting to be fetched.
pub(super) struct Job {
    pub(super) sandbox: String,
    /// Who asked for it: nobody else sees it.
    pub(super) actor: String,
    /// Where its files are.
    pub(super) folder: PathBuf,
    /// When it was asked for, by the machine's clock, microseconds since 1970 UTC.
    pub(super) begun_us: i64,
    /// Resources written so far.
    pub(super) resources: AtomicU64,
    /// Bytes written so far.
    pub(super) bytes: AtomicU64,
    cancelled: AtomicBool,
    state: Mutex<State>,
}

/// How far a job is.
#[derive(Debug, Clone)]
pub(super) enum State {
    Running,
    /// Done, and kept until a moment by the machine's clock.
    Done {
        manifest: Manifest,
        expires_us: i64,
    },
    /// It failed, and until when that is remembered.
    Failed {
        expires_us: i64,
    },
}

impl Job {
    pub(super) fn new(sandbox: &str, actor: &str, folder: PathBuf, begun_us: i64) -> Self {
        Self {
            sandbox: sandbox.to_owned(),
            actor: actor.to_owned(),
            folder,
            begun_us,
            resources: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            cancelled: AtomicBool::new(false),
            state: Mutex::new(State::Running),
        }
    }

    pub(super) fn state(&self) -> State {
        self.lock().clone()
    }

    pub(super) fn set(&self, state: State) {
        *self.lock() = state;
    }

    pub(super) fn is_running(&self) -> bool {
        matches!(*self.lock(), State::Running)
    }

    /// Whether its time is over.
    pub(super) fn is_expired(&self, now_us: i64) -> bool {
        match *self.lock() {
            State::Running => false,
            State::Done { expires_us, .. } | State::Failed { expires_us } => expires_us <= now_us,
        }
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Stops the work and removes the files. While it is at work, the files go when it notices.
    pub(super) fn discard(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
        if !self.is_running() {
            self.remove_files();
        }
    }

    pub(super) fn remove_files(&self) {
        if let Err(error) = fs::remove_dir_all(&self.folder)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(folder = %self.folder.display(), %error, "the files of an export were left behind");
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
