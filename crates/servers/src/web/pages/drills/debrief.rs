use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::drills::{AfterAction, Decision, DrillView, Row as Told};

use super::list::to_list;
use super::moments::told_as;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::ui::{
    Column, Icon, Link, Look, Row, Tone, card, empty, link_button, notice, sheet, table, tag, tag_with,
};

/// `GET /drills/{drill}/debrief`: what happened, what each decision cost, and what to do about it.
pub(super) async fn debrief(
    State(app): State<App>,
    visitor: Visitor,
    Path(drill): Path<String>,
) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let view = app.run(move |platform| platform.view_drill(&person, &drill)).await?;
    let back = format!("/drills/{}", view.drill.id);
    let title = format!("Debrief: {}", view.scenario.title);
    let crumbs = [Link::to("Drills", "/drills"), Link::to(&view.scenario.title, &back)];
    let content = html! {
        (said(visitor.said.as_ref()))
        @if view.run.ended_us.is_none() {
            (card("What happened", &html! {}, &going_on(&back)))
        } @else { (report(&view)) }
    };
    let page = sheet(&crumbs, &title, Some("First the facts, then why, then what to do about it."), &content);
    Ok(framed(&visitor, Place::Drills, &title, None, &page))
}

pub(super) fn going_on(back: &str) -> Markup {
    let next = link_button("Back to the drill", back, Look::Primary);
    empty(Icon::Clock, "The drill still goes on", "The debrief is written when it is over.", &next)
}

fn report(view: &DrillView) -> Markup {
    let report = view.after_action();
    html! {
        div.stack {
            (outcome(view, &report))
            div.row { (link_button("See it again", &format!("/drills/{}/replay", view.drill.id), Look::Primary)) span.quiet { "Any moment of it, in its rooms and in words." } }
            (card("Objectives", &html! {}, &objectives(view, &report)))
            (card("What it cost", &html! { p { "Harm counts what waited or could not be read, weighed by what it means at a bedside." } }, &meters(view)))
            (card("Decisions", &html! { p { "What had come together when each was taken, what came while it was carried out, and what it changed." } }, &decisions(&report.decisions)))
            (card("What happened", &html! {}, &happened(&report.timeline)))
            @if !report.improvements.is_empty() {
                (card("To be done", &html! { p { "A draft: each needs an owner and a date." } }, &html! { ul.prose { @for one in &report.improvements { li { (one) } } } }))
            }
            (card("To talk about", &html! {}, &html! { ul.prose { @for question in &view.scenario.debrief { li { (question) } } } }))
            div.row { (to_list()) }
        }
    }
}

fn outcome(view: &DrillView, report: &AfterAction) -> Markup {
    let score = &report.score;
    let (tone, words) = if score.passed { (Tone::Good, "Passed") } else { (Tone::Warn, "Not passed") };
    html! {
        (notice(tone, Some(words), &html! {
            p { b { (score.points) } " of 100 points in " (report.minutes) " minutes of the hospital; harm to care " b { (whole(score.care)) } "." }
        }))
        @for never in view.scenario.nevers.iter().filter(|never| score.breached.contains(&never.id)) {
            (notice(Tone::Bad, Some(&never.title), &html! { p { (never.says) } }))
        }
    }
}

fn objectives(view: &DrillView, report: &AfterAction) -> Markup {
    let columns = [
        Column::wide("Objective"),
        Column::text("Reached"),
        Column::text("Wanted"),
        Column::number("Points"),
    ];
    let rows: Vec<Row> = view
        .scenario
        .objectives
        .iter()
        .zip(&report.score.objectives)
        .map(|(objective, standing)| {
            Row::new(vec![
                html! { (objective.title) @if objective.must { " " (tag(Tone::Neutral, "must")) } },
                html! {
                    @match (standing.minute, standing.in_time) {
                        (Some(minute), true) => { (tag_with(Tone::Good, Icon::Check, &format!("minute {minute}"))) }
                        (Some(minute), false) => { (tag_with(Tone::Warn, Icon::Clock, &format!("minute {minute}, late"))) }
                        (None, _) => { (tag_with(Tone::Bad, Icon::Cross, "not reached")) }
                    }
                },
                html! { @match (objective.within_min, objective.at_end) {
                    (Some(within), _) => { "within " (within) " min" }
                    (None, true) => { "at the end" }
                    (None, false) => { "at all" }
                } },
                html! { (if standing.in_time { standing.points } else { 0 }) " of " (standing.points) },
            ])
        })
        .collect();
    table("Objectives", &columns, &rows, &html! {})
}

fn meters(view: &DrillView) -> Markup {
    let columns = [
        Column::wide("What"),
        Column::text("Counted in"),
        Column::number("How much"),
        Column::number("Harm"),
    ];
    let rows: Vec<Row> = view
        .scenario
        .meters
        .iter()
        .map(|meter| {
            let value = view.run.meters.get(&meter.id).copied().unwrap_or(0.0);
            Row::new(vec![
                html! { (meter.title) },
                html! { (meter.unit) },
                html! { (whole(value)) },
                html! { (whole(value * meter.weighs)) },
            ])
        })
        .collect();
    table("What it cost", &columns, &rows, &html! {})
}

fn decisions(decisions: &[Decision]) -> Markup {
    let columns = [
        Column::wide("Decision"),
        Column::number("Taken"),
        Column::number("Done"),
        Column::number("Harm before"),
        Column::number("Harm meanwhile"),
        Column::text("Harm a minute"),
    ];
    let row = |one: &Decision| {
        let eased = one.rate_after < one.rate_before - 0.05;
        let worse = one.rate_after > one.rate_before + 0.05;
        let tone = if eased {
            Tone::Good
        } else if worse {
            Tone::Warn
        } else {
            Tone::Neutral
        };
        Row::new(vec![
            html! { (one.title) },
            html! { "min " (one.decided_min) },
            html! { "min " (one.done_min) },
            html! { (whole(one.care_before)) },
            html! { (whole(one.care_meanwhile)) },
            tag(tone, &format!("{:.1} to {:.1}", one.rate_before, one.rate_after)),
        ])
    };
    let rows: Vec<Row> = decisions.iter().map(row).collect();
    let nothing = empty(
        Icon::Note,
        "Nothing was decided",
        "That is a decision too; its price stands above.",
        &html! {},
    );
    table("Decisions", &columns, &rows, &nothing)
}

fn happened(rows: &[Told]) -> Markup {
    let columns =
        [Column::number("Minute"), Column::text("What"), Column::wide("How"), Column::number("Harm so far")];
    let row = |one: &Told| {
        let (tone, word) = told_as(&one.kind);
        Row::new(vec![
            html! { (one.minute) },
            tag(tone, word),
            html! {
                strong { (one.title) } @if !one.who.is_empty() { " · " (one.who) }
                @if !one.says.is_empty() { br; span.quiet { (one.says) } }
            },
            html! { (whole(one.care)) },
        ])
    };
    let rows: Vec<Row> = rows.iter().map(row).collect();
    table("What happened", &columns, &rows, &html! {})
}

fn whole(number: f64) -> String {
    format!("{number:.0}")
}
