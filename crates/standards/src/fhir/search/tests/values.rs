//! Dates, decimals, text and references as written.

use super::moment;
use crate::fhir::search::date::span;
use crate::fhir::search::decimal::Decimal;
use crate::fhir::search::normalise;
use crate::fhir::search::reference::{target, type_of};

#[test]
fn dates_are_as_wide_as_they_are_written() {
    for (text, low, high) in [
        ("1970", "1970-01-01T00:00:00Z", "1971-01-01T00:00:00Z"),
        ("2024-02", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"),
        ("2023-12", "2023-12-01T00:00:00Z", "2024-01-01T00:00:00Z"),
        ("2024-02-29", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"),
        ("1899-12-31", "1899-12-31T00:00:00Z", "1900-01-01T00:00:00Z"),
        ("2024-02-29T08:30", "2024-02-29T08:30:00Z", "2024-02-29T08:31:00Z"),
        ("2024-02-29T08:30:15Z", "2024-02-29T08:30:15Z", "2024-02-29T08:30:16Z"),
        ("2024-02-29T23:30:15-05:00", "2024-03-01T04:30:15Z", "2024-03-01T04:30:16Z"),
        ("2024-03-01T01:00:00+05:30", "2024-02-29T19:30:00Z", "2024-02-29T19:30:01Z"),
        ("2024-02-29T08:30:15.5Z", "2024-02-29T08:30:15.5Z", "2024-02-29T08:30:15.6Z"),
        ("2024-02-29T08:30:15.123Z", "2024-02-29T08:30:15.123Z", "2024-02-29T08:30:15.124Z"),
        ("2024-02-29T08:30:15.123456789Z", "2024-02-29T08:30:15.123456Z", "2024-02-29T08:30:15.123457Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", "2017-01-01T00:00:01Z"),
    ] {
        let (low_us, high_us) = span(text).unwrap_or_else(|| panic!("{text} is a date"));
        assert_eq!((moment(low_us).as_str(), moment(high_us).as_str()), (low, high), "{text}");
    }
}

#[test]
fn what_is_no_date() {
    for text in [
        "",
        "24",
        "2024-",
        "2024-2",
        "2024-13",
        "2024-00",
        "2023-02-29",
        "1900-02-29",
        "2024-04-31",
        "0000",
        "2024-02-00",
        "2024T10:00",
        "2024-02T10:00",
        "2024-02-29T",
        "2024-02-29T24:00:00Z",
        "2024-02-29T8:30",
        "2024-02-29T08:60",
        "2024-02-29T08:30:61Z",
        "2024-02-29T08:30:15.Z",
        "2024-02-29T08:30:15.xZ",
        "2024-02-29T08:30:15+15:00",
        "2024-02-29T08:30:15+0500",
        "2024-02-29T08:30:15Zulu",
        "-2024",
        "2024-02-29-01",
        "２０２４",
        "2024-02-29T08:30:15.12345é",
    ] {
        assert_eq!(span(text), None, "{text}");
    }
}

#[test]
fn decimals_know_how_exact_they_are() {
    for (text, value, rounding, roughly) in [
        ("100", 100.0, (99.5, 100.5), (90.0, 110.0)),
        ("100.00", 100.0, (99.995, 100.005), (90.0, 110.0)),
        ("1e2", 100.0, (50.0, 150.0), (50.0, 150.0)),
        ("5.4", 5.4, (5.35, 5.45), (4.86, 5.94)),
        ("-5.40", -5.4, (-5.405, -5.395), (-5.94, -4.86)),
        ("0", 0.0, (-0.5, 0.5), (-0.5, 0.5)),
        ("1.5E-3", 0.0015, (0.00145, 0.00155), (0.00135, 0.00165)),
    ] {
        let decimal = Decimal::parse(text).unwrap_or_else(|| panic!("{text} is a number"));
        assert_eq!(decimal.value(), value, "{text}");
        assert_eq!(decimal.rounding(), rounding, "{text}");
        assert_eq!(decimal.roughly(), roughly, "{text}");
    }
}

#[test]
fn what_is_no_decimal() {
    for text in
        ["", "-", ".", "5.", ".5", "--5", "5-", "+5", "1,5", "abc", "1e", "1e999", "0x10", "NaN", "inf", "٣"]
    {
        assert_eq!(Decimal::parse(text), None, "{text}");
    }
    assert_eq!(Decimal::parse(&"9".repeat(31)), None);
}

#[test]
fn text_is_folded() {
    for (text, expected) in [
        ("Smith", "smith"),
        ("  Mary \t Ann\n", "mary ann"),
        ("Zoë", "zoe"),
        ("ÅNGSTRÖM", "angstrom"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Søren Kierkegård", "soren kierkegard"),
        ("O’Brien", "o'brien"),
        ("İstanbul", "istanbul"),
        ("e\u{301}", "e"),
        ("山田 太郎", "山田 太郎"),
        ("\u{301}", ""),
        ("A \u{fe00}", "a"),
    ] {
        assert_eq!(normalise(text), expected);
    }
}

#[test]
fn references_are_taken_apart() {
    for (text, expected, resource_type) in [
        ("Patient/1", Some("Patient/1"), Some("Patient")),
        ("Patient/1/_history/3", Some("Patient/1"), Some("Patient")),
        (
            "http://far.example/fhir/Patient/1/_history/3",
            Some("http://far.example/fhir/Patient/1"),
            Some("Patient"),
        ),
        ("http://x.example/ValueSet/v|2.0", Some("http://x.example/ValueSet/v"), Some("ValueSet")),
        ("http://x.example/q#part", Some("http://x.example/q"), None),
        (
            "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0",
            Some("urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"),
            None,
        ),
        ("#contained", None, None),
        ("Patient?identifier=1", None, None),
        ("", None, None),
    ] {
        assert_eq!(target(text), expected, "{text}");
        assert_eq!(target(text).and_then(type_of), resource_type, "{text}");
    }
}
