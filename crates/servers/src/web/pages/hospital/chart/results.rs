use std::collections::BTreeMap;

use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use platform::ehr::chart::{Acknowledged, Point, Series};

use super::At;
use super::values::{curve, measured_at, value};
use crate::web::ui::{
    Column, Icon, Look, Row, Tone, card, empty, filtered, link_button, notice, or_none, table,
};

/// Critical results shown above the list.
const CRITICAL_MAX: usize = 10;

/// Who took note of which result: by the id of the Observation.
type Told = BTreeMap<String, Acknowledged>;

/// Laboratory results: each test with its newest values; and one test with all of them, if one is asked for.
pub(super) fn results(at: &At<'_>, all: &[Series], one: Option<&Series>, told: &Told) -> Markup {
    html! {
        (critical(at, all, told))
        @if let Some(series) = one { (detail(at, series, told)) }
        div.table-frame { (list(at, all, one)) }
    }
}

/// Critical results of which nobody has taken note.
fn critical(at: &At<'_>, all: &[Series], told: &Told) -> Markup {
    let points = all.iter().flat_map(|series| series.points.iter().map(move |point| (series, point)));
    let is_open = |point: &Point| {
        let critical = point.flag.as_ref().is_some_and(|flag| flag.critical);
        critical && point.status != "entered-in-error" && !told.contains_key(&point.observation)
    };
    let open: Vec<(&Series, &Point)> =
        points.filter(|(_, point)| is_open(point)).take(CRITICAL_MAX).collect();
    html! {
        @if !open.is_empty() {
            (notice(Tone::Bad, Some("Critical results that nobody has acknowledged"), &html! {
                ul.plain.stack.stack-tight {
                    @for (series, point) in &open {
                        li.row {
                            span { b { (series.label) } " " (value(point)) ", " (measured_at(point)) }
                            @if at.inside.may("result.acknowledge") { (link_button(&format!("Acknowledge {}…", series.label.to_lowercase()), &format!("{}?observation={}", at.to("acknowledge"), point.observation), Look::Plain)) }
                        }
                    }
                }
            }))
        }
    }
}

fn acknowledged(point: &Point, told: &Told) -> Markup {
    let Some(one) = told.get(&point.observation) else { return or_none(None) };
    html! {
        (one.by) @if let Some(minutes) = one.after_min { span.quiet { ", after " (minutes) " min" } }
        div.small.quiet { (one.action) }
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

fn detail(at: &At<'_>, series: &Series, told: &Told) -> Markup {
    let columns = [
        Column::text("When"),
        Column::text("Value"),
        Column::text("Usual"),
        Column::text("Status"),
        Column::text("Acknowledged"),
        Column::text("Observation"),
    ];
    let line = |point: &Point| {
        let href = at.inside.to(&format!("fhir?path=Observation%2F{}", point.observation));
        Row::new(vec![
            measured_at(point),
            value(point),
            or_none(point.range.as_deref()),
            html! { (point.status) },
            acknowledged(point, told),
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
