//! What the proofs of drills, workshops and team projects say alike.

use anyhow::{Context, bail};
use platform::content::Problem;

/// Something that was proven.
pub(super) struct Proven<'a> {
    /// What it is called.
    pub id: &'a str,
    /// What came of each script or team, a line each.
    pub lines: Vec<String>,
    /// What does not hold, each a sentence.
    pub findings: &'a [String],
}

/// Those that are named, or all where none is; `missing` says that there is none of a name.
pub(super) fn chosen<'a, T>(
    all: &'a [T],
    ids: &[String],
    id_of: impl Fn(&T) -> &str,
    missing: impl Fn(&str) -> String,
) -> anyhow::Result<Vec<&'a T>> {
    let named = |id: &String| all.iter().find(|one| id_of(one) == id).with_context(|| missing(id));
    match ids {
        [] => Ok(all.iter().collect()),
        ids => ids.iter().map(named).collect(),
    }
}

/// The proofs and the problems of the content as text.
pub(super) fn described(proven: &[Proven<'_>], problems: &[Problem]) -> String {
    let mut text = String::new();
    for Proven { id, lines, findings } in proven {
        let verdict = if findings.is_empty() { "holds" } else { "DOES NOT HOLD" };
        text.push_str(&format!("{id}: {verdict}\n"));
        lines.iter().for_each(|line| text.push_str(&format!("  {line}\n")));
        findings.iter().for_each(|finding| text.push_str(&format!("  must not be: {finding}\n")));
    }
    problems.iter().for_each(|problem| text.push_str(&format!("{problem}\n")));
    text
}

/// How the command ends: well only where everything holds. `plural` is what was proven.
pub(super) fn settled(plural: &str, proven: &[Proven<'_>], problems: &[Problem]) -> anyhow::Result<()> {
    let failing = proven.iter().filter(|one| !one.findings.is_empty()).count();
    match (failing, problems.len()) {
        (0, 0) => Ok(()),
        (0, count) => bail!("{count} problems in the {plural}"),
        (failing, _) => bail!("{failing} of {} {plural} do not hold", proven.len()),
    }
}
