use axum::extract::State;
use maud::{Markup, html};
use platform::assessments::{MyAssessment, Sitting, Told};

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{counted, day, iso, percent};
use crate::web::ui::{Column, Icon, Link, Row, card, empty, moment, or_none, sheet, table};

const INTRO: &str = "One form on your first day here, another like it on your last. Nothing depends on them but to see what was learned: by you, and, without names, by your cohort.";

/// `GET /assessments`.
pub(super) async fn list(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let all = app.run(move |platform| platform.my_assessments(&person)).await?;
    let columns = [
        Column::wide("Assessment"),
        Column::number("First day"),
        Column::number("Last day"),
        Column::text("Next"),
    ];
    let share = |told: Option<&Told>| match told {
        Some(told) => {
            html! { (percent(told.share)) br; span.quiet.small { (moment(&iso(told.done_us), &day(told.done_us))) } }
        }
        None => or_none(None),
    };
    let row = |one: &MyAssessment| {
        let next = match one.next() {
            Some(Sitting::First) => "Take the first form",
            Some(Sitting::Last) => "Take the last form",
            None => "See what was right",
        };
        Row::new(vec![
            html! { (one.assessment.title) br; span.quiet.small { (counted(one.assessment.pairs.len(), "question", "questions")) ", about " (one.assessment.minutes) " minutes" } },
            share(one.first.as_ref()),
            share(one.last.as_ref()),
            html! { a href={ "/assessments/" (one.assessment.id) } { (next) } },
        ])
    };
    let rows: Vec<Row> = all.iter().map(row).collect();
    let nothing = empty(Icon::Note, "No assessments", "This house has none.", &html! {});
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack { (card("Assessments", &html! {}, &table("Assessments", &columns, &rows, &nothing))) }
    };
    let crumbs = [Link::to("Portfolio", "/portfolio"), Link::to("Assessments", "")];
    let page = sheet(&crumbs, "Assessments", Some(INTRO), &content);
    Ok(framed(&visitor, Place::Portfolio, "Assessments", None, &page))
}
