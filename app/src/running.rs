use std::thread::JoinHandle;

use anyhow::anyhow;
use tokio::sync::oneshot;

use crate::run_file::RunInfo;

/// A server that runs. Dropping it stops it.
pub struct Running {
    /// Where it answers, and with whose secrets.
    pub info: RunInfo,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<anyhow::Result<()>>>,
}

impl Running {
    pub(crate) fn new(
        info: RunInfo,
        stop: oneshot::Sender<()>,
        thread: JoinHandle<anyhow::Result<()>>,
    ) -> Self {
        Self { info, stop: Some(stop), thread: Some(thread) }
    }

    /// Where it answers, such as `http://127.0.0.1:8080`.
    pub fn url(&self) -> &str {
        &self.info.url
    }

    /// Lets requests in flight finish, closes every sandbox and waits until all of it is done.
    ///
    /// # Errors
    /// If something could not be written at the end.
    pub fn stop(mut self) -> anyhow::Result<()> {
        self.end()
    }

    /// Runs until the process is told to stop (SIGINT, SIGTERM) or the server ends by itself, then stops as
    /// [`Running::stop`] does.
    ///
    /// # Errors
    /// As [`Running::stop`]; also if signals cannot be heard.
    pub fn until_signal(mut self) -> anyhow::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            tokio::select! {
                heard = signal() => heard,
                () = self.ended() => Ok(()),
            }
        })?;
        self.end()
    }

    /// Resolves when the server has ended by itself.
    async fn ended(&mut self) {
        match &mut self.stop {
            Some(stop) => stop.closed().await,
            None => std::future::pending().await,
        }
    }

    fn end(&mut self) -> anyhow::Result<()> {
        // If the receiver is gone the server has ended by itself, which joining tells.
        self.stop.take().map(|stop| stop.send(()));
        let Some(thread) = self.thread.take() else {
            return Ok(());
        };
        thread.join().unwrap_or_else(|_| Err(anyhow!("the server panicked; its log says where")))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            tracing::error!(%error, "the server did not stop cleanly");
        }
    }
}

#[cfg(unix)]
async fn signal() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        heard = tokio::signal::ctrl_c() => heard?,
        _ = terminate.recv() => {}
    }
    tracing::info!("stopping");
    Ok(())
}

#[cfg(not(unix))]
async fn signal() -> anyhow::Result<()> {
    tokio::signal::ctrl_c().await?;
    tracing::info!("stopping");
    Ok(())
}
