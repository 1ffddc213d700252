//! Times, levels and counts as people read them.

use jiff::Timestamp;
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use platform::ehr::chart::Moment;

use crate::web::ui::moment;

/// A moment that cannot be told is told so.
const UNKNOWN: &str = "–";

/// A point in time for machines: seconds, and the hospital's own offset, which is that of UTC.
pub(crate) fn iso(us: i64) -> String {
    strftime(us, "%Y-%m-%dT%H:%M:%SZ")
}

/// A point in time in words: `4 Mar 2031, 06:12`.
pub(crate) fn at(us: i64) -> String {
    strftime(us, "%-d %b %Y, %H:%M")
}

/// A day in words: `4 Mar 2031`.
pub(crate) fn day(us: i64) -> String {
    strftime(us, "%-d %b %Y")
}

/// A day as the head's clock has it: `Tue 4 Mar 2031`.
pub(crate) fn weekday(us: i64) -> String {
    strftime(us, "%a %-d %b %Y")
}

/// Date and time without an offset, as the clock of the head counts on from it.
pub(crate) fn local(us: i64) -> String {
    strftime(us, "%Y-%m-%dT%H:%M:%S")
}

/// A time of the hospital as a `time` element.
pub(crate) fn time(us: i64) -> Markup {
    moment(&iso(us), &at(us))
}

/// A moment of a chart: to the minute where it says a time, to the day where it says a day, as written otherwise.
pub(crate) fn chart_time(found: Option<&Moment>) -> Markup {
    match found {
        Some(found) => moment(&found.text, &moment_words(found)),
        None => {
            html! { span.quiet { span aria-hidden="true" { (UNKNOWN) } span.visually-hidden { "no date" } } }
        }
    }
}

/// The same as plain words.
pub(crate) fn moment_words(found: &Moment) -> String {
    match (found.at_us, found.text.len()) {
        (Some(us), 11..) => at(us),
        (Some(us), 10) => day(us),
        _ => found.text.clone(),
    }
}

/// A FHIR date in words, as written if it is none: `12 Jul 1958`.
pub(crate) fn date(text: &str) -> String {
    let parsed: Result<jiff::civil::Date, _> = text.parse();
    parsed.map_or_else(|_| text.to_owned(), |date| date.strftime("%-d %b %Y").to_string())
}

/// A FHIR instant in words.
pub(crate) fn instant(text: &str) -> String {
    standards::fhir::instant::parse(text).map_or_else(|| text.to_owned(), at)
}

/// A text as the value of a parameter in an address.
pub(crate) fn query_value(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// The first letter large.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A share of one as whole percent, kept on one line: `85 %`.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0}\u{a0}%", share * 100.0)
}

/// `1 hint`, `3 hints`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn strftime(us: i64, format: &str) -> String {
    let Ok(timestamp) = Timestamp::from_microsecond(us) else { return UNKNOWN.to_owned() };
    timestamp.strftime(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_a_ward_tells_them() {
        let us = standards::fhir::instant::parse("2031-03-04T06:05:09Z").unwrap();
        assert_eq!(at(us), "4 Mar 2031, 06:05");
        assert_eq!(weekday(us), "Tue 4 Mar 2031");
        assert_eq!(local(us), "2031-03-04T06:05:09");
        assert_eq!(date("1958-07-12"), "12 Jul 1958");
        assert_eq!(date("1958"), "1958");
        assert_eq!(percent(0.854), "85\u{a0}%");
        assert_eq!(capital("worked step"), "Worked step");
    }

    #[test]
    fn a_moment_is_told_as_exactly_as_it_was_written() {
        for (text, at_us, words) in [
            ("2031-03-04T06:05:09Z", Some(1_930_370_709_000_000), "4 Mar 2031, 06:05"),
            ("2031-03-04", Some(1_930_348_800_000_000), "4 Mar 2031"),
            ("2031", Some(1), "2031"),
            ("next Tuesday", None, "next Tuesday"),
        ] {
            assert_eq!(moment_words(&Moment { text: text.to_owned(), at_us }), words);
        }
    }
}
