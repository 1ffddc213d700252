use super::after_action::AfterAction;
use crate::measure::{Measures, Rated};
use crate::model::LEVELS;
use crate::run::Mark;

/// The report as Markdown.
///
/// What people wrote is set as text: characters that Markdown would read as marks are escaped.
#[must_use]
pub fn markdown(report: &AfterAction) -> String {
    let mut page = vec![
        format!("# After-action report: {}", plain(&report.title)),
        plain(&report.summary),
        "## Overview".to_owned(),
        overview(report),
        "## What it was worth".to_owned(),
        measures(&report.measures),
    ];
    if let Some(found) = &report.rated {
        page.extend(["## Rated by two".to_owned(), rated(found), agreed(found)]);
    }
    page.push("## Analysis of objectives".to_owned());
    for one in &report.analysis {
        page.push(format!("### {}", plain(&one.title)));
        page.push(format!(
            "Capability: {}. Proposed rating: {}.",
            plain(&one.capability),
            one.rating.words()
        ));
        page.push(list("Strengths", &one.strengths));
        page.push(list("Areas for improvement", &one.improve));
    }
    page.push("## Improvement plan".to_owned());
    let plan = report.plan.iter().map(|row| {
        let owner = if row.drafted { "(draft: needs an owner)" } else { &row.owner };
        vec![row.capability.clone(), row.issue.clone(), row.action.clone(), owner.to_owned(), row.due.clone()]
    });
    page.push(table(&["Capability", "Issue", "Corrective action", "Owner", "Due"], plan));
    page.push("## What happened".to_owned());
    let rows = report.timeline.iter();
    let rows =
        rows.map(|row| vec![row.minute.to_string(), row.kind.to_owned(), row.who.clone(), row.what.clone()]);
    page.push(table(&["Minute", "Kind", "Who", "What"], rows));
    if !report.hot_wash.is_empty() {
        page.push("## Hot wash".to_owned());
        let rows = report
            .hot_wash
            .iter()
            .map(|(role, well, change)| vec![role.clone(), well.clone(), change.clone()]);
        page.push(table(&["Role", "Went well", "To change"], rows));
    }
    page.push(list("For the debrief", &report.debrief));
    page.retain(|part| !part.is_empty());
    page.join("\n\n") + "\n"
}

fn overview(report: &AfterAction) -> String {
    let who = report.participants.iter().map(|(role, names)| {
        let names = if names.is_empty() { "a scripted colleague".to_owned() } else { names.join(", ") };
        vec![role.clone(), names]
    });
    let first = [
        vec!["Day".to_owned(), report.day.clone()],
        vec!["Minutes of the hospital".to_owned(), report.minutes.to_string()],
        vec!["Facilitator".to_owned(), report.facilitator.clone()],
        vec!["Steps back".to_owned(), report.rewound.to_string()],
    ];
    table(&["", ""], first.into_iter().chain(who))
}

fn measures(measures: &Measures) -> String {
    let situations = measures.situations.iter().map(|one| {
        let words = format!("{} % agree, {} % right, {} roles", one.agreement, one.correct, one.answered);
        vec![format!("Situation at {}", one.moment.word().to_uppercase()), words]
    });
    let facts = &measures.facts;
    let delay = facts.delay_min.map_or_else(String::new, |minutes| format!(", after {minutes} minutes"));
    let rest = [
        ("Critical facts that reached a decision", format!("{} %{delay}", facts.reached)),
        ("Critical facts on the table", format!("{} %", facts.on_table)),
        ("Hand-offs the case wants, closed", format!("{} %", measures.hand_offs.wanted)),
        ("Decisions against the key", format!("{} of 100", measures.decided.points)),
        ("Facts in sight when decided", format!("{} %", measures.decided.informed)),
        ("What must never be", measures.nevers.len().to_string()),
        ("Harm to care", format!("{:.0}", measures.care)),
    ];
    let rest = rest.into_iter().map(|(name, value)| vec![name.to_owned(), value]);
    table(&["Measure", "Value"], situations.chain(rest))
}

fn rated(rated: &Rated) -> String {
    let [first, second] = &rated.raters;
    let mark = |mark: &Mark| {
        let level = mark.level.map_or_else(|| "not seen".to_owned(), |level| level.to_string());
        if mark.note.is_empty() { level } else { format!("{level}: {}", mark.note) }
    };
    let rows = rated.behaviours.iter().map(|one| {
        let why =
            one.settled.as_ref().filter(|settled| settled.agreed).map(|settled| format!(": {}", settled.why));
        let stands = one.stands() + &why.unwrap_or_default();
        vec![one.title.clone(), mark(&one.marks[0]), mark(&one.marks[1]), stands]
    });
    table(&["Behaviour", first, second, "Stands"], rows)
}

fn agreed(rated: &Rated) -> String {
    let agreement = &rated.agreement;
    format!(
        "Marked by each alone, from 1 to {LEVELS}. Alike {} of {}, within one level {} of {}. {}",
        agreement.exact,
        agreement.seen_by_both,
        agreement.within_one,
        agreement.seen_by_both,
        plain(&agreement.kappa_words())
    )
}

fn list(title: &str, items: &[String]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let items: Vec<String> = items.iter().map(|item| format!("- {}", plain(item))).collect();
    format!("**{title}**\n\n{}", items.join("\n"))
}

fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    let rule: Vec<String> = head.iter().map(|_| "---".to_owned()).collect();
    let rows = rows.map(|row| line(&row.iter().map(|cell| plain(cell)).collect::<Vec<_>>()));
    [line(&head), line(&rule)].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

/// Text without marks, on one line.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' => out.extend(['\\', character]),
            other => out.push(other),
        }
    }
    out
}
