//! The binary as a child process.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

/// A hospital that is built in a moment.
const FEW_PATIENTS: &str = "3";

/// A server that runs; dropping it kills it.
pub(crate) struct Process {
    child: Option<Child>,
    pub(crate) url: String,
}

fn practicum(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_practicum"));
    command.env("PRACTICUM_PATIENTS", FEW_PATIENTS).env("PRACTICUM_DATA", data);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs `words` to the end; returns the exit code and everything that was said.
pub(crate) fn run(data: &Path, words: &[&str]) -> (Option<i32>, String) {
    finish(practicum(data).args(words).spawn().unwrap())
}

fn finish(child: Child) -> (Option<i32>, String) {
    let output = child.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
    (output.status.code(), said.concat())
}

impl Process {
    /// Starts a server on any free port and waits until it says where.
    pub(crate) fn serve(data: &Path, more: &[&str]) -> Self {
        let child = practicum(data).args(["serve", "--port", "0"]).args(more).spawn().unwrap();
        let mut process = Self { child: Some(child), url: String::new() };
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(60) {
            let run = fs::read(data.join("run.json")).ok();
            let run: Option<Value> = run.and_then(|text| serde_json::from_slice(&text).ok());
            if let Some(run) = run.filter(|run| run["pid"] == process.id()) {
                process.url = run["url"].as_str().unwrap().to_owned();
                return process;
            }
            assert!(process.child.as_mut().unwrap().try_wait().unwrap().is_none(), "the server ended early");
            sleep(Duration::from_millis(20));
        }
        panic!("the server did not start");
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.as_ref().unwrap().id()
    }

    /// The answer to a GET, head and body.
    pub(crate) fn get(&self, path: &str) -> String {
        let host = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Sends a signal and waits; returns the exit code, if it was not killed, and everything that was said.
    pub(crate) fn stop(mut self, signal: &str) -> (Option<i32>, String) {
        let id = self.id().to_string();
        assert!(Command::new("kill").args([&format!("-{signal}"), &id]).status().unwrap().success());
        finish(self.child.take().unwrap())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }
}
