use maud::{Markup, html};
use platform::ehr::chart::{Stay, Stop};

use crate::web::pages::words::chart_time;
use crate::web::ui::{Column, Icon, Row, Tone, empty, or_none, table, tag};

/// Visits and stays, newest first, with every place they led through.
pub(super) fn stays(all: &[Stay]) -> Markup {
    let columns = [
        Column::text("From"),
        Column::text("Until"),
        Column::text("State"),
        Column::wide("What"),
        Column::wide("Places"),
        Column::text("Attending"),
        Column::text("Went"),
    ];
    let rows: Vec<Row> = all.iter().map(row).collect();
    let nothing = empty(Icon::Bed, "No stays or visits", "This patient has not been here.", &html! {});
    html! { div.table-frame { (table("Stays and visits", &columns, &rows, &nothing)) } }
}

fn row(stay: &Stay) -> Row {
    let tone = if stay.in_house {
        Tone::Accent
    } else if stay.open {
        Tone::Info
    } else {
        Tone::Neutral
    };
    let words: Vec<&str> =
        [&stay.kind, &stay.reason, &stay.class].into_iter().flatten().map(String::as_str).collect();
    Row::new(vec![
        chart_time(stay.start.as_ref()),
        chart_time(stay.end.as_ref()),
        tag(tone, &stay.status),
        html! { (words.join(", ")) },
        html! { @if stay.places.is_empty() { (or_none(None)) } @else { ul.plain { @for place in &stay.places { li { (stop(place, stay.in_house)) } } } } },
        or_none(stay.attending.as_deref()),
        or_none(stay.disposition.as_deref()),
    ])
}

fn stop(place: &Stop, in_house: bool) -> Markup {
    html! {
        (place.name)
        @if place.active && in_house { " " (tag(Tone::Accent, "now")) }
        @else if place.start.is_some() { span.quiet.small { ", from " (chart_time(place.start.as_ref())) } }
    }
}
