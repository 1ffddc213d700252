//! What fitting costs: reads a CSV whose last column is the outcome, fits both kinds of model to three quarters
//! of its rows, and prints processor seconds and the area under the curve on the rest, as JSON.
//!
//! `cargo run --release -p models --example speed -- TABLE.csv`; `benches/models.py` runs it beside others.

#![allow(clippy::print_stdout, reason = "a program that prints what it found")]

use std::fs;

use models::boosting::{self, Settings};
use models::logistic::{self, Penalty};
use models::metrics::auroc;
use models::{Model, Sheet, Table};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("say which table to read")?;
    let sheet = Sheet::read(&fs::read(path)?)?;
    let (outcome, features) = sheet.names().split_last().ok_or("the table has no columns")?;
    let outcomes = sheet.numbers(outcome)?;
    let border = outcomes.len() / 4 * 3;
    let part = |rows: std::ops::Range<usize>| -> Result<Table, Box<dyn std::error::Error>> {
        let columns =
            features.iter().map(|name| Ok((name.clone(), sheet.numbers(name)?[rows.clone()].to_vec())));
        Ok(Table::new(columns.collect::<Result<_, models::ModelError>>()?)?)
    };
    let (train, test) = (part(0..border)?, part(border..outcomes.len())?);
    let (known, hidden) = outcomes.split_at(border);

    let before = processor_seconds()?;
    let logistic = logistic::fit(&train, known, Penalty::L2 { strength: 1.0 })?;
    let middle = processor_seconds()?;
    let boosted = boosting::fit(&train, known, &Settings::default())?;
    let after = processor_seconds()?;
    for (name, seconds, model) in [
        ("logistic", middle - before, Model::Logistic(logistic)),
        ("boosting", after - middle, Model::Boosted(boosted)),
    ] {
        let risks: Result<Vec<f64>, _> = (0..test.rows()).map(|row| model.risk(&test.row(row))).collect();
        let area = auroc(hidden, &risks?)?.value;
        println!("{{\"model\": \"{name}\", \"cpu_s\": {seconds:.3}, \"auroc\": {area:.5}}}");
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
