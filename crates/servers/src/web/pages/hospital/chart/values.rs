//! Values over time, for curves and tables.

use maud::{Markup, html};
use platform::ehr::chart::{Point, Series};

use crate::web::pages::words::{chart_time, moment_words};
use crate::web::ui::{self, Tone, Vital, or_none, tag, vital};

/// A series as a curve with its table; nothing if it holds no numbers.
pub(super) fn curve(series: &Series) -> Option<Markup> {
    let told: Vec<Told> = series.points.iter().rev().filter_map(Told::of).collect();
    if told.is_empty() {
        return None;
    }
    let points: Vec<ui::Point<'_>> = told.iter().map(Told::point).collect();
    let drawn = Vital {
        name: &series.label,
        unit: series.unit.as_deref().unwrap_or_default(),
        usual: series.range.as_deref().and_then(ends),
        points: &points,
    };
    Some(vital(&drawn))
}

/// A value with what stands out about it.
pub(in crate::web::pages::hospital) fn value(point: &Point) -> Markup {
    let text = point.value.as_ref().map(|value| value.text.as_str());
    let wrong = point.status == "entered-in-error";
    html! {
        @if wrong { s { (or_none(text)) } " " (tag(Tone::Warn, "entered in error")) }
        @else { (or_none(text)) }
        @if let Some(flag) = &point.flag { " " (tag(if flag.critical { Tone::Bad } else { Tone::Warn }, &flag.label)) }
    }
}

/// When a value was measured.
pub(in crate::web::pages::hospital) fn measured_at(point: &Point) -> Markup {
    chart_time(point.at.as_ref())
}

/// A point of a curve in words that live long enough to be drawn.
struct Told {
    at_us: i64,
    iso: String,
    when: String,
    value: f64,
    shown: String,
}

impl Told {
    fn of(point: &Point) -> Option<Self> {
        let (at, value) = (point.at.as_ref()?, point.value.as_ref()?);
        let unit = value.unit.as_deref().unwrap_or_default();
        Some(Self {
            at_us: at.at_us?,
            iso: at.text.clone(),
            when: moment_words(at),
            value: value.number?,
            shown: value.text.strip_suffix(unit).unwrap_or(&value.text).trim_end().to_owned(),
        })
    }

    fn point(&self) -> ui::Point<'_> {
        ui::Point {
            at_us: self.at_us,
            iso: &self.iso,
            when: &self.when,
            value: self.value,
            shown: &self.shown,
        }
    }
}

/// Both ends of a range that is written `3.5 to 5.1 mmol/L`.
fn ends(range: &str) -> Option<(f64, f64)> {
    let (low, high) = range.split_once(" to ")?;
    let high = high.split_whitespace().next()?.trim_end_matches('%');
    Some((low.trim().parse().ok()?, high.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::ends;

    #[test]
    fn a_range_is_read_as_it_is_written() {
        assert_eq!(ends("3.5 to 5.1 mmol/L"), Some((3.5, 5.1)));
        assert_eq!(ends("95 to 100%"), Some((95.0, 100.0)));
        assert_eq!(ends("up to 5 mg/dL"), None);
        assert_eq!(ends("negative"), None);
    }
}
