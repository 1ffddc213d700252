use platform::placements::{MatchFiles, MatchResult, match_files};

use super::Terminal;
use super::table::Table;
use crate::cli::MatchFlags;

/// `practicum match`.
pub(super) fn run(flags: MatchFlags, terminal: &mut Terminal<'_>) -> anyhow::Result<()> {
    let result = match_files(&MatchFiles {
        programs: flags.programs,
        applicant_ranks: flags.applicant_ranks,
        program_ranks: flags.program_ranks,
        couples: flags.couples,
        overrides: flags.overrides,
        seed: flags.seed,
        out: flags.out,
    })?;
    terminal.show(flags.json, &result, || text(&result))
}

/// The whole outcome in words: a table of places, and what the audit found.
fn text(result: &MatchResult) -> String {
    let report = &result.report;
    let mut table = Table::new(&["APPLICANT", "PROGRAM", "WISH"], "Nobody got a place.\n");
    for matched in &report.matched {
        let wish = matched.rank.map_or("-".to_owned(), |rank| rank.to_string());
        table = table.row([matched.applicant.clone(), matched.program.clone(), wish]);
    }
    let mut text = table.to_string();
    let (audit, unmatched) = (&report.audit, report.unmatched.join(", "));
    text += &format!("\n{} of {} applicants have a place", report.matched.len(), audit.applicants);
    text += &if unmatched.is_empty() { ".\n".to_owned() } else { format!("; without one: {unmatched}.\n") };
    let open: Vec<String> =
        report.open.iter().map(|open| format!("{} ({})", open.program, open.places)).collect();
    text += &if open.is_empty() {
        "No place is open.\n".to_owned()
    } else {
        format!("Open places: {}.\n", open.join(", "))
    };
    for change in &result.overrides {
        let place = |place: &Option<String>| place.clone().unwrap_or_else(|| "no place".to_owned());
        let (from, to, price) = (place(&change.from), place(&change.to), change.price.len());
        text += &format!(
            "{} was moved from {from} to {to}: {}. New blocking wishes: {price}.\n",
            change.applicant, change.reason
        );
    }
    if audit.stable {
        return text + &format!("Stable: nobody blocks. Seed {}.", audit.seed);
    }
    text += &format!("Not stable, seed {}: these would rather have each other.\n", audit.seed);
    for wants in &audit.blocking {
        let names: Vec<&str> =
            wants.programs.iter().map(|name| name.as_deref().unwrap_or("no place")).collect();
        text += &format!("  {} would rather have {}\n", wants.applicants.join(" and "), names.join(" and "));
    }
    text
}
