use hospital::calendar::{DAY_US, Date};
use serde::Serialize;
use serde_json::Value;
use standards::fhir::instant;

/// When something was, as its author wrote it, and where that stands in time if it can be understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// A FHIR date, dateTime or instant as written: `2031`, `2031-03-04`, `2031-03-04T06:00:00Z`.
    pub text: String,
    /// Its first microsecond since 1970 UTC; `None` if the text is no date.
    pub at_us: Option<i64>,
}

impl Moment {
    pub(super) fn of(text: &str) -> Self {
        Self { text: text.to_owned(), at_us: start_of(text) }
    }

    /// The first of these places in a resource that holds text, each a JSON pointer.
    pub(super) fn first(resource: &Value, pointers: &[&str]) -> Option<Self> {
        pointers.iter().find_map(|pointer| resource.pointer(pointer)?.as_str()).map(Self::of)
    }
}

/// The first microsecond of a FHIR dateTime of any precision (R4, 2.24.0.1).
fn start_of(text: &str) -> Option<i64> {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    match Date::parse(&whole) {
        Some(date) => Some(i64::from(date.days()) * DAY_US),
        None => instant::parse(text),
    }
}

/// Newest first, what has no time last; ties stay as they are.
pub(super) fn sort_newest_first<T>(items: &mut [T], at: impl Fn(&T) -> Option<&Moment>) {
    items.sort_by_key(|item| std::cmp::Reverse(at(item).and_then(|moment| moment.at_us)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_precision_has_a_place_in_time() {
        let cases = [
            ("1970", Some(0)),
            ("1970-02", Some(31 * DAY_US)),
            ("1970-01-02", Some(DAY_US)),
            ("1970-01-01T00:00:01Z", Some(1_000_000)),
            ("1970-01-01T02:00:00+02:00", Some(0)),
            ("next Tuesday", None),
            ("1970-13", None),
            ("é1ü", None),
            ("", None),
        ];
        for (text, at_us) in cases {
            assert_eq!(Moment::of(text), Moment { text: text.to_owned(), at_us }, "{text}");
        }
    }
}
