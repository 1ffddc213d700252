//! The network of the drill's hospital, as tables: what a headset shows in space.

use maud::{Markup, html};
use platform::drills::{DrillView, Health, network};

use crate::web::ui::{Column, Icon, Row, Tone, empty, table, tag, tag_with};

/// Machines by rack, and what goes over cables.
pub(super) fn networks(view: &DrillView) -> Markup {
    html! { (machines(view)) (cables(view)) }
}

fn machines(view: &DrillView) -> Markup {
    let network = network();
    let columns =
        [Column::text("Machine"), Column::text("Where"), Column::text("State"), Column::wide("Why")];
    let rows: Vec<Row> = network
        .hosts
        .iter()
        .zip(&view.network.hosts)
        .map(|(host, standing)| {
            Row::new(vec![
                html! { (host.title) },
                html! { @if let Some(rack) = &host.rack { "Rack " (rack) ", unit " (host.unit) } @else { "Outside" } },
                health(standing.health),
                html! { (standing.why) },
            ])
        })
        .collect();
    table("Machines", &columns, &rows, &nothing())
}

fn health(health: Health) -> Markup {
    match health {
        Health::Up => tag_with(Tone::Good, Icon::Check, health.word()),
        Health::Warm | Health::Cut => tag_with(Tone::Warn, Icon::Info, health.word()),
        Health::Infected | Health::Down | Health::Dark => tag_with(Tone::Bad, Icon::Alert, health.word()),
    }
}

fn cables(view: &DrillView) -> Markup {
    let columns = [
        Column::text("Cable"),
        Column::number("Messages in the last hour"),
        Column::number("Waiting"),
        Column::number("Interfaces"),
    ];
    let title = |id: &str| {
        let network = network();
        let host = network.hosts.iter().find(|one| one.id == id).map(|one| one.title.clone());
        let switch = network.switches.iter().find(|one| one.id == id).map(|one| one.title.clone());
        host.or(switch).unwrap_or_else(|| id.to_owned())
    };
    let rows: Vec<Row> = view
        .network
        .links
        .iter()
        .map(|link| {
            Row::new(vec![
                html! { (title(&link.from)) " – " (title(&link.to)) },
                html! { (link.per_hour) },
                html! { @if link.waiting > 0 { (tag(Tone::Warn, &link.waiting.to_string())) } @else { "0" } },
                html! { (link.interfaces.len()) },
            ])
        })
        .collect();
    table("Cables", &columns, &rows, &nothing())
}

fn nothing() -> Markup {
    empty(Icon::Device, "There is no network", "This hospital’s file names none.", &html! {})
}
