use axum::extract::{Path, Query, State};
use maud::{Markup, html};
use platform::projects::{DeedSeen, History, ProjectError, ToldSeen};
use serde::Deserialize;

use super::drawn::{Drawn, project_page};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::time;
use crate::web::ui::{Column, Icon, Link, Row, Tone, card, empty, table, tabs, tag};

#[derive(Deserialize)]
pub(super) struct Of {
    /// The id of the one whose doings are wanted.
    #[serde(default)]
    member: Option<String>,
}

/// `GET /projects/{project}/history`: who did what, in the hospital and in the project.
pub(super) async fn history(
    State(app): State<App>,
    visitor: Visitor,
    Path(project): Path<String>,
    Query(of): Query<Of>,
) -> Result<Markup, Fault> {
    let (person, member) = (visitor.person.clone(), of.member.filter(|member| !member.is_empty()));
    let asked = member.clone();
    let found = app.run(move |platform| {
        let view = platform.view_project(&person, &project)?;
        let history = platform.project_history(&person, &project, asked.as_deref())?;
        Ok::<_, ProjectError>((view, history))
    });
    let (view, history) = found.await?;
    let drawn = Drawn { view: &view, csrf: &visitor.csrf };
    let everybody = format!("{}/history", drawn.root());
    let addresses: Vec<String> =
        view.members.iter().map(|one| format!("{everybody}?member={}", one.id)).collect();
    let mut links = vec![Link::to("Everybody", &everybody).current(member.is_none())];
    let shown = |id: &str| member.as_deref() == Some(id);
    links.extend(
        view.members
            .iter()
            .zip(&addresses)
            .map(|(one, address)| Link::to(&one.name, address).current(shown(&one.id))),
    );
    let content = html! {
        (tabs("Whose doings", &links))
        (card("In the hospital", &html! {}, &in_hospital(&history)))
        (card("In the project", &html! {}, &in_project(&history)))
    };
    let intro = "In the hospital as its journal has it, and in the project as it was recorded. Looking is no deed, and is not listed.";
    Ok(project_page(&visitor, &drawn, (Some("Who did what"), intro), &content))
}

fn in_hospital(history: &History) -> Markup {
    let columns = [
        Column::number("Entry"),
        Column::text("When, in UTC"),
        Column::text("Who"),
        Column::wide("What"),
        Column::text("How it ended"),
    ];
    let row = |one: &DeedSeen| {
        Row::new(vec![
            html! { (one.seq) },
            time(one.at_us),
            html! { (one.who) },
            html! { (one.what) },
            tag(if one.outcome == "ok" { Tone::Good } else { Tone::Warn }, &one.outcome),
        ])
    };
    let rows: Vec<Row> = history.hospital.iter().map(row).collect();
    let why = "Changes of the hospital stand here with who made them.";
    table("In the hospital", &columns, &rows, &empty(Icon::Hospital, "Nothing was changed", why, &html! {}))
}

fn in_project(history: &History) -> Markup {
    let columns = [Column::text("When, in UTC"), Column::text("Who"), Column::wide("What")];
    let row = |one: &ToldSeen| Row::new(vec![time(one.at_us), html! { (one.who) }, html! { (one.what) }]);
    let rows: Vec<Row> = history.project.iter().map(row).collect();
    let why = "Charter, backlog, what was handed in and reviewed stand here.";
    table("In the project", &columns, &rows, &empty(Icon::List, "Nothing was done", why, &html! {}))
}
