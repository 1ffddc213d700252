//! `run.json` in the data folder: how programs on this machine find the running server.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// What a running server tells about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunInfo {
    /// Where it answers, without a slash at the end.
    pub url: String,
    /// Its process.
    pub pid: u32,
    /// The ports it really listens on.
    pub ports: Ports,
    /// Ways in for trying things out, with `--demo` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demo: Option<DemoAccess>,
}

/// The ports of a running server, by protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ports {
    /// Pages, API and FHIR.
    pub http: u16,
    /// DICOM.
    pub dicom: u16,
    /// HL7 v2 messages over MLLP.
    pub mllp: u16,
    /// The data lake, for clients of PostgreSQL.
    pub pg: u16,
}

/// Secrets of the demonstration's people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoAccess {
    /// Bearer token of the learner.
    pub learner_token: String,
    /// Bearer token of the instructor.
    pub instructor_token: String,
    /// Opens a browser as the learner.
    pub sign_in_url: String,
    /// Opens a browser as the instructor.
    pub instructor_sign_in_url: String,
}

/// The file, for as long as the server runs.
#[derive(Debug)]
pub struct RunFile {
    path: PathBuf,
}

impl RunFile {
    /// Writes `info` into the data folder: whole or not at all, and readable by its owner only, since it may hold
    /// secrets.
    ///
    /// # Errors
    /// If the folder cannot be written to.
    pub fn write(data: &Path, info: &RunInfo) -> std::io::Result<Self> {
        let path = data.join("run.json");
        let partial = data.join("run.json.partial");
        let mut file = private(&partial)?;
        serde_json::to_writer_pretty(&mut file, info)?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        fs::rename(&partial, &path)?;
        Ok(Self { path })
    }

    /// Reads what a server that runs on this data folder, or did until it crashed, told about itself.
    pub fn read(data: &Path) -> Option<RunInfo> {
        serde_json::from_slice(&fs::read(data.join("run.json")).ok()?).ok()
    }
}

impl Drop for RunFile {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::warn!(file = %self.path.display(), %error, "run.json could not be removed");
        }
    }
}

fn private(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(demo: Option<DemoAccess>) -> RunInfo {
        RunInfo {
            url: "http://127.0.0.1:8080".into(),
            pid: 42,
            ports: Ports { http: 8080, dicom: 11112, mllp: 2575, pg: 5433 },
            demo,
        }
    }

    #[test]
    fn the_file_is_there_while_the_server_runs_and_gone_after() {
        let folder = tempfile::tempdir().unwrap();
        let file = RunFile::write(folder.path(), &info(None)).unwrap();
        assert_eq!(RunFile::read(folder.path()), Some(info(None)));
        drop(file);
        assert_eq!(RunFile::read(folder.path()), None);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn it_has_the_shape_that_programs_look_for() {
        let demo = DemoAccess {
            learner_token: "prc_a".into(),
            instructor_token: "prc_b".into(),
            sign_in_url: "http://127.0.0.1:8080/x".into(),
            instructor_sign_in_url: "http://127.0.0.1:8080/y".into(),
        };
        let json = serde_json::to_value(info(Some(demo))).unwrap();
        assert_eq!(json["ports"]["dicom"], 11112);
        assert_eq!((&json["ports"]["http"], &json["ports"]["mllp"]), (&8080.into(), &2575.into()));
        assert_eq!(json["demo"]["learner_token"], "prc_a");
        assert!(serde_json::to_value(info(None)).unwrap().get("demo").is_none());
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let _file = RunFile::write(folder.path(), &info(None)).unwrap();
        let mode = fs::metadata(folder.path().join("run.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
