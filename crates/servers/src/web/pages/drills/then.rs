//! How a drill stood at a moment, in words and tables: what its rooms show in space.

use maud::{Markup, html};
use platform::drills::{DrillView, MINUTE_US, Replay, score};

use super::drawn::Drawn;
use super::network::networks;
use super::told::happened;
use crate::web::pages::words::{at, capital};
use crate::web::ui::{Column, Icon, Row, Tone, card, empty, table, tag, tag_with};

/// Everything of a moment.
pub(super) fn then(replay: &Replay) -> Markup {
    let view = &replay.view;
    let drawn = Drawn { view, csrf: "" };
    html! {
        div.stack {
            (figures(replay))
            (card("Who was at what", &html! {}, &at_work(view)))
            (card("Status wall", &html! {}, &drawn.wall()))
            (card("Network", &html! { p { "What the systems ran on, and what went over its cables in the hour before." } }, &html! { div.stack { (networks(view)) } }))
            (card("What had happened", &html! {}, &html! { div.drill-happened tabindex="0" role="region" aria-label="What had happened" { (happened(view)) } }))
        }
    }
}

fn figures(replay: &Replay) -> Markup {
    let view = &replay.view;
    let waiting: u64 = view.wall.iter().map(|row| row.waiting).sum::<u64>() / 2;
    html! {
        dl.figures {
            div { dt { "Hospital time" } dd { (clock(view.now_us)) } }
            div { dt { "Minute" } dd { ((view.now_us - view.run.begun_us) / MINUTE_US) } }
            div { dt { "Messages waiting" } dd { (waiting) } }
            div { dt { "Points" } dd { (score(view.scenario, &view.run).points) } }
            div { dt { "Harm to care" } dd { (format!("{:.0}", replay.care)) } }
        }
    }
}

fn at_work(view: &DrillView) -> Markup {
    let columns = [Column::text("Role"), Column::wide("At what"), Column::text("Until")];
    let name = |login: &str| {
        let known = view.players.iter().find(|player| player.login == login);
        known.map_or_else(|| login.to_owned(), |player| player.name.clone())
    };
    let row = |role: &platform::drills::Role| {
        let busy = view.run.busy.iter().find(|busy| busy.role == role.id);
        let (what, until) = match busy {
            Some(busy) => {
                let title = view.scenario.command(&busy.command).map_or("", |one| one.title.as_str());
                let what = html! { (tag_with(Tone::Accent, Icon::Clock, "at work")) " " (title) " · " (name(&busy.by)) };
                (what, html! { (clock(busy.until_us)) })
            }
            None => (tag(Tone::Neutral, "free"), html! {}),
        };
        Row::new(vec![html! { (capital(&role.title)) }, what, until])
    };
    let rows: Vec<Row> = view.scenario.roles.iter().map(row).collect();
    table(
        "Who was at what",
        &columns,
        &rows,
        &empty(Icon::Note, "No roles", "This scenario has none.", &html! {}),
    )
}

fn clock(us: i64) -> String {
    at(us).rsplit(' ').next().unwrap_or_default().to_owned()
}
