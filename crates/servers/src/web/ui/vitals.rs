//! A vital sign over time: a small curve, and the same numbers as a table.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::moment::moment;

const WIDTH: f64 = 160.0;
const HEIGHT: f64 = 44.0;
const MARGIN: f64 = 4.0;

/// One measurement. `at_us` (microseconds since 1970) and `value` place it; `iso`, `when` and `shown` tell it.
#[derive(Debug, Clone, Copy)]
pub struct Point<'a> {
    /// When, as a number.
    pub at_us: i64,
    /// When, for machines.
    pub iso: &'a str,
    /// When, in words.
    pub when: &'a str,
    /// What was measured, as a number.
    pub value: f64,
    /// What was measured, as it was written.
    pub shown: &'a str,
}

/// A vital sign: its measurements from the oldest to the newest, and the range that is usual.
#[derive(Debug, Clone, Copy)]
pub struct Vital<'a> {
    /// For example `Heart rate`.
    pub name: &'a str,
    /// For example `/min`.
    pub unit: &'a str,
    /// The usual range, both ends included.
    pub usual: Option<(f64, f64)>,
    /// Oldest first.
    pub points: &'a [Point<'a>],
}

/// The curve with its newest value beside it and its table behind it. Nothing without measurements.
#[must_use]
pub fn vital(vital: &Vital<'_>) -> Markup {
    let Some(newest) = vital.points.last() else { return html! {} };
    let label = format!(
        "{}: {} measurements, newest {} {}",
        vital.name,
        vital.points.len(),
        newest.shown,
        vital.unit
    );
    html! {
        figure.vital {
            figcaption {
                span { (vital.name) }
                b class=[unusual(vital, newest.value).then_some("abnormal")] { (newest.shown) " " small { (vital.unit) } }
            }
            (curve(vital, &label))
            details {
                summary { (vital.points.len()) @if vital.points.len() == 1 { " measurement" } @else { " measurements" } }
                (numbers(vital))
            }
        }
    }
}

/// Several vital signs side by side.
#[must_use]
pub fn vitals(signs: &[Vital<'_>]) -> Markup {
    html! { div.vitals { @for sign in signs { (vital(sign)) } } }
}

fn unusual(vital: &Vital<'_>, value: f64) -> bool {
    vital.usual.is_some_and(|(low, high)| value < low || value > high)
}

fn curve(vital: &Vital<'_>, label: &str) -> Markup {
    let scale = Scale::of(vital);
    let mut line = String::new();
    for (index, point) in vital.points.iter().enumerate() {
        let (x, y) = scale.place(point);
        // Writing to a String cannot fail.
        let _ = write!(line, "{}{x:.1} {y:.1}", if index == 0 { "M" } else { "L" });
    }
    html! {
        svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } preserveAspectRatio="none" role="img" aria-label=(label) {
            @if let Some((low, high)) = vital.usual {
                @let (top, bottom) = (scale.y(high), scale.y(low));
                rect.spark-range x="0" width=(WIDTH) y=(format!("{top:.1}")) height=(format!("{:.1}", bottom - top)) {}
            }
            path.spark-line d=(line) {}
            @for point in vital.points {
                @let (x, y) = scale.place(point);
                path class=(if unusual(vital, point.value) { "spark-point spark-point-out" } else { "spark-point" }) d=(format!("M{x:.1} {y:.1}h0.01")) {}
            }
        }
    }
}

fn numbers(vital: &Vital<'_>) -> Markup {
    html! {
        div.table-scroll {
            table.table {
                caption.visually-hidden { (vital.name) ", newest first" }
                thead { tr { th scope="col" { "When" } th.number scope="col" { (vital.unit) } } }
                tbody {
                    @for point in vital.points.iter().rev() {
                        tr {
                            th scope="row" { (moment(point.iso, point.when)) }
                            td.number {
                                @if unusual(vital, point.value) { span.abnormal { (point.shown) } span.visually-hidden { " outside the usual range" } }
                                @else { (point.shown) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Where values and moments lie on the drawing: time across, values upwards, the usual range always in sight.
struct Scale {
    first_us: i64,
    span_us: f64,
    lowest: f64,
    span: f64,
}

impl Scale {
    fn of(vital: &Vital<'_>) -> Self {
        let ends = vital.usual.into_iter().flat_map(|(low, high)| [low, high]);
        let values = vital.points.iter().map(|it| it.value).chain(ends);
        let (lowest, highest) =
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| (low.min(it), high.max(it)));
        let first_us = vital.points.first().map_or(0, |it| it.at_us);
        let last_us = vital.points.last().map_or(0, |it| it.at_us);
        Self {
            first_us,
            span_us: ((last_us - first_us) as f64).max(1.0),
            lowest,
            span: (highest - lowest).max(f64::EPSILON),
        }
    }

    fn y(&self, value: f64) -> f64 {
        HEIGHT - MARGIN - (value - self.lowest) / self.span * (HEIGHT - 2.0 * MARGIN)
    }

    fn place(&self, point: &Point<'_>) -> (f64, f64) {
        let x = MARGIN + (point.at_us - self.first_us) as f64 / self.span_us * (WIDTH - 2.0 * MARGIN);
        (x, self.y(point.value))
    }
}
