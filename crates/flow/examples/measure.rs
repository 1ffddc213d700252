//! What playing costs: an M/M/c queue, and a whole department, in events a second of processor time, as JSON.
//!
//! `cargo run --release -p flow --example measure`; `benches/flow.py` plays the same queue in `SimPy` beside it.

#![allow(clippy::print_stdout, reason = "a program that prints what it found")]

use std::fs;

use flow::simulate::{Department, Law, Level, Staffing, Window, run};

/// Arrivals an hour, minutes of service, servers: the queue that both sides play.
const QUEUE: (f64, f64, u32) = (60.0, 8.0, 10);
const WEEKS: u32 = 50;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (rate, minutes, servers) = QUEUE;
    let (none, service) = (Law::Fixed { minutes: 0.0 }, Law::Exponential { minutes });
    let level = |share, patience_minutes, admitted, tested| Level {
        share,
        provider: service,
        tested,
        admitted,
        patience_minutes,
        target_minutes: 60.0,
    };
    let queue = Department {
        arrivals_per_hour: vec![rate; 168],
        levels: std::array::from_fn(|_| level(0.2, None, 0.0, 0.0)),
        triage: none,
        test: none,
        test_places: 1,
        disposition: none,
        rooms: 10_000,
        beds: 0,
        bed_stay: none,
    };
    let whole = Department {
        levels: std::array::from_fn(|_| level(0.2, Some(120.0), 0.15, 0.6)),
        triage: Law::Exponential { minutes: 4.0 },
        test: Law::LogNormal { minutes: 40.0, variation: 0.5 },
        test_places: 60,
        disposition: Law::Exponential { minutes: 2.0 },
        rooms: 120,
        beds: 700,
        bed_stay: Law::LogNormal { minutes: 4_000.0, variation: 0.7 },
        ..queue.clone()
    };
    for (name, department, triage) in [("m/m/c", &queue, 1), ("department", &whole, 6)] {
        let window = Window { warmup_weeks: 0, weeks: WEEKS };
        let before = processor_seconds()?;
        let report = run(department, &Staffing::constant(triage, servers), window, 1)?;
        let seconds = processor_seconds()? - before;
        println!(
            "{{\"played\": \"{name}\", \"arrivals\": {}, \"events\": {}, \"cpu_s\": {seconds:.3}, \"events_per_s\": {:.0}, \"wait_mean_minutes\": {:.4}}}",
            report.all.arrived,
            report.events,
            report.events as f64 / seconds,
            report.all.wait_mean_minutes.unwrap_or(0.0)
        );
    }
    Ok(())
}

/// Processor time of this program so far, by its scheduler's account (`/proc/self/schedstat`, Linux).
fn processor_seconds() -> Result<f64, Box<dyn std::error::Error>> {
    let text = fs::read_to_string("/proc/self/schedstat")?;
    let nanoseconds: f64 =
        text.split_whitespace().next().ok_or("the system does not account for time")?.parse()?;
    Ok(nanoseconds / 1e9)
}
