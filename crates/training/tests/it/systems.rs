//! Checks on what other systems hold, and on what a channel makes of messages that nobody has seen.

use serde_json::{Value, json};
use training::check::{Request, depends_on, judge, requests};
use training::facts::{Carried, Observed};
use training::text::Values;

use crate::checks::read;
use crate::fake::Small;

const MOVED: &str = r#"
kind = "record"
id = "c"
title = "Each system knows the bed"
for_each = "systems"
system = "{each}"
holds = "patient"
where = { mrn = "{mrn}", "stay.bed" = "4W-03", merged_into = "!*" }
count = "= 1"
hint = ["x"]
"#;

const CHANNEL: &str = r#"
kind = "channel"
id = "c"
title = "The channel maps"
channel = "Results"
hint = ["x"]

[[step.check.try]]
message = """
MSH|^~\\&|LIS|A|EHR|A|20310304||ORU^R01|1|P|2.5.1
PID|1||{mrn}
OBX|1|NM|K^Potassium^L||4.1
"""
where = { "OBX-3.1" = "2823-3", "PID-3.1" = "{mrn}" }

[[step.check.try]]
message = "MSH|^~\\&|LIS|A|EHR|A|20310304||ADT^A01|2|P|2.5.1"
outcome = "filtered"

[[step.check.try]]
message = "MSH|^~\\&|LIS|A|EHR|A|20310304||ORU^R01|3|P|2.5.1"
outcome = "error"

[[step.check.try]]
message = "MSH|^~\\&|LIS|A|EHR|A|20310304||ORU^R01|4|P|2.5.1"
expect = "resourceType = 'Bundle'"
"#;

fn values() -> Values {
    let values = json!({ "mrn": "A|7", "systems": ["LIS", "PHARMACY"] });
    values.as_object().unwrap().clone().into_iter().collect()
}

fn person(mrn: &str, bed: Option<&str>) -> Value {
    json!({"key": mrn, "mrn": mrn, "merged_into": null, "stay": bed.map(|bed| json!({"bed": bed}))})
}

#[test]
fn records_are_counted_for_each_system_by_itself() {
    let asked = requests(&read(MOVED), &values()).unwrap();
    let of = |system: &str| Request::Records { system: system.to_owned(), kind: "patient".to_owned() };
    assert_eq!(asked, [of("LIS"), of("PHARMACY")]);
    assert!(depends_on(&read(MOVED)).contains(&"hl7.*".to_owned()));
    let right = vec![person("A|7", Some("4W-03")), person("B", Some("4W-03"))];
    for (lis, pharmacy, passed) in [
        (right.clone(), right.clone(), true),
        (right.clone(), vec![person("A|7", None)], false),
        (vec![person("A|7", Some("4W-04"))], right.clone(), false),
        (right, Vec::new(), false),
    ] {
        let observed = [Observed::Records(lis), Observed::Records(pharmacy)];
        let verdict = judge(&read(MOVED), &values(), &observed, &Small);
        assert_eq!(verdict.passed, passed, "{}", verdict.observed);
    }
}

#[test]
fn a_channel_is_right_when_every_message_is() {
    let Request::Try { channel, messages } = &requests(&read(CHANNEL), &values()).unwrap()[0] else {
        panic!()
    };
    assert_eq!((channel.as_str(), messages.len()), ("Results", 4));
    assert!(messages[0].contains("PID|1||A\\F\\7\r"), "{}", messages[0]);
    assert!(depends_on(&read(CHANNEL)).contains(&"channel.*".to_owned()));

    let sent = |bytes: &str| Carried { sent: vec![bytes.as_bytes().to_vec()], trouble: None };
    let mapped = |code: &str| {
        sent(&format!(
            "MSH|^~\\&|LIS|A|EHR|A|20310304||ORU^R01|1|P|2.5.1\rPID|1||A\\F\\7\rOBX|1|NM|{code}^Potassium^LN||4.1\r"
        ))
    };
    let quiet = Carried::default();
    let loud = Carried { trouble: Some("no code".to_owned()), ..Carried::default() };
    let bundle = sent(r#"{"resourceType": "Bundle"}"#);
    let all = [mapped("2823-3"), quiet.clone(), loud.clone(), bundle];
    let verdict = |carried: Option<Vec<Carried>>| {
        judge(&read(CHANNEL), &values(), &[Observed::Carried(carried)], &Small)
    };
    assert!(verdict(Some(all.to_vec())).passed);
    assert!(!verdict(None).passed);
    for (at, wrong) in [(0, mapped("K")), (1, loud), (2, quiet), (3, sent("no JSON"))] {
        let mut carried = all.to_vec();
        carried[at] = wrong;
        let verdict = verdict(Some(carried));
        assert!(!verdict.passed && verdict.observed.contains("3 came out"), "{at}: {}", verdict.observed);
    }
}
