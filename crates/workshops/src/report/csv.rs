use super::after_action::AfterAction;
use crate::model::Case;
use crate::run::Run;

/// The improvement plan as CSV (RFC 4180), with the columns of the HSEEP template.
#[must_use]
pub fn plan_csv(report: &AfterAction) -> String {
    let head = ["capability", "issue", "corrective_action", "owner", "due", "state"];
    let rows = report.plan.iter().map(|row| {
        let state = if row.drafted { "drafted" } else { "agreed" };
        [&row.capability, &row.issue, &row.action, &row.owner, &row.due, state].map(str::to_owned)
    });
    table(&head, rows)
}

/// The decision log as CSV (RFC 4180).
#[must_use]
pub fn decisions_csv(case: &Case, run: &Run, report: &AfterAction) -> String {
    let head = [
        "minute",
        "question",
        "decided",
        "because",
        "evidence",
        "journal_entries",
        "decided_by",
        "owner",
        "review",
        "dissent",
        "key",
    ];
    let rows = run.play.log.iter().map(|entry| {
        let choice = report.measures.decided.choices.iter().find(|one| one.decision == entry.decision);
        let key = choice.and_then(|one| one.key).map_or("", |key| match key {
            crate::model::Key::Best => "best",
            crate::model::Key::Sound => "sound",
            crate::model::Key::Poor => "poor",
        });
        let facts = entry.evidence.iter().filter_map(|id| case.fact(id).map(|(_, fact)| fact.says.as_str()));
        let journal: Vec<String> = entry.journal.iter().map(u64::to_string).collect();
        let dissent = entry.dissent.iter().map(|(role, text)| format!("{}: {text}", case.role_title(role)));
        [
            choice.and_then(|one| one.minute).map_or_else(String::new, |minute| minute.to_string()),
            choice.map_or_else(String::new, |one| one.title.clone()),
            choice.and_then(|one| one.chosen.clone()).unwrap_or_default(),
            entry.because.clone(),
            facts.collect::<Vec<_>>().join(" | "),
            journal.join(" "),
            case.role_title(&entry.role).to_owned(),
            case.role_title(&entry.owner).to_owned(),
            entry.review.clone(),
            dissent.collect::<Vec<_>>().join(" | "),
            key.to_owned(),
        ]
    });
    table(&head, rows)
}

fn table<const N: usize>(head: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut text = head.join(",") + "\r\n";
    for row in rows {
        text.push_str(&row.map(|cell| quoted(&cell)).join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell in quotes. One that a spreadsheet would take for a formula gets an apostrophe before it, which shows it as text.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, cell.replace('"', "\"\""))
}
