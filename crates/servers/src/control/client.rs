use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;

use platform::backup::Backup;

use super::SOCKET;
use super::message::{Reply, Request};

/// Why the running server could not be asked, or refused.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// The socket cannot be reached.
    #[error("the running server cannot be reached through its control socket: {0}; stop it and try again")]
    Unreachable(#[from] io::Error),
    /// The server ended, or spoke of something else.
    #[error("the running server gave no answer; look at its log")]
    NoAnswer,
    /// The server says why it could not.
    #[error("{0}")]
    Failed(String),
}

/// Asks the server that runs on `data` to back itself up into the new folder `to`, an absolute path. `progress` hears how many
/// parts of how many are done.
///
/// # Errors
/// See [`ControlError`].
pub fn backup(data: &Path, to: &Path, mut progress: impl FnMut(u64, u64)) -> Result<Backup, ControlError> {
    let mut stream = UnixStream::connect(data.join(SOCKET))?;
    let mut request = serde_json::to_vec(&Request::Backup { to: to.to_owned() }).unwrap_or_default();
    request.push(b'\n');
    stream.write_all(&request)?;
    for line in BufReader::new(stream).lines() {
        match serde_json::from_str(&line?) {
            Ok(Reply::Progress { done, total }) => progress(done, total),
            Ok(Reply::Done(backup)) => return Ok(backup),
            Ok(Reply::Failed(why)) => return Err(ControlError::Failed(why)),
            Err(_) => break,
        }
    }
    Err(ControlError::NoAnswer)
}
