//! What proofs share: running a kit, and saying which tests did not pass.

use std::collections::BTreeMap;
use std::time::Duration;

use kits::model::{Kit, Outcome, Record};
use kits::run::Run;
use kits::wire::Limits;

/// A moment for tests: 2031-03-04T06:00:00Z.
pub(crate) const NOW_US: i64 = 1_930_370_400_000_000;

/// Limits for servers on this machine, some of which are slow on purpose.
pub(crate) fn limits() -> Limits {
    Limits { connect: Duration::from_secs(2), exchange: Duration::from_millis(1_500), ..Limits::default() }
}

/// Runs a kit with these inputs.
pub(crate) fn run(kit: &Kit, inputs: &[(&str, &str)]) -> Record {
    let given: BTreeMap<String, String> =
        inputs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let run = Run::new(kit, &given, limits(), || NOW_US).expect("the inputs are those of the kit");
    run.go(kit, &|_| {})
}

/// The tests that neither passed nor were left out, with why.
pub(crate) fn not_passed(record: &Record) -> Vec<(&str, Outcome, &str)> {
    let tests = record.tests().into_iter();
    tests
        .filter_map(|test| {
            let outcome = test.outcome.expect("every test has an outcome");
            let is_well = matches!(outcome, Outcome::Pass | Outcome::Omit);
            (!is_well).then_some((test.id.as_str(), outcome, test.message.as_str()))
        })
        .collect()
}

/// Holds a faulty server to failing exactly these tests. What is only skipped because of them is named with `: skip`.
pub(crate) fn fails_only(record: &Record, fault: &str, expected: &[String]) {
    let found = not_passed(record);
    let told: Vec<String> = found
        .iter()
        .map(|(id, outcome, _)| match outcome {
            Outcome::Fail => (*id).to_owned(),
            other => format!("{id}: {}", other.word()),
        })
        .collect();
    assert_eq!(told, expected, "the fault {fault}: {found:#?}");
}
