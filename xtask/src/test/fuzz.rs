//! A short, coverage-guided run of every fuzz target, with the stable compiler.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, available_parallelism};

use anyhow::Context as _;

use crate::repository;
use crate::test::call::{Call, append, is_installed, last_line};
use crate::test::counts::Counts;
use crate::test::step::{Outcome, Place, Report};

/// Each target with the folder of inputs it starts from.
const TARGETS: &[(&str, &str)] = &[
    ("fhir_parse", "fuzz/seeds/fhir_parse"),
    ("json_patch", "fuzz/seeds/json_patch"),
    ("search_query", "fuzz/seeds/search_query"),
    ("fhirpath", "fuzz/seeds/fhirpath"),
    ("dicom_association", "fuzz/seeds/dicom_association"),
    ("dicom_dataset", "fuzz/seeds/dicom_dataset"),
    ("channel_file", "fuzz/seeds/channel_file"),
    ("detection_rules", "content/detections"),
    ("hunt_query", "fuzz/seeds/hunt_query"),
    ("hl7_message", "fuzz/seeds/hl7_message"),
    ("cds_hooks", "fuzz/seeds/cds_hooks"),
    ("onnx", "fuzz/seeds/onnx"),
    ("mllp", "fuzz/seeds/mllp"),
    ("log_proof", "fuzz/seeds/log_proof"),
    ("eth_transaction", "fuzz/seeds/eth_transaction"),
    ("pathway_file", "fuzz/seeds/pathway_file"),
    ("smart", "fuzz/seeds/smart"),
    ("kit_calls", "fuzz/seeds/kit_calls"),
    ("lab_file", "crates/training/src/template/lab"),
];

/// Every run draws the same inputs, so that the same code gets the same verdict. To look further, start a target by hand
/// without it, and with more seconds.
const SEED: &str = "-seed=20260301";
const SECONDS: &str = "-max_total_time=6";
const LENGTH_MAX: &str = "-max_len=4096";

/// What makes the compiler count which branches an input takes, and keep overflow checks in optimised code.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cdebug-assertions -Copt-level=1 --cfg fuzzing";

/// Builds all targets and runs each for some seconds, as many at a time as there are processors.
pub(crate) fn run(place: &Place) -> anyhow::Result<Report> {
    if !is_installed("c++") {
        return Ok(Report::skipped("no C++ compiler is installed, which libFuzzer needs"));
    }
    let host = host()?;
    let folder = place.target.join("xtask").join("fuzz");
    let built =
        Call::new("cargo", ["build", "--locked", "--manifest-path", "fuzz/Cargo.toml", "--target", &host])
            .variable("CARGO_TARGET_DIR", &folder)
            .variable("RUSTFLAGS", FLAGS)
            .minutes_max(25)
            .run(place)?;
    if !built.succeeded {
        return Ok(Report::failed(built.ending));
    }
    let programs = folder.join(&host).join("debug");
    let waiting = Mutex::new(TARGETS.iter());
    let ran = Mutex::new(Vec::new());
    let work = || -> anyhow::Result<()> {
        loop {
            let Some((name, seeds)) = taken(&waiting).next() else { return Ok(()) };
            let ending = target(place, &programs, name, seeds)?;
            taken(&ran).push((*name, ending));
        }
    };
    // A target keeps one processor busy.
    let threads = available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("a target's thread does not panic"))
    })?;
    let mut counts = Counts::default();
    let mut failures = Vec::new();
    for (name, ending) in taken(&ran).drain(..) {
        counts += if ending.is_none() { Counts::one_passed() } else { Counts::one_failed() };
        failures.extend(ending.map(|ending| format!("{name}: {ending}")));
    }
    let outcome = if failures.is_empty() { Outcome::Passed } else { Outcome::Failed(failures.join("; ")) };
    Ok(Report { outcome, counts, failed: Vec::new(), skipped: Vec::new(), suites: Vec::new() })
}

/// Runs one target, with a log of its own; the last it said, if it found something.
fn target(place: &Place, programs: &Path, name: &str, seeds: &str) -> anyhow::Result<Option<String>> {
    let corpus = place.scratch.join("corpus").join(name);
    fs::create_dir_all(&corpus).with_context(|| format!("cannot create {}", corpus.display()))?;
    let findings = format!("-artifact_prefix={}/", corpus.display());
    let log = place.log.with_extension(format!("{name}.log"));
    fs::write(&log, "")?;
    let own = Place { target: place.target.clone(), log, scratch: place.scratch.clone() };
    let corpus = corpus.to_string_lossy();
    let ran =
        Call::new(programs.join(name), [SEED, SECONDS, LENGTH_MAX, &findings, &corpus, seeds]).run(&own)?;
    if ran.succeeded {
        return Ok(None);
    }
    writeln!(append(&place.log)?, "{}", ran.output)?;
    Ok(Some(last_line(&ran.output).to_owned()))
}

fn taken<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The compiler's own target, which must be named so that build scripts are not instrumented.
fn host() -> anyhow::Result<String> {
    let about = repository::output("rustc", &["-vV"])?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc -vV names no host")
}
