//! Simple charts of numbers that stand in a table as well.

use std::fmt::Write as _;

use maud::{Markup, html};

/// The drawing of a line, in units of its own.
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 160.0;
const MARGIN: f64 = 6.0;

/// A number and what it is of.
#[derive(Debug, Clone, Copy)]
pub struct Mark<'a> {
    /// What it is of.
    pub label: &'a str,
    /// The number.
    pub value: f64,
    /// The number as it is written.
    pub shown: &'a str,
}

/// A bar for each mark, from zero; those below it are drawn the other way, in another colour.
#[must_use]
pub fn bars(caption: &str, marks: &[Mark<'_>]) -> Markup {
    let most = marks.iter().map(|mark| mark.value.abs()).fold(0.0, f64::max);
    let part = |value: f64| if most > 0.0 { value.abs() / most * 100.0 } else { 0.0 };
    html! {
        figure.chart {
            figcaption { (caption) }
            ul.chart-bars {
                @for mark in marks {
                    li {
                        span.chart-label { (mark.label) }
                        svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                            rect class=[(mark.value < 0.0).then_some("chart-below")] x="0" y="0" height="10" width=(format!("{:.2}", part(mark.value))) {}
                        }
                        b.number { (mark.shown) }
                    }
                }
            }
        }
    }
}

/// A line through the marks in their order, with its lowest and highest number.
#[must_use]
pub fn line(caption: &str, marks: &[Mark<'_>]) -> Markup {
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else { return html! {} };
    let low = marks.iter().min_by(|a, b| a.value.total_cmp(&b.value)).unwrap_or(first);
    let high = marks.iter().max_by(|a, b| a.value.total_cmp(&b.value)).unwrap_or(first);
    let label = format!(
        "{caption}: {} values from {} to {}, the lowest {}, the highest {}",
        marks.len(),
        first.label,
        last.label,
        low.shown,
        high.shown
    );
    html! {
        figure.chart {
            figcaption { (caption) }
            svg.chart-line viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } preserveAspectRatio="none" role="img" aria-label=(label) {
                path d=(path(marks, low.value, high.value)) {}
            }
            p.chart-ends { span { (first.label) } span { (low.shown) " to " (high.shown) } span { (last.label) } }
        }
    }
}

fn path(marks: &[Mark<'_>], low: f64, high: f64) -> String {
    let span = if high > low { high - low } else { 1.0 };
    let step = (WIDTH - 2.0 * MARGIN) / (marks.len().max(2) - 1) as f64;
    let mut path = String::new();
    for (index, mark) in marks.iter().enumerate() {
        let x = MARGIN + index as f64 * step;
        let y = HEIGHT - MARGIN - (mark.value - low) / span * (HEIGHT - 2.0 * MARGIN);
        // Writing to a String cannot fail.
        let _ = write!(path, "{}{x:.1} {y:.1}", if index == 0 { "M" } else { "L" });
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_is_whole_and_the_others_are_parts_of_it() {
        let marks = [("a", 4.0, "4"), ("b", 1.0, "1"), ("c", -2.0, "-2")];
        let marks = marks.map(|(label, value, shown)| Mark { label, value, shown });
        let drawn = bars("Things", &marks).into_string();
        for width in [
            "width=\"100.00\"",
            "width=\"25.00\"",
            "class=\"chart-below\" x=\"0\" y=\"0\" height=\"10\" width=\"50.00\"",
        ] {
            assert!(drawn.contains(width), "{width}: {drawn}");
        }
    }

    #[test]
    fn a_line_goes_from_left_to_right_between_its_ends() {
        let marks =
            [("a", 0.0, "0"), ("b", 10.0, "10")].map(|(label, value, shown)| Mark { label, value, shown });
        assert_eq!(path(&marks, 0.0, 10.0), "M6.0 154.0L594.0 6.0");
        assert_eq!(path(&marks[..1], 0.0, 0.0), "M6.0 154.0");
    }
}
