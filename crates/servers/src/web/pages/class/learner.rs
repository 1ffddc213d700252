use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::labs::{AttemptDetail, CheckDetail, LabError, Standing};
use platform::people::PersonId;

use super::accounts::link_form;
use super::guard::check_teaches;
use super::leaving::leaving_form;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::standing::standing_tag;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{at, counted, day, instant, iso};
use crate::web::ui::{
    Column, Icon, Link, Look, Row, Tone, card, empty, facts, link_button, moment, sheet, table, tag, tag_with,
};

/// `GET /class/{person}`: one learner, attempt by attempt, with the evidence behind every check.
pub(crate) async fn learner(
    State(app): State<App>,
    visitor: Visitor,
    Path(person): Path<String>,
) -> Result<Markup, Fault> {
    check_teaches(&visitor)?;
    let instructor = visitor.person.clone();
    let id = PersonId::from(person);
    let found = app.run(move |platform| {
        let detail = platform.learner_detail(&instructor, &id)?;
        let title =
            |lab: &str| platform.catalogue().lab(lab).map_or_else(|| lab.to_owned(), |lab| lab.title.clone());
        let titles: Vec<String> = detail.attempts.iter().map(|attempt| title(&attempt.cell.lab)).collect();
        Ok::<_, LabError>((detail, titles))
    });
    let (detail, titles) = found.await?;
    let who = &detail.person;
    let why = "As soon as they start a lab, everything its checks saw stands here.";
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack {
            h2.visually-hidden { "Attempts" }
            @if detail.attempts.is_empty() { div.card { (empty(Icon::Lab, "No attempts yet", why, &html! {})) } }
            @for (one, title) in detail.attempts.iter().zip(&titles) { (attempt(title, one)) }
            (card("Signing in", &html! {}, &link_form(who, &visitor.csrf)))
            (card("Leaving", &html! {}, &leaving_form(who, &visitor.csrf)))
        }
    };
    let crumbs = [Link::to("Class", "/class"), Link::to(&who.name, "")];
    let intro = format!("{}, here since {}", who.login, day(who.created_us));
    let page = sheet(&crumbs, &who.name, Some(&intro), &content);
    Ok(framed(&visitor, Place::Class, &who.name, None, &page))
}

fn attempt(title: &str, one: &AttemptDetail) -> Markup {
    let cell = &one.cell;
    let enter = cell.attempt.as_ref().filter(|_| one.sandbox.is_some());
    let body = html! {
        (facts(&[
            ("Problem", html! { (one.variant) }),
            ("Began", moment(&one.started, &instant(&one.started))),
            ("Ended", html! { @match &one.ended { Some(ended) => (moment(ended, &instant(ended))), None => span.quiet { "still open" } } }),
            ("Help", html! { (counted(cell.hints, "hint", "hints")) }),
            ("Started over", html! { (counted(one.resets.len(), "time", "times")) @if !one.resets.is_empty() { ": " (one.resets.iter().map(|reset| reset.grain.word()).collect::<Vec<_>>().join(", ")) } }),
        ]))
        (table(&format!("Checks of {title}, attempt {}", cell.number), &check_columns(), &one.checks.iter().map(|check| check_row(check, one)).collect::<Vec<_>>(), &html! {}))
        details {
            summary { "Every verdict, " (one.verdicts.len()) " in all" }
            (verdicts(title, one))
        }
        @if !one.answers.is_empty() {
            details { summary { "Every answer, " (one.answers.len()) " in all" } (answers(title, one)) }
        }
        div.row {
            @if let Some(id) = &cell.attempt { (link_button("Play it back", &format!("/attempts/{id}/replay"), Look::Plain)) }
            @if let Some(id) = enter { (link_button("Look into this hospital", &format!("/attempts/{id}/patients"), Look::Plain)) }
        }
    };
    card(&format!("{title}, attempt {}", cell.number), &standing_tag(cell), &body)
}

fn check_columns() -> [Column<'static>; 4] {
    [Column::wide("Check"), Column::text("State"), Column::wide("Seen last"), Column::wide("The exact test")]
}

fn check_row(check: &CheckDetail, one: &AttemptDetail) -> Row {
    let last = one.verdicts.iter().rev().find(|verdict| verdict.check == check.id);
    Row::new(vec![
        html! { (check.title) @if check.hints > 0 { span.quiet { ", " (counted(check.hints, "hint", "hints")) } } },
        state(check.standing),
        html! { @if let Some(last) = last { (last.observed) } },
        html! { @if let Some(detail) = &check.detail { details { summary { "Show" } code.wrap { (detail) } } } },
    ])
}

fn state(standing: Standing) -> Markup {
    match standing {
        Standing::NotYet => tag(Tone::Neutral, "not yet"),
        Standing::Holding => tag(Tone::Info, "holding"),
        Standing::Passed => tag_with(Tone::Good, Icon::Check, "passed"),
        Standing::Failed => tag_with(Tone::Bad, Icon::Cross, "failed"),
        Standing::Tripped => tag_with(Tone::Warn, Icon::Alert, "safety trap"),
    }
}

fn verdicts(title: &str, one: &AttemptDetail) -> Markup {
    let columns = [
        Column::text("When"),
        Column::text("Check"),
        Column::text("Verdict"),
        Column::wide("Observed"),
        Column::wide("Where"),
        Column::text("Asked"),
    ];
    let rows = one.verdicts.iter().map(|verdict| {
        Row::new(vec![
            moment(&iso(verdict.at_us), &at(verdict.at_us)),
            html! { (verdict.check) },
            if verdict.passed { tag(Tone::Good, "passed") } else { tag(Tone::Bad, "not so") },
            html! { (verdict.observed) },
            html! { code.wrap { (verdict.location) } },
            html! { @if verdict.asked { "by the learner" } @else { "by itself" } },
        ])
    });
    let rows: Vec<Row> = rows.collect();
    table(
        &format!("Verdicts of {title}, attempt {}", one.cell.number),
        &columns,
        &rows,
        &html! { p.quiet { "None yet." } },
    )
}

fn answers(title: &str, one: &AttemptDetail) -> Markup {
    let rows: Vec<Row> = one
        .answers
        .iter()
        .map(|answer| {
            Row::new(vec![
                moment(&iso(answer.at_us), &at(answer.at_us)),
                html! { (answer.check) },
                html! { (answer.value) },
            ])
        })
        .collect();
    table(
        &format!("Answers of {title}, attempt {}", one.cell.number),
        &[Column::text("When"), Column::text("Question"), Column::wide("Answer")],
        &rows,
        &html! {},
    )
}
