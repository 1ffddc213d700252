//! The gate.

use super::cohort::Cohort;
use super::table::{Row, rows};

#[test]
fn records_are_like_those_of_a_country() {
    let cohort = Cohort::gather();
    let rows = rows(&cohort);
    println!("{:<48} {:>9} {:>9} {:>8}  source", "measure", "target", "measured", "allowed");
    rows.iter().for_each(print);
    let missed: Vec<&str> =
        rows.iter().filter(|row| !row.holds() && row.known.is_none()).map(|row| row.name).collect();
    let reached: Vec<&str> =
        rows.iter().filter(|row| row.holds() && row.known.is_some()).map(|row| row.name).collect();
    assert!(missed.is_empty(), "missed: {missed:#?}");
    assert!(reached.is_empty(), "listed as known, and reached: {reached:#?}");
}

fn print(row: &Row) {
    let mark = match (row.holds(), row.known) {
        (true, _) => String::new(),
        (false, Some(why)) => format!("  KNOWN: {why}"),
        (false, None) => "  MISSED".to_owned(),
    };
    let Row { name, source, target, measured, .. } = row;
    println!("{name:<48} {target:>9.1} {measured:>9.1} {:>8.1}  {source}{mark}", row.allowed());
}
