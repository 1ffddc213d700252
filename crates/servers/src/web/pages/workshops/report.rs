use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::workshops::{AfterAction, Measures, Rating, WorkshopError};

use super::decisions::key_tag;
use super::drawn::Drawn;
use super::rated::compared;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::capital;
use crate::web::ui::{
    Column, Field, Icon, Link, Look, Row, Tone, card, empty, link_button, notice, sheet, submit, table, tag,
    tag_with,
};

/// `GET /workshops/{workshop}/report`: the after-action report and improvement plan, also for print.
pub(super) async fn report(
    State(app): State<App>,
    visitor: Visitor,
    Path(workshop): Path<String>,
) -> Result<Markup, Fault> {
    let (person, asked) = (visitor.person.clone(), workshop.clone());
    let found = app.run(move |platform| {
        let view = platform.view_workshop(&person, &asked)?;
        let report = match platform.workshop_report(&person, &asked) {
            Ok(report) => Some(report),
            Err(WorkshopError::Invalid { .. }) => None,
            Err(error) => return Err(error),
        };
        Ok::<_, WorkshopError>((view, report))
    });
    let (view, report) = found.await?;
    let back = format!("/workshops/{workshop}");
    let title = format!("After-action report: {}", view.case.title);
    let crumbs = [Link::to("Workshops", "/workshops"), Link::to(&view.case.title, &back)];
    let content = html! {
        (said(visitor.said.as_ref()))
        @match &report {
            None => { (card("Report", &html! {}, &empty(Icon::Clock, "The workshop goes on", "The report holds what each role alone knew, so it is written when the workshop is over.", &link_button("Back to the room", &back, Look::Primary)))) }
            Some(report) => { (written(report, &Drawn { view: &view, csrf: &visitor.csrf }, &back)) }
        }
    };
    let page =
        sheet(&crumbs, &title, Some("First the facts, then why, then who does what by when."), &content);
    Ok(framed(&visitor, Place::Workshops, &title, None, &page))
}

fn written(report: &AfterAction, drawn: &Drawn<'_>, back: &str) -> Markup {
    html! {
        div.stack {
            div.row {
                (link_button("As Markdown", &format!("{back}/report.md"), Look::Plain))
                (link_button("Improvement plan as CSV", &format!("{back}/plan.csv"), Look::Plain))
                (link_button("Decision log as CSV", &format!("{back}/decisions.csv"), Look::Plain))
                (link_button("The board", &format!("{back}/board/print"), Look::Plain))
            }
            (card("Overview", &html! {}, &overview(report)))
            @for never in &report.measures.nevers { (notice(Tone::Bad, Some(&never.title), &html! { p { (never.says) } })) }
            (card("How you saw it", &html! { p { "The same questions at three moments, each answered alone." } }, &situations(&report.measures)))
            (card("What became of what one knew", &html! { p { "Facts a decision hung on and one role alone knew; by role, and not by person." } }, &facts(&report.measures)))
            (card("Decisions against the key", &html! { p { "The key was written before anybody played." } }, &decided(&report.measures)))
            (rated_by_two(report, drawn, back))
            (card("Analysis of objectives", &html! { p { "Ratings are proposed from the record; you settle them." } }, &analysis(report)))
            (card("Improvement plan", &html! {}, &plan(report, drawn)))
            @if !report.hot_wash.is_empty() { (card("Hot wash", &html! {}, &hot_wash(report))) }
            (card("What happened", &html! {}, &happened(report)))
            (card("To talk about", &html! {}, &html! { ul.prose { @for question in &report.debrief { li { (question) } } } }))
        }
    }
}

/// How two raters saw the team, once both have handed in; until then those who rate are led to where they do.
fn rated_by_two(report: &AfterAction, drawn: &Drawn<'_>, back: &str) -> Markup {
    let rating = drawn.view.rating.as_ref();
    let wants = match (rating, report.rated.is_some()) {
        (Some(_), false) => Some("Rate the team"),
        (Some(rating), true) if !rating.to_settle.is_empty() => Some("Settle differences"),
        _ => None,
    };
    html! {
        @if rating.is_some() || report.rated.is_some() {
            (card("Rated by two", &html! {}, &html! {
                p { "What a record does not hold, two people saw, each alone. It is about the team, and about nobody in it." }
                @if let Some(rated) = &report.rated { (compared(rated)) }
                @else { p.quiet { "It stands here for everybody when both ratings are in." } }
                @if let Some(wants) = wants { div.row { (link_button(wants, &format!("{back}/rating"), Look::Plain)) } }
            }))
        }
    }
}

fn overview(report: &AfterAction) -> Markup {
    html! {
        p { (report.summary) }
        dl.facts {
            dt { "Day" } dd { (report.day) }
            dt { "Covered" } dd { (report.minutes) " minutes of the hospital" @if report.rewound > 0 { ", stepped back " (report.rewound) "×" } }
            dt { "Facilitator" } dd { (report.facilitator) }
            @for (role, names) in &report.participants { dt { (capital(role)) } dd { @if names.is_empty() { "a scripted colleague" } @else { (names.join(", ")) } } }
        }
        dl.figures {
            div { dt { "Facts that reached a decision" } dd { (report.measures.facts.reached) " %" } }
            div { dt { "In sight when decided" } dd { (report.measures.decided.informed) " %" } }
            div { dt { "Against the key" } dd { (report.measures.decided.points) " of 100" } }
            div { dt { "Hand-offs closed" } dd { (report.measures.hand_offs.wanted) " %" } }
            div { dt { "Harm to care" } dd { (format!("{:.0}", report.measures.care)) } }
        }
    }
}

fn situations(measures: &Measures) -> Markup {
    let columns = [
        Column::text("When"),
        Column::number("Roles"),
        Column::number("Agree"),
        Column::number("Right"),
        Column::text("Shared and right after"),
    ];
    let names = ["Before play", "In its middle", "At its end"];
    let rows: Vec<Row> = measures
        .situations
        .iter()
        .map(|one| {
            Row::new(vec![
                html! { (names[one.moment as usize]) },
                html! { (one.answered) },
                html! { (one.agreement) " %" },
                html! { (one.correct) " %" },
                html! { @match one.shared_after_min { Some(minutes) => { (minutes) " min" } None => { "not" } } },
            ])
        })
        .collect();
    let nothing = empty(Icon::Info, "Nobody answered", "The situation questions were left open.", &html! {});
    table("How you saw it", &columns, &rows, &nothing)
}

fn facts(measures: &Measures) -> Markup {
    let columns = [
        Column::text("Role"),
        Column::number("Knew alone"),
        Column::number("On the table"),
        Column::number("In a decision"),
        Column::wide("In none"),
    ];
    let row = |one: &platform::workshops::RoleFacts| {
        Row::new(vec![
            html! { (capital(&one.role)) },
            html! { (one.critical) },
            html! { (one.on_table) },
            html! { (one.reached) },
            html! { @for fact in &one.kept { p.small { (fact) } } },
        ])
    };
    let rows: Vec<Row> = measures.facts.roles.iter().map(row).collect();
    table("What became of what one knew", &columns, &rows, &html! {})
}

fn decided(measures: &Measures) -> Markup {
    let columns = [
        Column::wide("Question"),
        Column::wide("Decided"),
        Column::text("Key"),
        Column::number("Minute"),
        Column::number("Facts in sight"),
    ];
    let row = |one: &platform::workshops::Choice| {
        Row::new(vec![
            html! { (one.title) },
            html! { @match &one.chosen { Some(chosen) => { (chosen) p.small.quiet { (one.why) } } None => { span.quiet { "Nobody decided it." } } } },
            html! { @match one.key { Some(key) => { (key_tag(key)) } None => { (tag(Tone::Bad, "open")) } } },
            html! { @if let Some(minute) = one.minute { (minute) } },
            html! { (one.known.0) " of " (one.known.1) },
        ])
    };
    let rows: Vec<Row> = measures.decided.choices.iter().map(row).collect();
    table("Decisions against the key", &columns, &rows, &html! {})
}

fn analysis(report: &AfterAction) -> Markup {
    html! {
        @for one in &report.analysis {
            section {
                @let tone = match one.rating { Rating::P => Tone::Good, Rating::S => Tone::Info, Rating::M => Tone::Warn, Rating::U => Tone::Bad };
                h3 { (one.title) }
                p { span.quiet { (one.capability) } " · " (tag(tone, one.rating.words())) }
                @if !one.strengths.is_empty() { p { strong { "Strengths" } } ul.prose { @for line in &one.strengths { li { (line) } } } }
                @if !one.improve.is_empty() { p { strong { "Areas for improvement" } } ul.prose { @for line in &one.improve { li { (line) } } } }
            }
        }
    }
}

fn plan(report: &AfterAction, drawn: &Drawn<'_>) -> Markup {
    let columns = [
        Column::wide("Issue"),
        Column::wide("Corrective action"),
        Column::text("Capability"),
        Column::text("Owner"),
        Column::text("Due"),
    ];
    let row = |one: &platform::workshops::PlanRow| {
        Row::new(vec![
            html! { (one.issue) },
            html! { (one.action) },
            html! { (one.capability) },
            html! { @if one.drafted { (tag_with(Tone::Warn, Icon::Info, "draft")) } @else { (one.owner) } },
            html! { (one.due) },
        ])
    };
    let rows: Vec<Row> = report.plan.iter().map(row).collect();
    let nothing =
        empty(Icon::Check, "Nothing to improve", "The record suggests nothing. Ask the people.", &html! {});
    html! {
        (table("Improvement plan", &columns, &rows, &nothing))
        details { summary { "Put a corrective action in" }
            (drawn.form("improve", &html! {
                (Field::new("issue", "What is to be improved").required())
                (Field::new("action", "What is done about it").required())
                div.form-grid {
                    (Field::new("capability", "Capability"))
                    (Field::new("owner", "Who sees to it").required())
                    (Field::new("due", "By when").hint("A date, such as 2031-04-30.").required())
                }
                div.form-actions { (submit("Put it in", Look::Plain)) }
            }))
        }
    }
}

fn hot_wash(report: &AfterAction) -> Markup {
    let columns = [Column::text("Role"), Column::wide("Went well"), Column::wide("To change")];
    let row = |(role, well, change): &(String, String, String)| {
        Row::new(vec![html! { (capital(role)) }, html! { (well) }, html! { (change) }])
    };
    let rows: Vec<Row> = report.hot_wash.iter().map(row).collect();
    table("Hot wash", &columns, &rows, &html! {})
}

fn happened(report: &AfterAction) -> Markup {
    let columns = [Column::number("Minute"), Column::text("Kind"), Column::text("Who"), Column::wide("What")];
    let row = |one: &platform::workshops::Row| {
        let tone = match one.kind {
            "event" => Tone::Warn,
            "never" => Tone::Bad,
            "decision" => Tone::Good,
            _ => Tone::Info,
        };
        Row::new(vec![
            html! { (one.minute) },
            tag(tone, one.kind),
            html! { (capital(&one.who)) },
            html! { (one.what) },
        ])
    };
    let rows: Vec<Row> = report.timeline.iter().map(row).collect();
    table("What happened", &columns, &rows, &html! {})
}

/// A file to be kept.
pub(super) fn file(name: &'static str, kind: &'static str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, text).into_response()
}

/// `GET /workshops/{workshop}/report.md`.
pub(super) async fn markdown(
    State(app): State<App>,
    visitor: Visitor,
    Path(workshop): Path<String>,
) -> Result<Response, Fault> {
    let text = app.run(move |platform| platform.workshop_report_markdown(&visitor.person, &workshop)).await?;
    Ok(file("after-action.md", "text/markdown; charset=utf-8", text))
}

/// `GET /workshops/{workshop}/plan.csv`.
pub(super) async fn plan_file(
    State(app): State<App>,
    visitor: Visitor,
    Path(workshop): Path<String>,
) -> Result<Response, Fault> {
    let text = app.run(move |platform| platform.workshop_plan_csv(&visitor.person, &workshop)).await?;
    Ok(file("improvement-plan.csv", "text/csv; charset=utf-8", text))
}

/// `GET /workshops/{workshop}/decisions.csv`.
pub(super) async fn decisions(
    State(app): State<App>,
    visitor: Visitor,
    Path(workshop): Path<String>,
) -> Result<Response, Fault> {
    let text = app.run(move |platform| platform.workshop_decisions_csv(&visitor.person, &workshop)).await?;
    Ok(file("decision-log.csv", "text/csv; charset=utf-8", text))
}
