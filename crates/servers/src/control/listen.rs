use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::unix::OwnedWriteHalf;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

use super::SOCKET;
use super::message::{Reply, Request};
use crate::state::App;

/// A request is one short line.
const REQUEST_BYTES_MAX: u64 = 64 * 1024;

/// The open socket. Dropping it closes the socket and removes its file.
pub struct Control {
    path: PathBuf,
    accepting: JoinHandle<()>,
}

impl Control {
    /// Opens the socket in the data folder, which this process must own: a socket left there by a crash is replaced.
    ///
    /// # Errors
    /// If the path is longer than the system allows (about 100 bytes), or the folder cannot be written to.
    pub fn open(app: App, data: &Path) -> io::Result<Self> {
        let path = data.join(SOCKET);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let listener = UnixListener::bind(&path)?;
        fs::set_permissions(&path, Permissions::from_mode(0o600))?;
        Ok(Self { path, accepting: tokio::spawn(accept(app, listener)) })
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        self.accepting.abort();
        drop(fs::remove_file(&self.path));
    }
}

async fn accept(app: App, listener: UnixListener) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(answer(app.clone(), stream));
            }
            Err(error) => {
                tracing::error!(%error, "the control socket failed; back up by stopping the server first");
                return;
            }
        }
    }
}

async fn answer(app: App, stream: UnixStream) {
    let (input, output) = stream.into_split();
    let mut line = String::new();
    let read = BufReader::new(input.take(REQUEST_BYTES_MAX)).read_line(&mut line).await;
    let request = read.ok().and_then(|_| serde_json::from_str(&line).ok());
    let (replies, sent) = unbounded_channel();
    let sending = tokio::spawn(send(sent, output));
    let outcome = match request {
        Some(Request::Backup { to }) => back_up(&app, to, replies.clone()).await,
        None => {
            Reply::Failed("the server does not understand this request; is it of another version?".to_owned())
        }
    };
    drop(replies.send(outcome));
    drop(replies);
    drop(sending.await);
}

async fn back_up(app: &App, to: PathBuf, replies: UnboundedSender<Reply>) -> Reply {
    tracing::info!("a backup begins");
    let made = app.run(move |platform| {
        platform.backup_to(&to, &|done, total| drop(replies.send(Reply::Progress { done, total })))
    });
    match made.await {
        Ok(backup) => Reply::Done(backup),
        Err(error) => Reply::Failed(error.to_string()),
    }
}

/// Writes replies as they come. Whoever asked may have gone; the work goes on.
async fn send(mut replies: tokio::sync::mpsc::UnboundedReceiver<Reply>, mut output: OwnedWriteHalf) {
    while let Some(reply) = replies.recv().await {
        let mut line = serde_json::to_vec(&reply).unwrap_or_default();
        line.push(b'\n');
        if output.write_all(&line).await.is_err() {
            return;
        }
    }
}
