//! How many patients one core makes in a second, to bytes in memory.
//!
//! `cargo run --release --example population_speed -p hospital [PATIENTS]`

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::sync::Arc;
use std::time::Instant;

use hospital::pathways::{Library, read};
use hospital::population::{Recipe, generate};

fn main() {
    let patients = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(2000);
    let recipe = Recipe { patients, ..Recipe::default() };
    let (mut resources, mut bytes) = (0_u64, 0_u64);
    let library = library().unwrap_or_default();
    let start = Instant::now();
    generate(&recipe, &library, &mut |resource| {
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

/// The pathways of this checkout.
fn library() -> std::io::Result<Arc<Library>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/pathways");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        files.push((path.display().to_string(), std::fs::read_to_string(&path)?));
    }
    let files = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    Ok(Arc::new(read(files).value))
}
