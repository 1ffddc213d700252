use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::Context as _;

use crate::repository;
use crate::test::counts::Counts;
use crate::test::step::{Outcome, Report};
use crate::test::{counts, step};

/// A program to run, with its output going to the step's log and an end after so many minutes.
pub(crate) struct Call {
    command: Command,
    shown: String,
    minutes_max: u64,
}

/// What a call left behind.
pub(crate) struct Called {
    /// Whether it ended by itself and with success.
    pub(crate) succeeded: bool,
    /// Everything it printed.
    pub(crate) output: String,
    /// One sentence on how it ended.
    pub(crate) ending: String,
}

impl Call {
    /// `program` with `arguments`, run at the root, ended after ten minutes.
    pub(crate) fn new<A: AsRef<OsStr>>(
        program: impl AsRef<OsStr>,
        arguments: impl IntoIterator<Item = A>,
    ) -> Self {
        let mut command = Command::new(program.as_ref());
        command.args(arguments).current_dir(repository::root()).stdin(Stdio::null());
        let words = [command.get_program()].into_iter().chain(command.get_args());
        let shown = words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ");
        Self { command, shown, minutes_max: 10 }
    }

    /// Runs in this folder of the checkout.
    pub(crate) fn within(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.current_dir(repository::root().join(folder));
        self
    }

    /// Sets one variable.
    pub(crate) fn variable(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Ends the program after this time.
    pub(crate) fn minutes_max(mut self, minutes: u64) -> Self {
        self.minutes_max = minutes;
        self
    }

    /// Runs it to the end.
    pub(crate) fn run(mut self, place: &step::Place) -> anyhow::Result<Called> {
        let mut log = append(&place.log)?;
        writeln!(log, "$ {}", self.shown)?;
        let start = log.metadata()?.len();
        self.command.stdout(log.try_clone()?).stderr(log);
        let child = self.command.spawn().with_context(|| format!("cannot start `{}`", self.shown))?;
        let status = wait(child, Duration::from_secs(60 * self.minutes_max))?;
        let bytes = fs::read(&place.log)?;
        let from = usize::try_from(start)?.min(bytes.len());
        Ok(Called {
            succeeded: status.is_some_and(|status| status.success()),
            output: String::from_utf8_lossy(&bytes[from..]).into_owned(),
            ending: match status {
                Some(status) => format!("`{}` ended with {status}", self.shown),
                None => format!("`{}` did not end within {} minutes", self.shown, self.minutes_max),
            },
        })
    }

    /// Runs it and counts its tests: those it names, or one for the whole.
    pub(crate) fn report(self, place: &step::Place) -> anyhow::Result<Report> {
        let called = self.run(place)?;
        let (mut counts, skipped) = counts::read(&called.output).unwrap_or_default();
        if called.succeeded && counts == Counts::default() {
            counts = Counts::one_passed();
        }
        if !called.succeeded && counts.failed == 0 {
            counts.failed = 1;
        }
        let outcome = match (called.succeeded, counts.failed) {
            (true, 0) => Outcome::Passed,
            (true, failed) => Outcome::Failed(format!("{failed} failed")),
            (false, _) => Outcome::Failed(called.ending),
        };
        Ok(Report {
            outcome,
            counts,
            failed: if called.succeeded { Vec::new() } else { counts::failures(&called.output) },
            skipped,
            suites: counts::suites(&called.output),
        })
    }
}

/// Whether a program of this name can be started.
pub(crate) fn is_installed(program: &str) -> bool {
    let probe = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    probe.is_ok_and(|status| status.success())
}

/// The last line with something in it, for a reason on one line.
pub(crate) fn last_line(output: &str) -> &str {
    output.lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or("it printed nothing")
}

/// Opens the log for more.
pub(crate) fn append(log: &Path) -> anyhow::Result<File> {
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(log)
        .with_context(|| format!("cannot write {}", log.display()))
}

/// Waits until the end or the limit; on the limit ends the program and all that it started, so that nothing left over slows
/// the steps to come.
fn wait(mut child: Child, limit: Duration) -> anyhow::Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() > limit {
            let started = descendants(&child.id().to_string());
            child.kill()?;
            child.wait()?;
            let _ = Command::new("kill").arg("-KILL").args(started).stderr(Stdio::null()).status();
            return Ok(None);
        }
        sleep(Duration::from_millis(50));
    }
}

/// The processes that this one started, those that they started, and so on.
fn descendants(process: &str) -> Vec<String> {
    let Ok(listed) = Command::new("pgrep").args(["-P", process]).output() else { return Vec::new() };
    let children: Vec<String> = String::from_utf8_lossy(&listed.stdout).lines().map(str::to_owned).collect();
    let below: Vec<String> = children.iter().flat_map(|child| descendants(child)).collect();
    children.into_iter().chain(below).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_started_ends_with_it_at_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let kept = folder.path().join("pid");
        let script = format!("sh -c 'sleep 60 & echo $! > {}; wait'; true", kept.display());
        let child = Command::new("sh").args(["-c", &script]).spawn().unwrap();
        assert_eq!(wait(child, Duration::from_millis(500)).unwrap(), None);
        let process = fs::read_to_string(kept).unwrap();
        let is_there = || Command::new("ps").args(["-o", "stat=", "-p", process.trim()]).output().unwrap();
        let end = Instant::now() + Duration::from_secs(5);
        let is_gone = || matches!(is_there().stdout.first(), None | Some(b'Z'));
        while !is_gone() && Instant::now() < end {
            sleep(Duration::from_millis(20));
        }
        assert!(is_gone());
    }
}
