use std::collections::BTreeMap;

use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::compliance::{
    ComplianceError, LogLine, Paper, PaperKind, breach_log, law, paper as found_paper, papers,
};

use super::fields::words;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::desk::parts;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::time;
use crate::web::ui::{Column, Icon, Row, Tone, card, empty, json_block, notice, table, tag};

/// `GET …/compliance`: what was filed, and what can be.
pub(super) async fn list(State(app): State<App>, inside: Inside) -> Result<Markup, Fault> {
    let load = inside.run(&app, |_, access| Ok::<_, ComplianceError>((papers(access)?, breach_log(access)?)));
    let (filed, log) = load.await?;
    let work = html! {
        h2 { "Compliance" }
        (parts(&inside, "Compliance"))
        p { "Papers are checked against what the rule asks for, and against this hospital as it runs. The breach rule was last compared with its public text on " (law().read) ". This is for learning, and no legal advice." }
        div.stack {
            (card("File a paper", &html! {}, &html! {
                ul.paper-kinds { @for kind in PaperKind::ALL {
                    @let (title, about) = words(kind);
                    li { a href=(inside.to(&format!("compliance/new/{}", kind.word()))) { (title) } " " span.quiet { (about) } }
                } }
            }))
            (card("On file", &html! {}, &listed(&inside, &filed)))
            (card("Log of breaches of fewer than 500 people", &html! {}, &logged(&inside, &log)))
        }
    };
    Ok(inside.page(Tab::Security, "Compliance", &work))
}

/// `GET …/compliance/papers/{paper}`.
pub(super) async fn paper(
    State(app): State<App>,
    inside: Inside,
    Path(at): Path<BTreeMap<String, String>>,
) -> Result<Markup, Fault> {
    let id = at.get("paper").cloned().unwrap_or_default();
    let paper = inside.run(&app, move |_, access| found_paper(access, &id)).await?;
    let (title, _) = words(paper.kind);
    let columns = [Column::text("Part"), Column::wide("What"), Column::text("45 CFR")];
    let row = |fault: &platform::compliance::PaperFault| {
        Row::new(vec![html! { (fault.part) }, html! { (fault.what) }, html! { (fault.section) }])
    };
    let rows: Vec<Row> = paper.faults.iter().map(row).collect();
    let work = html! {
        h2 { (title) }
        (parts(&inside, "Compliance"))
        p.row { (state(&paper)) span.quiet { (paper.id) ", filed by " (paper.by) " " (time(paper.filed_us)) } }
        div.stack {
            @if paper.faults.is_empty() {
                (notice(Tone::Good, Some("Nothing is missing"), &html! { "The form holds what the rule asks for. Whether the judgement in it is right, no form can tell." }))
            } @else {
                (card("What is wrong", &html! {}, &table("What is wrong", &columns, &rows, &html! {})))
            }
            @if !paper.result.is_null() {
                (card("What follows", &html! {}, &json_block("result", "What follows", &paper.result.to_string())))
            }
            (card("As it was filed", &html! {}, &json_block("form", "The form", &paper.form.to_string())))
        }
    };
    Ok(inside.page(Tab::Security, title, &work))
}

fn listed(inside: &Inside, filed: &[Paper]) -> Markup {
    let columns = [
        Column::text("Paper"),
        Column::text("Kind"),
        Column::text("Filed"),
        Column::text("By"),
        Column::text("State"),
    ];
    let row = |paper: &Paper| {
        Row::new(vec![
            html! { a href=(inside.to(&format!("compliance/papers/{}", paper.id))) { (paper.id) } },
            html! { (words(paper.kind).0) },
            time(paper.filed_us),
            html! { (paper.by) },
            state(paper),
        ])
    };
    let rows: Vec<Row> = filed.iter().map(row).collect();
    let why = "Choose a paper above. It is kept as it was filed; a better one is filed after it.";
    table("Papers, newest first", &columns, &rows, &empty(Icon::List, "Nothing is on file", why, &html! {}))
}

fn logged(inside: &Inside, log: &[LogLine]) -> Markup {
    let columns = [
        Column::text("Assessment"),
        Column::wide("Incident"),
        Column::text("Discovered"),
        Column::number("People"),
        Column::text("Due"),
    ];
    let row = |line: &LogLine| {
        Row::new(vec![
            html! { a href=(inside.to(&format!("compliance/papers/{}", line.paper))) { (line.paper) } },
            html! { (line.title) },
            html! { (line.discovered_on) },
            html! { (line.people) },
            html! { (line.due_on) },
        ])
    };
    let rows: Vec<Row> = log.iter().map(row).collect();
    let why = "Assessments that conclude a breach stand here, with the last day for telling the Secretary.";
    table("Breaches, oldest first", &columns, &rows, &empty(Icon::List, "No breaches", why, &html! {}))
}

fn state(paper: &Paper) -> Markup {
    match paper.faults.len() {
        0 => tag(Tone::Good, "sound"),
        1 => tag(Tone::Warn, "1 fault"),
        faults => tag(Tone::Warn, &format!("{faults} faults")),
    }
}

impl From<ComplianceError> for Fault {
    fn from(error: ComplianceError) -> Self {
        match error {
            ComplianceError::Store(error) => error.into(),
            ComplianceError::Kind { .. } | ComplianceError::Missing { .. } => {
                Self::Missing(error.to_string())
            }
            ComplianceError::Shape(_) | ComplianceError::Full(_) => Self::Refused(error.to_string()),
        }
    }
}
