use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use platform::ehr::chart::{Point, Series};

use super::At;
use super::values::{curve, measured_at, value};
use crate::web::ui::{Column, Icon, Look, Row, card, empty, filtered, link_button, or_none, table};

/// Laboratory results: each test with its newest values; and one test with all of them, if one is asked for.
pub(super) fn results(at: &At<'_>, all: &[Series], one: Option<&Series>) -> Markup {
    html! {
        @if let Some(series) = one { (detail(at, series)) }
        div.table-frame { (list(at, all, one)) }
    }
}

fn list(at: &At<'_>, all: &[Series], one: Option<&Series>) -> Markup {
    let columns = [
        Column::wide("Test"),
        Column::text("Newest"),
        Column::text("Usual"),
        Column::text("When"),
        Column::text("Before"),
        Column::number("Values"),
    ];
    let rows: Vec<Row> = all
        .iter()
        .map(|series| Row { selected: one.is_some_and(|one| one.key == series.key), ..row(at, series) })
        .collect();
    let nothing = empty(Icon::Lab, "No results", "No laboratory result is in this chart.", &html! {});
    if rows.is_empty() {
        return nothing;
    }
    filtered(
        "filter-results",
        "Filter the tests",
        rows.len(),
        &table("Results by test", &columns, &rows, &nothing),
    )
}

fn row(at: &At<'_>, series: &Series) -> Row {
    let newest = series.points.first();
    let before = series.points.get(1);
    Row::new(vec![
        html! { a href=(href(at, series)) { (series.label) } },
        html! { @if let Some(newest) = newest { (value(newest)) } },
        or_none(series.range.as_deref()),
        html! { @if let Some(newest) = newest { (measured_at(newest)) } },
        html! { @match before { Some(before) => span.quiet { (value(before)) }, None => (or_none(None)) } },
        html! { (series.points.len()) },
    ])
}

/// Where all values of a test are.
pub(super) fn href(at: &At<'_>, series: &Series) -> String {
    format!("{}?test={}", at.to("results"), utf8_percent_encode(&series.key, NON_ALPHANUMERIC))
}

fn detail(at: &At<'_>, series: &Series) -> Markup {
    let columns = [
        Column::text("When"),
        Column::text("Value"),
        Column::text("Usual"),
        Column::text("Status"),
        Column::text("Observation"),
    ];
    let line = |point: &Point| {
        let href = at.inside.to(&format!("fhir?path=Observation%2F{}", point.observation));
        Row::new(vec![
            measured_at(point),
            value(point),
            or_none(point.range.as_deref()),
            html! { (point.status) },
            html! { a href=(href) { code { (point.observation) } } },
        ])
    };
    let rows: Vec<Row> = series.points.iter().map(line).collect();
    let body = html! {
        p.quiet { (series.name) ", " code { (series.key) } }
        @if let Some(curve) = curve(series) { (curve) }
        (table(&series.label, &columns, &rows, &html! {}))
    };
    card(&series.label, &link_button("Close", &at.to("results"), Look::Quiet), &body)
}
