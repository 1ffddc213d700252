//! Steps that call cargo. All of them take the whole workspace with the same features and the same profile, so that
//! nothing is compiled twice.

use crate::test::call::Call;
use crate::test::step::{Place, Report};
use crate::tidy;

/// Formatting is rustfmt's.
pub(crate) fn format(place: &Place) -> anyhow::Result<Report> {
    Call::new("cargo", ["fmt", "--all", "--check"]).report(place)
}

/// The repository's own rules.
pub(crate) fn tidy(place: &Place) -> anyhow::Result<Report> {
    use std::io::Write as _;
    let problems = tidy::check()?;
    let mut log = super::call::append(&place.log)?;
    for problem in &problems {
        writeln!(log, "{problem}")?;
    }
    Ok(match problems.len() {
        0 => Report::passed(),
        count => Report::failed(format!("{count} to mend; see `cargo xtask tidy`")),
    })
}

/// The program, the libraries and every test, compiled once.
pub(crate) fn build(place: &Place) -> anyhow::Result<Report> {
    Call::new("cargo", ["build", "--workspace", "--lib", "--bins", "--tests"]).minutes_max(25).report(place)
}

/// Every lint is an error here.
pub(crate) fn lint(place: &Place) -> anyhow::Result<Report> {
    Call::new("cargo", ["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])
        .minutes_max(20)
        .report(place)
}

/// Unit and integration tests of every crate.
pub(crate) fn tests(place: &Place) -> anyhow::Result<Report> {
    let arguments =
        ["test", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast", "--", "--show-output"];
    Call::new("cargo", arguments).minutes_max(20).report(place)
}

/// The examples in the documentation of `standards`.
pub(crate) fn examples(place: &Place) -> anyhow::Result<Report> {
    Call::new("cargo", ["test", "--doc", "--package", "standards"]).report(place)
}

/// Every lab, drill, workshop and team project proves itself.
pub(crate) fn content(place: &Place) -> anyhow::Result<Report> {
    let labs = Call::new(place.binary(), ["lab", "verify", "--untimed"]).minutes_max(20).report(place)?;
    let drills = Call::new(place.binary(), ["scenario", "verify"]).report(place)?;
    let workshops = Call::new(place.binary(), ["workshop", "verify"]).report(place)?;
    let projects = Call::new(place.binary(), ["project", "verify"]).report(place)?;
    Ok(labs.and(drills).and(workshops).and(projects))
}
