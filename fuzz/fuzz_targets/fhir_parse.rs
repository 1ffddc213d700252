//! The body of a FHIR write: any bytes get an answer, and a stamp changes only `id` and `meta`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use standards::fhir::definitions::Definitions;
use standards::fhir::json::{Limits, parse};
use standards::fhir::resource::{Stamp, stamp};
use standards::fhir::validation::validate;

fuzz_target!(|bytes: &[u8]| {
    let Ok(resource) = parse(bytes, &Limits::default()) else { return };
    let problems = validate(Definitions::r4(), &resource);
    assert_eq!(problems, validate(Definitions::r4(), &resource), "validation must not depend on chance");
    let with = Stamp { id: "aaaaaaaaaaaa", version: 2, last_updated_us: 1_930_000_000_000_000 };
    let Ok(stamped) = stamp(bytes, &with) else { return };
    let again = parse(&stamped, &Limits::default()).expect("what was stamped can be parsed");
    assert_eq!(again["id"], with.id);
    assert_eq!(again["meta"]["versionId"], "2");
    assert_eq!(without_stamp(again), without_stamp(resource), "a stamp changes nothing else");
});

fn without_stamp(mut resource: Value) -> Value {
    if let Value::Object(members) = &mut resource {
        members.shift_remove("id");
        if let Some(Value::Object(meta)) = members.get_mut("meta") {
            meta.shift_remove("versionId");
            meta.shift_remove("lastUpdated");
            if meta.is_empty() {
                members.shift_remove("meta");
            }
        }
    }
    resource
}
