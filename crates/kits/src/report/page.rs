//! One page that needs nothing beside it, to be kept, sent and printed.

use std::fmt::Write as _;

use standards::fhir::instant;

use super::coverage::coverage;
use crate::model::{Exchange, Kit, Node, Record};

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2430;background:#fff}\
h1{margin-bottom:0}h2{margin-top:2rem}table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;\
padding:.25rem .75rem .25rem 0;border-bottom:1px solid #d5dae1}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f4f6f8;\
padding:.5rem;font-size:12px}.o{font-weight:600}.o-fail,.o-error{color:#a3161b}.o-skip,.o-cancel{color:#7a4b00}.o-pass{color:#12633a}\
ul{margin:.25rem 0}@media print{body{margin:0;max-width:none}details{display:block}h2{break-after:avoid}tr,li{break-inside:avoid}}";

/// The page.
pub fn page(kit: &Kit, record: &Record) -> String {
    let mut out = String::new();
    let title = format!("{}: {}", record.title, word(record.outcome().map(|outcome| outcome.word())));
    let counts: Vec<String> =
        record.counts().iter().map(|(outcome, count)| format!("{count} {}", outcome.word())).collect();
    let inputs = record.inputs.iter().filter(|(_, value)| !value.is_empty());
    let inputs: String = inputs.map(|(name, value)| row(&[name, value])).collect();
    let covered: String = coverage(kit, record)
        .iter()
        .map(|one| row(&[one.id, one.text, one.source, word(one.outcome.map(|outcome| outcome.word()))]))
        .collect();
    let groups: String = record.groups.iter().map(group).collect();
    let exchanges: String = record.exchanges.iter().map(exchange).collect();
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style></head><body>\
         <h1>{title}</h1><p>{standard} · {began} · {counts}</p>\
         <h2>Inputs</h2><table>{inputs}</table><h2>Requirements</h2>\
         <table><tr><th>Name</th><th>What is asked</th><th>Where</th><th>Outcome</th></tr>{covered}</table>\
         <h2>Results</h2>{groups}<h2>Exchanges</h2>{exchanges}</body></html>",
        title = escaped(&title),
        standard = escaped(&record.standard),
        began = instant::format(record.began_us),
        counts = counts.join(", "),
    );
    out
}

fn group(node: &Node) -> String {
    if node.tests().iter().all(|test| test.outcome == Some(crate::model::Outcome::Omit)) {
        return String::new();
    }
    let (tests, groups): (Vec<&Node>, Vec<&Node>) = node.children.iter().partition(|child| !child.is_group);
    let tests: String = tests.into_iter().map(test).collect();
    let groups: String = groups.into_iter().map(group).collect();
    let title = escaped(&node.title);
    format!("<h3>{title} {}</h3><ul>{tests}</ul>{groups}", outcome(node))
}

fn test(node: &Node) -> String {
    let links = node.exchanges.iter().map(|number| format!("<a href=\"#x{number}\">{number}</a>"));
    let links = links.collect::<Vec<_>>().join(" ");
    let links = if links.is_empty() { links } else { format!(" · exchanges {links}") };
    let notes: String = node.notes.iter().map(|note| format!("<li>{}</li>", escaped(&note.text))).collect();
    let notes = if notes.is_empty() { notes } else { format!("<ul>{notes}</ul>") };
    let optional = if node.optional { " (optional)" } else { "" };
    let (title, message) = (escaped(&node.title), escaped(&node.message));
    format!("<li>{} {title}{optional}{links}<br>{message}{notes}</li>", outcome(node))
}

fn exchange(one: &Exchange) -> String {
    let status = one.status.as_deref().or(one.trouble.as_deref()).unwrap_or("no answer");
    format!(
        "<details id=\"x{number}\"><summary>{number}. {what}: {status}</summary><pre>{request}</pre><pre>{response}</pre></details>",
        number = one.number,
        what = escaped(&one.what),
        status = escaped(status),
        request = escaped(&one.request.text.replace('\r', "\n")),
        response = escaped(&one.response.text.replace('\r', "\n")),
    )
}

fn outcome(node: &Node) -> String {
    let word = word(node.outcome.map(|outcome| outcome.word()));
    format!("<span class=\"o o-{word}\">{word}</span>")
}

fn word(word: Option<&'static str>) -> &'static str {
    word.unwrap_or("open")
}

fn row(cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
    format!("<tr>{cells}</tr>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
