//! Placeholders in all the places they go to.

use proptest::prelude::*;
use serde_json::{Value, json};
use training::lab::{Bounds, Comparison, Duration, Pattern};
use training::text::{Escape, Values, fill, fill_json, look_up, placeholders};

fn values() -> Values {
    let value = json!({
        "p": { "name": "O'Hara, *Ann*", "ids": ["a,b", "c d"], "n": 3 },
        "page": { "link": [{ "relation": "self", "url": "x" }, { "relation": "next", "url": "http://h/s/1/fhir/P?a=1&b=2" }] },
    });
    value.as_object().unwrap().iter().map(|(name, value)| (name.clone(), value.clone())).collect()
}

#[test]
fn a_value_is_escaped_for_its_place() {
    let check = |text, escape, expected: &str| assert_eq!(fill(text, &values(), escape).unwrap(), expected);
    check("{p.name}", Escape::Plain, "O'Hara, *Ann*");
    check("Hello {p.name}!", Escape::Markdown, "Hello O'Hara, \\*Ann\\*!");
    check("family='{p.name}'", Escape::Path, "family='O\\'Hara, *Ann*'");
    check("Patient?name={p.name}", Escape::Url, "Patient?name=O%27Hara%5C%2C%20%2AAnn%2A");
    check("Patient?_id={p.ids}", Escape::Url, "Patient?_id=a%5C%2Cb,c%20d");
    check("{p.ids}", Escape::Plain, "a,b, c d");
    check("{page.link.relation=next.url}", Escape::Plain, "http://h/s/1/fhir/P?a=1&b=2");
}

#[test]
fn other_braces_stay() {
    let text = "{} { } {\"a\": 1} {Patient} {a b} {p.n} {unclosed";
    assert_eq!(placeholders(text).iter().map(|found| found.path).collect::<Vec<_>>(), ["p.n"]);
    assert_eq!(
        fill(text, &values(), Escape::Plain).unwrap(),
        "{} { } {\"a\": 1} {Patient} {a b} 3 {unclosed"
    );
}

#[test]
fn a_text_that_is_one_placeholder_keeps_the_type() {
    let filled = fill_json(&json!({ "a": "{p.n}", "b": "{p.n}!", "c": ["{p.ids}"] }), &values()).unwrap();
    assert_eq!(filled, json!({ "a": 3, "b": "3!", "c": [["a,b", "c d"]] }));
}

#[test]
fn an_unknown_value_is_named() {
    let error = fill("{p.gone}", &values(), Escape::Plain).unwrap_err();
    assert_eq!(error.to_string(), "there is no value for the placeholder {p.gone}");
}

#[test]
fn paths_pick_and_collect() {
    let value = json!({ "a": [{ "b": 1 }, { "b": 2 }, {}] });
    let check = |path, expected: Option<Value>| assert_eq!(look_up(&value, path), expected, "{path}");
    check("a.0.b", Some(json!(1)));
    check("a.b", Some(json!([1, 2])));
    check("a.b=2.b", None);
    check("a.7.b", None);
    check("a.0.b.c", None);
}

#[test]
fn patterns_match_texts() {
    let check = |pattern: &str, text: Option<&str>, expected: bool| {
        assert_eq!(Pattern::parse(pattern).matches(text), expected, "{pattern} {text:?}");
    };
    check("ok", Some("ok"), true);
    check("ok", Some("okay"), false);
    check("fhir.*", Some("fhir.update"), true);
    check("*_cursor=*", Some("a=1&_cursor=x"), true);
    check("*_cursor=*", Some("a=1"), false);
    check("a*a", Some("a"), false);
    check("create|update", Some("update"), true);
    check("!create|update", Some("update"), false);
    check("!create|update", None, true);
    check("*", None, false);
    check("*", Some(""), true);
    check("!*", None, true);
    check("!*", Some("1"), false);
}

#[test]
fn bounds_and_durations_are_read() {
    let holds = |text: &str, count| Comparison::parse(text).map(|bound| bound.holds(count));
    assert_eq!(holds(">= 2", 2), Some(true));
    assert_eq!(holds("<=2", 3), Some(false));
    assert_eq!(holds("= 0", 0), Some(true));
    assert_eq!(holds("4", 4), Some(true));
    assert_eq!(holds("many", 4), None);
    let within = |text: &str, reading| Bounds::parse(text).map(|bounds| bounds.hold(reading));
    for (text, reading, expected) in [
        (">= 0.8", Some(0.8), Some(true)),
        (">= 0.8", Some(0.79), Some(false)),
        ("<=12", Some(12.1), Some(false)),
        ("= 0", Some(0.0), Some(true)),
        ("= 0", Some(0.1), Some(false)),
        ("<= 12", None, Some(false)),
        ("12", Some(12.0), None),
        (">= many", Some(1.0), None),
        ("<= inf", Some(1.0), None),
    ] {
        assert_eq!(within(text, reading), expected, "{text} {reading:?}");
    }
    let us = |text: &str| Duration::parse(text).map(|duration| duration.us);
    assert_eq!(us("30 min"), Some(1_800_000_000));
    assert_eq!(us("2h"), Some(7_200_000_000));
    assert_eq!(us("90"), None);
    assert_eq!(us("99999999999999 d"), None);
    assert_eq!(Duration::parse("90 min").unwrap().to_string(), "90 min");
}

proptest! {
    #[test]
    fn filling_never_panics_and_leaves_plain_text_alone(text in "(?s).{0,60}") {
        let filled = fill(&text, &values(), Escape::Plain);
        if placeholders(&text).is_empty() {
            prop_assert_eq!(filled.unwrap(), text);
        }
    }

    #[test]
    fn a_filled_url_has_no_character_that_ends_it(value in "(?s).{0,30}") {
        let values = Values::from([("v".to_owned(), json!(value))]);
        let url = fill("{v}", &values, Escape::Url).unwrap();
        prop_assert!(url.bytes().all(|b| b.is_ascii_graphic() && !b"&#?+=\"<>".contains(&b)), "{}", url);
    }

    #[test]
    fn a_filled_literal_ends_where_it_should(value in ".{0,30}") {
        let values = Values::from([("v".to_owned(), json!(value))]);
        let literal = fill("{v}", &values, Escape::Path).unwrap();
        let mut escaped = false;
        for c in literal.chars() {
            prop_assert!(escaped || c != '\'');
            escaped = !escaped && c == '\\';
        }
        prop_assert!(!escaped);
    }

    #[test]
    fn a_duration_reads_back_what_it_writes(seconds in 0_i64..300_000_000) {
        let duration = Duration { us: seconds * 1_000_000 };
        prop_assert_eq!(Duration::parse(&duration.to_string()), Some(duration));
    }
}
