use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use crate::test::call::append;
use crate::test::step::Place;

/// Long enough for an unoptimised program to build the default image on a slow machine.
const START_MAX: Duration = Duration::from_secs(300);

/// The real program, serving on a free port until dropped.
pub(crate) struct Server {
    child: Child,
    run: serde_json::Value,
}

impl Server {
    /// Starts it with the demo accounts on a data folder of this run, and waits for `run.json`.
    pub(crate) fn start(place: &Place) -> anyhow::Result<Self> {
        let data = place.scratch.join("data");
        let run_json = data.join("run.json");
        let _ = fs::remove_file(&run_json);
        let log = append(&place.log)?;
        let ports = ["--port", "0", "--dicom-port", "0", "--mllp-port", "0", "--pg-port", "0"];
        let child = Command::new(place.binary())
            .args(["serve", "--demo"])
            .args(ports)
            .arg("--data")
            .arg(&data)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("cannot start practicum")?;
        let mut server = Self { child, run: serde_json::Value::Null };
        server.run = server.wait_for(&run_json)?;
        Ok(server)
    }

    /// A text of `run.json`, by JSON pointer.
    pub(crate) fn told(&self, pointer: &str) -> anyhow::Result<&str> {
        let value = self.run.pointer(pointer).and_then(serde_json::Value::as_str);
        value.with_context(|| format!("run.json has no text at {pointer}"))
    }

    /// A port of `run.json`, by JSON pointer.
    pub(crate) fn port(&self, pointer: &str) -> anyhow::Result<String> {
        let value = self.run.pointer(pointer).filter(|value| value.is_u64());
        Ok(value.with_context(|| format!("run.json has no port at {pointer}"))?.to_string())
    }

    fn wait_for(&mut self, run_json: &Path) -> anyhow::Result<serde_json::Value> {
        let start = Instant::now();
        while start.elapsed() < START_MAX {
            if let Some(status) = self.child.try_wait()? {
                bail!("practicum ended with {status} before it served; its log says why");
            }
            let text = fs::read_to_string(run_json).unwrap_or_default();
            if let Ok(run) = serde_json::from_str(&text) {
                return Ok(run);
            }
            sleep(Duration::from_millis(100));
        }
        bail!("practicum wrote no run.json within {} s", START_MAX.as_secs())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(10) && matches!(self.child.try_wait(), Ok(None)) {
            sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
