//! Checks on messages that a system has accepted.

use serde_json::json;
use training::check::{Request, depends_on, judge, requests};
use training::facts::Observed;
use training::text::Values;

use crate::checks::read;
use crate::fake::Small;

const POTASSIUM: &str = r#"
kind = "message"
id = "c"
title = "The potassium went out in the right unit"
system = "EHR"
where = { "MSH-9" = "ORU^R01", "PID-3.1" = "{p.mrn}", "OBX-3.1" = "2823-3", "OBX-6.1" = "mmol/L" }
hint = ["x"]
"#;

const EACH: &str = r#"
kind = "message"
id = "c"
title = "Each admission was told once"
system = "LIS"
for_each = "held"
where = { "MSH-9" = "ADT^A01|ADT^A04", "PID-3.1" = "{each.mrn}" }
count = "= 1"
hint = ["x"]
"#;

fn values() -> Values {
    let values = json!({ "p": { "mrn": "A|7" }, "held": [{ "mrn": "1" }, { "mrn": "2" }] });
    values.as_object().unwrap().clone().into_iter().collect()
}

fn result(mrn: &str, observations: &[(&str, &str)]) -> Vec<u8> {
    let mut text =
        format!("MSH|^~\\&|LIS|A|EHR|A|20310304||ORU^R01^ORU_R01|1|P|2.5.1\rPID|1||{mrn}\rOBR|1\r");
    for (at, (code, unit)) in observations.iter().enumerate() {
        text += &format!("OBX|{}|NM|{code}^x^LN||4.1|{unit}\r", at + 1);
    }
    text.into_bytes()
}

fn admission(mrn: &str) -> Vec<u8> {
    format!("MSH|^~\\&|ADT|A|LIS|A|20310304||ADT^A01|1|P|2.5.1\rPID|1||{mrn}\r").into_bytes()
}

#[test]
fn fields_of_one_segment_must_hold_together() {
    assert_eq!(
        requests(&read(POTASSIUM), &values()).unwrap(),
        [Request::Messages { system: "EHR".to_owned() }]
    );
    assert!(depends_on(&read(POTASSIUM)).contains(&"hl7.*".to_owned()));
    for (messages, passed) in [
        (vec![result("A\\F\\7", &[("2951-2", "mmol/L"), ("2823-3", "mmol/L")])], true),
        (vec![result("A\\F\\7", &[("2951-2", "mmol/L"), ("2823-3", "mg/dL")])], false),
        (vec![result("B", &[("2823-3", "mmol/L")])], false),
        (vec![b"no message".to_vec()], false),
        (vec![], false),
    ] {
        let verdict = judge(&read(POTASSIUM), &values(), &[Observed::Messages(messages.clone())], &Small);
        assert_eq!(verdict.passed, passed, "{messages:?}: {}", verdict.observed);
    }
}

#[test]
fn each_item_is_counted_by_itself() {
    for (messages, passed) in [
        (vec![admission("1"), admission("2")], true),
        (vec![admission("1"), admission("2"), admission("2")], false),
        (vec![admission("1"), admission("1")], false),
    ] {
        let verdict = judge(
            &read(EACH),
            &values(),
            &[Observed::Messages(messages.clone()), Observed::Messages(messages)],
            &Small,
        );
        assert_eq!(verdict.passed, passed, "{}", verdict.observed);
    }
}
