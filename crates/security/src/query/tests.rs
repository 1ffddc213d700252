use proptest::prelude::*;
use serde_json::json;

use super::{Answer, Table, parse, run};
use crate::telemetry::{Record, Signal};

/// Sixty reads by three people of ten patients, one each minute from 06:00, and a refused search.
fn table() -> Table {
    let start = super::run::moment_us("2031-03-04T06:00").unwrap();
    let mut signals: Vec<Signal> = Vec::new();
    for number in 0..60_i64 {
        signals.push(Signal::of(&Record {
            seq: number + 1,
            time_us: start + number * 60_000_000,
            actor: ["amy", "bob", "cho"][(number % 3) as usize].to_owned(),
            kind: "fhir.read".to_owned(),
            subject: Some(format!("Patient/p{}", number % 10)),
            outcome: "ok".to_owned(),
            detail: json!({"type": "Observation", "rows": number}),
            ..Record::default()
        }));
    }
    signals.push(Signal::of(&Record {
        seq: 61,
        time_us: start + 3_600_000_000,
        actor: "dan".to_owned(),
        kind: "fhir.search".to_owned(),
        outcome: "forbidden".to_owned(),
        detail: json!({"type": "Patient", "query": "name=O'Hara"}),
        ..Record::default()
    }));
    Table::of(&signals)
}

fn ask(query: &str) -> Answer {
    run(&parse(query).unwrap_or_else(|error| panic!("{query}: {error}")), &table())
}

#[test]
fn conditions_keep_what_they_say() {
    for (query, matched) in [
        ("", 61),
        ("user = amy", 20),
        ("where user = AMY and outcome = ok", 20),
        ("user in (amy, bob)", 40),
        ("user != amy", 41),
        ("not (user = amy or user = bob)", 21),
        ("patient exists", 60),
        ("rows >= 50", 10),
        ("kind = fhir.*", 61),
        ("kind = *.search", 1),
        ("query ~ hara", 1),
        ("\"o'hara\"", 1),
        ("time >= \"2031-03-04T06:30\" time < \"2031-03-04T06:40\"", 10),
        ("seq = 61", 1),
        ("user = amy | where rows > 29", 10),
        ("patient = \"\"", 0),
    ] {
        assert_eq!(ask(query).matched, matched, "{query}");
    }
}

#[test]
fn stages_make_tables() {
    let rows = |query: &str| ask(query).rows.iter().map(|row| row.join(" ")).collect::<Vec<_>>();
    assert_eq!(
        rows("kind = fhir.read | stats count, dc(patient) by user | top 2"),
        ["amy 20 10", "bob 20 10"]
    );
    assert_eq!(rows("top 1 outcome"), ["ok 60"]);
    assert_eq!(rows("stats avg(rows) as mean, max(rows)"), ["29.5 59"]);
    assert_eq!(rows("stats count by user | sort user desc | head 1 | fields count"), ["1"]);
    assert_eq!(rows("user = dan | fields seq, user"), ["61 dan"]);
    assert_eq!(rows("rows < 3 | sort rows | fields rows"), ["0", "1", "2"]);
    assert!(rows("user = nobody | stats count by user").is_empty());
}

#[test]
fn the_histogram_counts_what_matched() {
    let histogram = ask("user = amy").histogram;
    assert_eq!(histogram.width_us, 60_000_000);
    assert_eq!(histogram.buckets.iter().map(|bucket| bucket.count).sum::<usize>(), 20);
    assert!(ask("user = nobody").histogram.buckets.is_empty());
}

#[test]
fn errors_stand_where_the_mistake_is() {
    let deep = format!("{}user = amy", "(".repeat(50));
    let many = vec!["user = amy"; 13].join(" | ");
    for (query, at, part) in [
        ("usr = amy", 0, "no field `usr`"),
        ("user amy", 5, "compared with nothing"),
        ("user = ", 7, "value"),
        ("user = \"amy", 7, "never closed"),
        ("(user = amy", 11, "not closed"),
        ("rows > many", 7, "not a number"),
        ("time > yesterday", 7, "not a moment"),
        ("stats total by user", 6, "computes nothing"),
        ("stats count | user = amy", 14, "nothing left to filter"),
        ("stats count | sort user", 19, "no field `user`"),
        ("head 100000", 5, "number of rows"),
        ("user = amy |", 12, "field should stand"),
        ("user = amy ) x", 11, "end here"),
        (&deep, 32, "too deep"),
        (&many, 156, "too many stages"),
    ] {
        let error = parse(query).expect_err(query);
        assert!(error.what.contains(part), "{query}: {error}");
        assert_eq!(error.at, at, "{query}: {error}");
    }
}

proptest! {
    #[test]
    fn any_text_is_answered_or_refused(text in "[a-z =|()\"*<>~,0-9]{0,80}") {
        if let Ok(query) = parse(&text) {
            let answer = run(&query, &table());
            prop_assert!(answer.rows.iter().all(|row| row.len() == answer.columns.len()));
        }
    }

    #[test]
    fn a_condition_and_its_opposite_part_the_signals(
        field in prop::sample::select(vec!["user", "patient", "kind", "rows", "query"]),
        value in prop::sample::select(vec!["amy", "Patient/p1", "fhir.*", "*", "3", "x"]),
    ) {
        let yes = ask(&format!("{field} = {value}")).matched;
        let no = ask(&format!("not {field} = {value}")).matched;
        prop_assert_eq!(yes + no, 61);
    }
}
