//! How many signals the whole rule pack takes in a second of one core, and how long a search over 200,000 takes of it.
//!
//! What is measured is time on the processor, where the system tells it, so that other work beside does not count.
#![allow(clippy::print_stdout, clippy::expect_used)]

use std::path::Path;
use std::time::{Duration, Instant};

use security::care::Relation;
use security::detection::{Detector, read};
use security::query::{Table, parse, run};
use security::telemetry::{Record, Signal};
use serde_json::json;

const SIGNALS: usize = 200_000;

fn main() {
    let signals: Vec<Signal> = (0..SIGNALS).map(signal).collect();
    let text = pack();
    let mut detector = Detector::new(&read(&text).expect("the pack is tested")).expect("the pack is tested");
    let start = Watch::start();
    let hits: usize = signals.iter().map(|signal| detector.feed(signal).len()).sum();
    println!("whole pack: {:.0} signals a second, {hits} hits", SIGNALS as f64 / start.spent().as_secs_f64());
    let start = Watch::start();
    let table = Table::of(&signals);
    println!("table of {SIGNALS}: {:.1} ms", start.spent().as_secs_f64() * 1000.0);
    for query in [
        "user = user7 and category = read",
        "\"p123\"",
        "category = read | stats count, dc(patient) by user | top 10",
    ] {
        let query_read = parse(query).expect("a fixed query");
        let start = Watch::start();
        let answer = run(&query_read, &table);
        println!(
            "search {query}: {:.1} ms, {} matched",
            start.spent().as_secs_f64() * 1000.0,
            answer.matched
        );
    }
}

/// Time of this thread on a processor; on the wall, where the system does not tell.
struct Watch {
    wall: Instant,
    processor: Option<Duration>,
}

impl Watch {
    fn start() -> Self {
        Self { wall: Instant::now(), processor: on_processor() }
    }

    fn spent(&self) -> Duration {
        let spent = self.processor.zip(on_processor()).map(|(before, now)| now - before);
        spent.unwrap_or_else(|| self.wall.elapsed())
    }
}

/// The first number of `schedstat` is time on a processor in nanoseconds (Linux, sched-stats.rst).
fn on_processor() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(text.split_whitespace().next()?.parse().ok()?))
}

/// A day of honest work with a little of everything.
fn signal(number: usize) -> Signal {
    let kind = [
        "fhir.read",
        "fhir.search",
        "fhir.read",
        "fhir.update",
        "hl7.received",
        "dicom.find",
        "command",
        "auth.login",
    ];
    Signal::of(&Record {
        seq: number as i64,
        time_us: 1_930_000_000_000_000 + number as i64 * 430_000,
        actor: format!("user{}", number % 211),
        source: "LIS".to_owned(),
        target: "EHR".to_owned(),
        kind: kind[number % kind.len()].to_owned(),
        subject: Some(format!("Patient/p{}", number % 997 % (20 + number % 13))),
        outcome: "ok".to_owned(),
        detail: json!({"type": "Observation", "id": format!("o{}", number % 5000), "address": format!("10.0.0.{}", number % 211)}),
        restricted: Some(number.is_multiple_of(50)),
        care: Some(Relation::Treating),
    })
}

fn pack() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/detections");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the pack").map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "yml"));
    files.sort();
    let texts: Vec<String> =
        files.iter().map(|path| std::fs::read_to_string(path).expect("a rule")).collect();
    texts.join("\n---\n")
}
