//! A query of the security desk: it is refused at a place in it, or it answers with as many cells as columns.
#![no_main]

use libfuzzer_sys::fuzz_target;
use security::query::{Table, parse, run};
use security::telemetry::{Record, Signal};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match parse(text) {
        Ok(query) => {
            let signal = Signal::of(&Record { kind: "fhir.read".to_owned(), actor: "amy".to_owned(), ..Record::default() });
            let answer = run(&query, &Table::of([&signal, &signal]));
            assert!(answer.rows.iter().all(|row| row.len() == answer.columns.len()));
        }
        Err(error) => assert!(error.at <= text.chars().count(), "{error:?} is not in the query"),
    }
});
