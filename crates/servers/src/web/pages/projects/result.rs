use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::projects::{Found, Standing};

use super::drawn::{Drawn, project_page, recorded, state_tag};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::day;
use crate::web::ui::{
    Column, Confirm, Icon, Look, Row, Tone, card, confirm, empty, figures, notice, or_none, table, tag,
    tag_with,
};

/// `GET /projects/{project}/result`.
pub(super) async fn result(
    State(app): State<App>,
    visitor: Visitor,
    Path(project): Path<String>,
) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let view = app.run(move |platform| platform.view_project(&person, &project)).await?;
    let drawn = Drawn { view: &view, csrf: &visitor.csrf };
    let nothing = html! {};
    let content = html! {
        @if drawn.is_open() { (notice(Tone::Info, Some("The project goes on"), &html! { p { "This is how it stands today. When the panel closes it, the hospital is looked at once more, and the result is kept." } })) }
        (card("The team", &nothing, &drawn.team_figures()))
        (card("Milestones", &nothing, &drawn.milestone_results()))
        (card("What the hospital shows", &nothing, &drawn.hospital_results()))
        (card("Who contributed what", &nothing, &drawn.contributions()))
        @if drawn.rules() { (card("Close the project", &nothing, &drawn.close_form())) }
    };
    let title = if drawn.is_open() { "Result so far" } else { "Result" };
    let intro = "The team first: what was accepted, what the hospital shows, which days were kept, and whether the work was shared.";
    Ok(project_page(&visitor, &drawn, (Some(title), intro), &content))
}

impl Drawn<'_> {
    fn team_figures(&self) -> Markup {
        let of = &self.view.figures;
        let percent = |value: f64| format!("{value:.0}\u{a0}%");
        let shown = [of.accepted, of.reviewed, of.in_time, of.hospital, of.shared, of.confirmed, of.defence];
        let [accepted, reviewed, in_time, hospital, shared, confirmed, defence] = shown.map(percent);
        html! {
            (figures(&[
                ("Milestones accepted", &accepted, None),
                ("Reviewed and answered", &reviewed, None),
                ("Came in time", &in_time, None),
                ("The hospital holds", &hospital, None),
                ("Carry their part", &shared, None),
                ("Statements confirmed", &confirmed, None),
                ("Defence", &defence, None),
            ]))
            p.small.quiet { "To carry one’s part is to have at least half of an equal share of what is on record: versions, reviews and things done. A statement counts as confirmed when every other member confirms it." }
        }
    }

    fn milestone_results(&self) -> Markup {
        let columns = [
            Column::wide("Milestone"),
            Column::text("State"),
            Column::text("Due"),
            Column::text("First version"),
            Column::text("Reviewed and answered"),
        ];
        let row = |one: &Standing| {
            Row::new(vec![
                html! { a href={ (self.root()) "/milestones/" (one.id) } { (one.title) } },
                state_tag(one.state),
                html! { (day(one.due_us - 1)) },
                match one.in_time {
                    Some(true) => tag_with(Tone::Good, Icon::Check, "in time"),
                    Some(false) => tag_with(Tone::Warn, Icon::Clock, "late"),
                    None => or_none(None),
                },
                html! { @if one.reviewed { "yes" } @else { "no" } },
            ])
        };
        let rows: Vec<Row> = self.view.standings.iter().map(row).collect();
        table("Milestones", &columns, &rows, &html! {})
    }

    fn hospital_results(&self) -> Markup {
        let columns =
            [Column::text("Found"), Column::wide("What should be so"), Column::wide("What was seen")];
        let row = |one: &Found| {
            let found = if one.passed {
                tag_with(Tone::Good, Icon::Check, "holds")
            } else {
                tag_with(Tone::Bad, Icon::Cross, "does not hold")
            };
            Row::new(vec![found, html! { (one.title) }, html! { (one.observed) }])
        };
        let found = self.view.run.looks.last().map(|look| look.found.as_slice()).unwrap_or_default();
        let rows: Vec<Row> = found.iter().map(row).collect();
        let why = "Milestones that ask something of the hospital have it looked at from their own page.";
        table(
            "What the hospital shows",
            &columns,
            &rows,
            &empty(Icon::Hospital, "Not looked at yet", why, &html! {}),
        )
    }

    fn contributions(&self) -> Markup {
        let columns =
            [Column::text("Member"), Column::wide("Says"), Column::wide("Others"), Column::wide("On record")];
        let rows: Vec<Row> = self
            .view
            .members
            .iter()
            .map(|member| {
                let said = self.view.run.statements.get(&member.id);
                let title = |id: &String| {
                    self.view.project.contributions.iter().find(|one| one.id == *id).map(|one| one.title.as_str())
                };
                Row::new(vec![
                    html! { (member.name) },
                    html! { @match said { Some(said) => { (said.to.iter().filter_map(title).collect::<Vec<_>>().join(", ")) } None => { span.quiet { "nothing yet" } } } },
                    html! {
                        @if let Some(said) = said { @for (who, (agrees, words)) in &said.words {
                            p.small { (self.view.name(who)) " " @if *agrees { "confirms" } @else { (tag(Tone::Warn, "dissents")) } @if !words.is_empty() { ": " (words) } }
                        } }
                    },
                    html! { @match &member.on_record { Some((did, deeds)) => { (recorded(did, *deeds)) } None => { span.quiet { "theirs to see first" } } } },
                ])
            })
            .collect();
        table("Who contributed what", &columns, &rows, &html! {})
    }

    fn close_form(&self) -> Markup {
        let body = html! {
            p { "The hospital is looked at once more. Then nothing of the project changes, its members look at the hospital and no longer work in it, and each whose statement at least one other confirms finds the project in their portfolio." }
        };
        html! {
            p { "Close it when the defence is over and dissents were talked about." }
            (confirm(&Confirm {
                id: "close-project",
                opens: "Close the project",
                icon: Some(Icon::Lock),
                title: "Close this project for good?",
                body,
                action: &format!("{}/close", self.root()),
                does: "Close it",
                look: Look::Danger,
            }, self.csrf))
        }
    }
}
