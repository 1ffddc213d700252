//! The pieces of the map that change by themselves.

use std::collections::BTreeMap;

use maud::{Markup, html};
use platform::live::{HospitalMap, InterfaceView};

use super::drawing::line;
use crate::web::pages::words::time;
use crate::web::ui::{Icon, Tone, tag, tag_with};

/// Every piece, by the id of its element.
pub(super) fn cells(map: &HospitalMap) -> BTreeMap<String, String> {
    let mut cells = BTreeMap::from([("map-sum".to_owned(), sum(map).into_string())]);
    for interface in &map.interfaces {
        let id = &interface.id;
        cells.insert(format!("line-{id}"), line(map, interface).into_string());
        cells.insert(format!("state-{id}"), state(interface).into_string());
        cells.insert(format!("waiting-{id}"), waiting(interface).into_string());
        cells.insert(format!("carried-{id}"), carried(interface).into_string());
        cells.insert(format!("last-{id}"), last(interface).into_string());
    }
    cells
}

/// All of it in a sentence.
pub(super) fn sum(map: &HospitalMap) -> Markup {
    let of = |count: fn(&InterfaceView) -> u64| map.interfaces.iter().map(count).sum::<u64>();
    let (waiting, delivered, refused) =
        (of(|one| one.waiting), of(|one| one.delivered), of(|one| one.refused));
    let closed = map.interfaces.iter().filter(|one| one.standing != "up").count();
    html! {
        dl.figures {
            div { dt { "Delivered" } dd { (delivered) } }
            div { dt { "Waiting" } dd { (waiting) } }
            div { dt { "Refused" } dd { (refused) } }
            div { dt { "Interfaces down" } dd { (closed) } }
        }
    }
}

pub(super) fn state(interface: &InterfaceView) -> Markup {
    match interface.standing.as_str() {
        "up" => tag_with(Tone::Good, Icon::Check, "up"),
        word => html! { (tag_with(Tone::Bad, Icon::Alert, word)) },
    }
}

pub(super) fn waiting(interface: &InterfaceView) -> Markup {
    match interface.waiting {
        0 => html! { span.quiet { "0" } },
        count => {
            html! { (tag(Tone::Warn, &count.to_string())) @if let Some(since_us) = interface.waiting_since_us { " " span.small.quiet { "since " (time(since_us)) } } }
        }
    }
}

pub(super) fn carried(interface: &InterfaceView) -> Markup {
    html! {
        (interface.delivered)
        @if interface.refused > 0 { " " (tag(Tone::Bad, &format!("{} refused", interface.refused))) }
    }
}

pub(super) fn last(interface: &InterfaceView) -> Markup {
    html! { @if let Some(us) = interface.delivered_us { (time(us)) } @else { span.quiet { "none yet" } } }
}
