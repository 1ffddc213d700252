use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{Stamp, identity, is_id, stamp};
use crate::fhir::instant;
use crate::fhir::outcome::IssueCode;

const STAMP: Stamp<'_> = Stamp { id: "x1", version: 7, last_updated_us: 0 };
const META: &str = r#""versionId":"7","lastUpdated":"1970-01-01T00:00:00.000Z""#;

fn check(source: &str, expected: &str) {
    let stamped = String::from_utf8(stamp(source.as_bytes(), &STAMP).expect(source)).expect("UTF-8");
    assert_eq!(stamped, expected.replace("META", META));
}

#[test]
fn missing_members_are_added_in_the_layout_of_their_neighbours() {
    check(r#"{"resourceType":"Patient"}"#, r#"{"resourceType":"Patient","id":"x1","meta":{META}}"#);
    check(
        r#"{"active":true,"resourceType":"Patient","id":"a"}"#,
        r#"{"active":true,"resourceType":"Patient","id":"x1","meta":{META}}"#,
    );
    check(
        "{\n  \"resourceType\": \"Patient\",\n  \"active\": true\n}\n",
        "{\n  \"resourceType\": \"Patient\",\n  \"id\": \"x1\",\n  \"meta\": {META},\n  \"active\": true\n}\n",
    );
    check(
        r#"{"resourceType":"Patient","id":"a","meta":{ "tag":[{"code":"\u0041"}] }}"#,
        r#"{"resourceType":"Patient","id":"x1","meta":{ "versionId":"7", "lastUpdated":"1970-01-01T00:00:00.000Z", "tag":[{"code":"\u0041"}] }}"#,
    );
    check(r#"{"resourceType":"A","id":"a","meta":{}}"#, r#"{"resourceType":"A","id":"x1","meta":{META}}"#);
}

#[test]
fn present_members_are_replaced_where_they_stand() {
    check(
        r#"{"meta":{"lastUpdated":"2001-01-01T00:00:00Z","versionId":"1"},"i\u0064":"old","resourceType":"A","v":1.00}"#,
        r#"{"meta":{"lastUpdated":"1970-01-01T00:00:00.000Z","versionId":"7"},"i\u0064":"x1","resourceType":"A","v":1.00}"#,
    );
    check(
        r#"{"resourceType":"A","contained":[{"id":"c","meta":{"versionId":"1"}}],"id":5,"text":"\"id\":{"}"#,
        r#"{"resourceType":"A","contained":[{"id":"c","meta":{"versionId":"1"}}],"id":"x1","meta":{META},"text":"\"id\":{"}"#,
    );
}

#[test]
fn what_cannot_be_stamped_is_refused() {
    let cases = [
        ("", IssueCode::Structure),
        ("[]", IssueCode::Structure),
        (r#"{"resourceType":"A""#, IssueCode::Structure),
        (r#"{"resourceType":"A","a":[}"#, IssueCode::Structure),
        (r#"{"id":"a"}"#, IssueCode::Required),
        ("{}", IssueCode::Required),
        (r#"{"resourceType":"A","meta":[]}"#, IssueCode::Structure),
    ];
    for (source, code) in cases {
        assert_eq!(stamp(source.as_bytes(), &STAMP).unwrap_err().code, code, "{source}");
    }
}

#[test]
fn identity_needs_type_and_id() {
    assert_eq!(identity(&json!({"resourceType": "Patient", "id": "1"})), Some(("Patient", "1")));
    assert_eq!(identity(&json!({"resourceType": "Patient"})), None);
    assert_eq!(identity(&json!([])), None);
    let cases = [("a-1.B", true), ("", false), ("a_b", false), ("é", false), (&"x".repeat(64), true)];
    for (id, expected) in cases {
        assert_eq!(is_id(id), expected, "{id}");
    }
    assert!(!is_id(&"x".repeat(65)));
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-z\"\\\\{}\\[\\]:, é\u{1}]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z\"\\\\]{0,4}", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

prop_compose! {
    /// A resource with or without id and meta, its members in any order.
    fn any_resource()(
        id in prop::option::of(any_value()),
        meta in prop::option::of(prop::collection::btree_map(
            prop_oneof![Just("versionId".to_owned()), Just("lastUpdated".to_owned()), "[a-z]{1,4}"],
            any_value(), 0..5)),
        others in prop::collection::btree_map("[a-zA-Z_\"]{1,6}", any_value(), 0..5),
    )(order in Just(members(id, meta, others)).prop_shuffle()) -> Map<String, Value> {
        order.into_iter().collect()
    }
}

fn members(
    id: Option<Value>,
    meta: Option<std::collections::BTreeMap<String, Value>>,
    others: std::collections::BTreeMap<String, Value>,
) -> Vec<(String, Value)> {
    let own = ["resourceType", "id", "meta"];
    let meta = meta.map(|members| Value::Object(members.into_iter().collect()));
    let named = [("resourceType", Some(Value::from("Patient"))), ("id", id), ("meta", meta)];
    named
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .chain(others.into_iter().filter(|(name, _)| !own.contains(&name.as_str())))
        .collect()
}

/// The source with what was stamped cut out again, by a reader that knows nothing of [`stamp`].
fn without_stamp(source: &[u8]) -> Value {
    let mut value: Value = serde_json::from_slice(source).expect("JSON");
    let object = value.as_object_mut().expect("an object");
    object.shift_remove("id");
    if let Some(meta) = object.get_mut("meta").and_then(Value::as_object_mut) {
        meta.shift_remove("versionId");
        meta.shift_remove("lastUpdated");
        if meta.is_empty() {
            object.shift_remove("meta");
        }
    }
    value
}

proptest! {
    #[test]
    fn stamping_changes_three_values_and_nothing_else(
        resource in any_resource(), pretty: bool, version: u64, time in 0..4_000_000_000_000_000i64,
    ) {
        let source = if pretty { serde_json::to_vec_pretty(&resource) } else { serde_json::to_vec(&resource) };
        let source = source.unwrap();
        let wanted = Stamp { id: "abc", version, last_updated_us: time };
        let stamped = stamp(&source, &wanted).unwrap();
        let value: Value = serde_json::from_slice(&stamped).unwrap();
        prop_assert_eq!(&value["id"], "abc");
        prop_assert_eq!(&value["meta"]["versionId"], &Value::from(version.to_string()));
        prop_assert_eq!(value["meta"]["lastUpdated"].as_str().and_then(instant::parse), Some(time));
        // Printed, so that the order of members counts too.
        prop_assert_eq!(without_stamp(&stamped).to_string(), without_stamp(&source).to_string());
        prop_assert_eq!(&stamp(&stamped, &wanted).unwrap(), &stamped);
    }

    #[test]
    fn every_byte_of_the_source_is_kept(
        resource in any_resource(), pretty: bool,
    ) {
        let mut resource = resource;
        resource.insert("id".to_owned(), json!("#1#"));
        resource.insert("meta".to_owned(), json!({"a": [1], "versionId": "#2#", "lastUpdated": "#3#"}));
        let source = if pretty { serde_json::to_string_pretty(&resource) } else { serde_json::to_string(&resource) };
        let source = source.unwrap();
        let expected = source.replacen("#1#", "x1", 1).replacen("#2#", "7", 1)
            .replacen("#3#", "1970-01-01T00:00:00.000Z", 1);
        prop_assert_eq!(String::from_utf8(stamp(source.as_bytes(), &STAMP).unwrap()).unwrap(), expected);
    }

    #[test]
    fn stamping_anything_never_panics(source in prop_oneof![
        prop::collection::vec(any::<u8>(), 0..64),
        "[{}\\[\\]\":,\\\\ a1]{0,40}".prop_map(String::into_bytes),
        "\\{\"resourceType\":\"A\",\"(meta|id)\":[{}\\[\\]\":,\\\\ a1]{0,20}\\}".prop_map(String::into_bytes),
    ]) {
        let _ = stamp(&source, &STAMP);
    }
}
