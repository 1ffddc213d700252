//! How many patients one core makes in a second, to bytes in memory.
//!
//! `cargo run --release --example population_speed -p hospital [PATIENTS]`

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::time::Instant;

use hospital::population::{Recipe, generate};

fn main() {
    let patients = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(2000);
    let recipe = Recipe { patients, ..Recipe::default() };
    let (mut resources, mut bytes) = (0_u64, 0_u64);
    let start = Instant::now();
    generate(&recipe, &mut |resource| {
        resources += 1;
        bytes += resource.body.len() as u64;
    });
    let seconds = start.elapsed().as_secs_f64();
    println!("{patients} patients, {resources} resources, {bytes} bytes in {seconds:.3} s");
    println!("{:.0} patients a second", f64::from(patients) / seconds);
    println!("{:.0} resources a second", resources as f64 / seconds);
    println!(
        "{:.0} resources a patient of {:.0} bytes",
        resources as f64 / f64::from(patients),
        bytes as f64 / resources as f64
    );
}
