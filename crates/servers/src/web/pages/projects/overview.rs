use axum::extract::{Path, State};
use maud::{Markup, html};

use super::drawn::{Drawn, project_page, state_tag};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::day;
use crate::web::ui::{
    Column, Icon, Look, Row, Tone, card, link_button, markdown, notice, table, tag, tag_with,
};

/// What a day has in microseconds.
const DAY_US: i64 = 86_400_000_000;

/// `GET /projects/{project}`.
pub(super) async fn overview(
    State(app): State<App>,
    visitor: Visitor,
    Path(project): Path<String>,
) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let view = app.run(move |platform| platform.view_project(&person, &project)).await?;
    let drawn = Drawn { view: &view, csrf: &visitor.csrf };
    let nothing = html! {};
    let content = html! {
        @if !drawn.is_open() {
            (notice(Tone::Info, Some("This project is closed"), &html! {
                p { "What it was stays as it is. " a href={ (drawn.root()) "/result" } { "See what came of it" } "." }
            }))
        }
        (card("Where it stands", &nothing, &drawn.head()))
        div #milestones { (card("Milestones", &nothing, &drawn.milestones())) }
        div #charter { (card("Charter", &drawn.charter_tag(), &drawn.charter())) }
        div #backlog { (card("Backlog", &nothing, &drawn.backlog())) }
        div #contributions { (card("Who contributed what", &nothing, &drawn.statements())) }
        div #defence { (card("Presentation and defence", &nothing, &drawn.defence())) }
        (card("Brief", &nothing, &html! { details open[view.run.charter.is_none()] { summary { "Read it" } (markdown(&view.project.brief)) } }))
        @if !view.is_member { (card("Instructor’s guide", &nothing, &html! { details { summary { "Read it" } (markdown(&view.project.guide)) } })) }
    };
    Ok(project_page(&visitor, &drawn, (None, &view.project.title), &content))
}

impl Drawn<'_> {
    fn head(&self) -> Markup {
        let view = self.view;
        let now_us = view.run.closed_us.unwrap_or(view.now_us);
        let of = view.project.weeks() * 7;
        let today = (now_us.div_euclid(DAY_US) - view.run.began_us.div_euclid(DAY_US)).max(0);
        let members: Vec<&str> = view.members.iter().map(|one| one.name.as_str()).collect();
        let panel: Vec<&str> = view.panel.iter().map(|(_, name)| name.as_str()).collect();
        html! {
            dl.facts {
                div { dt { "Team" } dd { (members.join(", ")) } }
                div { dt { "Panel" } dd { (panel.join(", ")) } }
                div { dt { "Began" } dd { (day(view.run.began_us)) } }
                div { dt { @if self.is_open() { "Today" } @else { "Closed" } } dd { "day " (today) " of " (of) } }
            }
            div.row {
                (self.way_in(Look::Primary))
                (link_button("Who did what", &format!("{}/history", self.root()), Look::Plain))
                (link_button("Result so far", &format!("{}/result", self.root()), Look::Plain))
            }
            @if view.is_member && self.is_open() {
                p.small.quiet { "The hospital is your team’s. Each of you works in it under your own name and as a role of your own; nobody takes it back whole." }
            }
        }
    }

    fn milestones(&self) -> Markup {
        let columns = [
            Column::wide("Milestone"),
            Column::text("Due"),
            Column::text("State"),
            Column::number("Version"),
            Column::text("Hospital"),
        ];
        let row = |one: &platform::projects::Standing| {
            let wanted = self.view.checks(&one.id).count();
            let held = one.found.iter().filter(|found| found.passed).count();
            // The due day is the one that ends then.
            let due = day(one.due_us - 1);
            Row::new(vec![
                html! { a href={ (self.root()) "/milestones/" (one.id) } { (one.title) } },
                html! {
                    (due) " "
                    @match one.in_time {
                        Some(true) => { (tag_with(Tone::Good, Icon::Check, "in time")) }
                        Some(false) => { (tag_with(Tone::Warn, Icon::Clock, "came late")) }
                        None if self.is_open() && self.view.now_us >= one.due_us => { (tag_with(Tone::Warn, Icon::Clock, "overdue")) }
                        None => {}
                    }
                },
                state_tag(one.state),
                html! { @if one.version > 0 { (one.version) } @else { span.quiet { "–" } } },
                html! {
                    @if wanted == 0 { span.quiet { "asks nothing of it" } }
                    @else { (tag(if held == wanted { Tone::Good } else { Tone::Neutral }, &format!("{held} of {wanted}"))) }
                },
            ])
        };
        let rows: Vec<Row> = self.view.standings.iter().map(row).collect();
        table("Milestones", &columns, &rows, &html! {})
    }
}
