use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{Reason, apply};
use crate::fhir::json::Limits;

fn patched(patch: &str, source: &str) -> Result<String, (Reason, Option<usize>, String)> {
    let done = apply(patch.as_bytes(), source.as_bytes(), &Limits::default());
    done.map(|bytes| String::from_utf8(bytes).unwrap())
        .map_err(|error| (error.reason, error.operation, error.what))
}

/// One case for each thing that RFC 6902 says, in the order in which it says it.
#[test]
fn operations_do_what_they_say() {
    let cases = [
        // add: to an object, over a member that is there, before a place of a list, at its end, as the whole.
        (r#"{"a":1}"#, r#"[{"op":"add","path":"/b","value":[1.10]}]"#, r#"{"a":1,"b":[1.10]}"#),
        (r#"{"a":1,"b":2}"#, r#"[{"op":"add","path":"/a","value":null}]"#, r#"{"a":null,"b":2}"#),
        (r#"{"a":["x","y"]}"#, r#"[{"op":"add","path":"/a/1","value":"z"}]"#, r#"{"a":["x","z","y"]}"#),
        (r#"{"a":["x"]}"#, r#"[{"op":"add","path":"/a/1","value":"y"}]"#, r#"{"a":["x","y"]}"#),
        (r#"{"a":["x"]}"#, r#"[{"op":"add","path":"/a/-","value":["y"]}]"#, r#"{"a":["x",["y"]]}"#),
        (r#"{"a":1}"#, r#"[{"op":"add","path":"","value":{"b":2}}]"#, r#"{"b":2}"#),
        (
            r#"{"a":1}"#,
            r#"[{"op":"add","path":"/b","value":{}},{"op":"add","path":"/b/c","value":2}]"#,
            r#"{"a":1,"b":{"c":2}}"#,
        ),
        // remove: a member, an item.
        (r#"{"a":1,"b":2}"#, r#"[{"op":"remove","path":"/a"}]"#, r#"{"b":2}"#),
        (r#"{"a":["x","y","z"]}"#, r#"[{"op":"remove","path":"/a/1"}]"#, r#"{"a":["x","z"]}"#),
        // replace: a member, an item, the whole.
        (r#"{"a":1,"b":2}"#, r#"[{"op":"replace","path":"/a","value":{"c":3}}]"#, r#"{"a":{"c":3},"b":2}"#),
        (r#"{"a":["x","y"]}"#, r#"[{"op":"replace","path":"/a/0","value":"z"}]"#, r#"{"a":["z","y"]}"#),
        (r#"{"a":1}"#, r#"[{"op":"replace","path":"","value":{}}]"#, "{}"),
        // move: between objects, within a list, to where it was.
        (
            r#"{"a":{"x":1,"y":2},"b":{"z":3}}"#,
            r#"[{"op":"move","from":"/a/x","path":"/b/x"}]"#,
            r#"{"a":{"y":2},"b":{"z":3,"x":1}}"#,
        ),
        (r#"{"a":[1,2,3,4]}"#, r#"[{"op":"move","from":"/a/1","path":"/a/3"}]"#, r#"{"a":[1,3,4,2]}"#),
        (r#"{"a":[1,2]}"#, r#"[{"op":"move","from":"/a/1","path":"/a/1"}]"#, r#"{"a":[1,2]}"#),
        // copy, into itself as well.
        (r#"{"a":{"x":1}}"#, r#"[{"op":"copy","from":"/a","path":"/b"}]"#, r#"{"a":{"x":1},"b":{"x":1}}"#),
        (r#"{"a":{"x":1}}"#, r#"[{"op":"copy","from":"/a","path":"/a/b"}]"#, r#"{"a":{"x":1,"b":{"x":1}}}"#),
        // test: texts, lists, members in another order, numbers written otherwise, nothing.
        (
            r#"{"a":"x","b":["y",2]}"#,
            r#"[{"op":"test","path":"/a","value":"x"},{"op":"test","path":"/b","value":["y",2.0]}]"#,
            r#"{"a":"x","b":["y",2]}"#,
        ),
        (
            r#"{"a":{"x":1.10,"y":null}}"#,
            r#"[{"op":"test","path":"/a","value":{"y":null,"x":1.1}}]"#,
            r#"{"a":{"x":1.10,"y":null}}"#,
        ),
        (r#"{"a":"\u00fc"}"#, r#"[{"op":"test","path":"/a","value":"ü"}]"#, r#"{"a":"\u00fc"}"#),
        // Pointers: escapes, an empty name, a name of digits.
        (r#"{"a/b":{"~1":10}}"#, r#"[{"op":"test","path":"/a~1b/~01","value":10}]"#, r#"{"a/b":{"~1":10}}"#),
        (r#"{"":{"":1}}"#, r#"[{"op":"remove","path":"//"}]"#, r#"{"":{}}"#),
        (r#"{"0":1}"#, r#"[{"op":"replace","path":"/0","value":2}]"#, r#"{"0":2}"#),
        // Members that no operation has are passed over; a patch may be empty.
        (r#"{"a":1}"#, r#"[{"op":"remove","path":"/a","why":"for fun"}]"#, "{}"),
        (r#"{"a":1}"#, "[]", r#"{"a":1}"#),
        // What is not on the way keeps its bytes.
        (
            "{ \"a\" : [ 1.10,\n 2 ], \"b\": {\"c\": 3} }",
            r#"[{"op":"remove","path":"/b/c"}]"#,
            "{\"a\":[ 1.10,\n 2 ],\"b\":{}}",
        ),
    ];
    for (source, patch, expected) in cases {
        assert_eq!(patched(patch, source).as_deref(), Ok(expected), "{patch} on {source}");
    }
}

#[test]
fn what_cannot_be_done_says_which_operation_and_why() {
    use Reason::{Malformed, NotThere, TestFailed};
    let source = r#"{"a":{"x":1},"b":[1,2],"c":"text"}"#;
    let cases = [
        ("", Malformed, None),
        ("{}", Malformed, None),
        ("[", Malformed, None),
        (r#"[{"op":"remove","path":"/c","path":"/a"}]"#, Malformed, None),
        (r#"[7]"#, Malformed, Some(0)),
        (r#"[{"path":"/a"}]"#, Malformed, Some(0)),
        (r#"[{"op":"remove"}]"#, Malformed, Some(0)),
        (r#"[{"op":"remove","path":"/c"},{"op":"delete","path":"/a"}]"#, Malformed, Some(1)),
        (r#"[{"op":"REMOVE","path":"/a"}]"#, Malformed, Some(0)),
        (r#"[{"op":"remove","path":7}]"#, Malformed, Some(0)),
        (r#"[{"op":"remove","path":"a"}]"#, Malformed, Some(0)),
        (r#"[{"op":"remove","path":"/a~"}]"#, Malformed, Some(0)),
        (r#"[{"op":"remove","path":"/a~2b"}]"#, Malformed, Some(0)),
        (r#"[{"op":"add","path":"/d"}]"#, Malformed, Some(0)),
        (r#"[{"op":"test","path":"/a"}]"#, Malformed, Some(0)),
        (r#"[{"op":"copy","path":"/d"}]"#, Malformed, Some(0)),
        (r#"[{"op":"move","from":"/a","path":"/a/x/y"}]"#, Malformed, Some(0)),
        (r#"[{"op":"remove","path":""}]"#, NotThere, Some(0)),
        (r#"[{"op":"remove","path":"/d"}]"#, NotThere, Some(0)),
        (r#"[{"op":"remove","path":"/b/2"}]"#, NotThere, Some(0)),
        (r#"[{"op":"remove","path":"/b/-"}]"#, NotThere, Some(0)),
        (r#"[{"op":"remove","path":"/b/01"}]"#, NotThere, Some(0)),
        (r#"[{"op":"remove","path":"/b/-1"}]"#, NotThere, Some(0)),
        (r#"[{"op":"remove","path":"/b/99999999999999999999999"}]"#, NotThere, Some(0)),
        (r#"[{"op":"remove","path":"/c/0"}]"#, NotThere, Some(0)),
        (r#"[{"op":"replace","path":"/d","value":1}]"#, NotThere, Some(0)),
        (r#"[{"op":"add","path":"/b/3","value":1}]"#, NotThere, Some(0)),
        (r#"[{"op":"add","path":"/b/x","value":1}]"#, NotThere, Some(0)),
        (r#"[{"op":"add","path":"/c/x","value":1}]"#, NotThere, Some(0)),
        (r#"[{"op":"add","path":"/d/x","value":1},{"op":"add","path":"/d","value":{}}]"#, NotThere, Some(0)),
        (r#"[{"op":"move","from":"/d","path":"/e"}]"#, NotThere, Some(0)),
        (r#"[{"op":"move","from":"/d","path":"/d"}]"#, NotThere, Some(0)),
        (r#"[{"op":"copy","from":"/d","path":"/e"}]"#, NotThere, Some(0)),
        (r#"[{"op":"test","path":"/d","value":null}]"#, NotThere, Some(0)),
        (r#"[{"op":"remove","path":"/c"},{"op":"test","path":"/a","value":{"x":"1"}}]"#, TestFailed, Some(1)),
        (r#"[{"op":"test","path":"/a","value":{"x":1,"y":2}}]"#, TestFailed, Some(0)),
        (r#"[{"op":"test","path":"/b","value":[2,1]}]"#, TestFailed, Some(0)),
        (r#"[{"op":"test","path":"/c","value":"Text"}]"#, TestFailed, Some(0)),
    ];
    for (patch, reason, operation) in cases {
        let (found, at, what) = patched(patch, source).expect_err(patch);
        assert_eq!((found, at), (reason, operation), "{patch}: {what}");
        assert!(what.len() > 10, "{patch}: {what}");
    }
}

#[test]
fn copies_of_copies_come_to_an_end() {
    let copies: Vec<Value> =
        (0..60).map(|at| json!({"op": "copy", "from": "", "path": format!("/c{at}")})).collect();
    let (reason, at, _) =
        patched(&json!(copies).to_string(), r#"{"a":"a text of some length"}"#).unwrap_err();
    assert_eq!(reason, Reason::TooLarge);
    assert!(at.is_some_and(|at| at > 15), "{at:?}");
    let many = vec![json!({"op": "test", "path": "", "value": {}}); 1001];
    assert_eq!(patched(&json!(many).to_string(), "{}").unwrap_err().0, Reason::TooLarge);
    let long = "/a".repeat(65);
    let deep = json!([{"op": "add", "path": long, "value": 1}]).to_string();
    assert_eq!(patched(&deep, "{}").unwrap_err().0, Reason::Malformed);
}

/// What a patch does, said without a pointer: a change at one place of a value, and the operation for it.
fn change(value: &mut Value, pick: &mut impl Iterator<Item = usize>, path: &str) -> Value {
    let step = |name: &str| format!("{path}/{}", name.replace('~', "~0").replace('/', "~1"));
    match value {
        Value::Object(members) if !members.is_empty() => {
            let name = members.keys().nth(pick.next().unwrap() % members.len()).unwrap().clone();
            if !pick.next().unwrap().is_multiple_of(3) {
                return change(members.get_mut(&name).unwrap(), pick, &step(&name));
            }
            members.shift_remove(&name);
            json!({"op": "remove", "path": step(&name)})
        }
        Value::Object(members) => {
            members.insert("new/~".to_owned(), json!([1]));
            json!({"op": "add", "path": step("new/~"), "value": [1]})
        }
        Value::Array(items) => {
            let at = pick.next().unwrap() % (items.len() + 1);
            if at < items.len() && !pick.next().unwrap().is_multiple_of(3) {
                return change(&mut items[at], pick, &step(&at.to_string()));
            }
            items.insert(at, json!({"x": null}));
            let at = if at + 1 == items.len() { "-".to_owned() } else { at.to_string() };
            json!({"op": "add", "path": step(&at), "value": {"x": null}})
        }
        leaf => {
            *leaf = json!("other");
            json!({"op": "replace", "path": path, "value": "other"})
        }
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<i32>().prop_map(Value::from),
        "[a/~é]{0,3}".prop_map(Value::from)
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map("[a-c/~0]{0,2}", inner, 0..5)
                .prop_map(|members| Value::Object(Map::from_iter(members))),
        ]
    })
}

proptest! {
    #[test]
    fn a_generated_patch_gives_the_value_it_was_made_for(
        members in prop::collection::btree_map("[a-c/~0]{0,2}", any_json(), 1..5),
        picks in prop::collection::vec(0usize..12, 40),
        count in 1usize..8,
    ) {
        let source = Value::Object(Map::from_iter(members));
        let mut wanted = source.clone();
        let mut pick = picks.into_iter().cycle();
        let operations: Vec<Value> = (0..count).map(|_| change(&mut wanted, &mut pick, "")).collect();
        let found = patched(&json!(operations).to_string(), &source.to_string());
        let found = found.map(|text| serde_json::from_str::<Value>(&text).unwrap());
        prop_assert_eq!(found, Ok(wanted), "{:?}", operations);
    }

    #[test]
    fn what_was_copied_tests_equal_and_moving_back_changes_nothing(
        members in prop::collection::btree_map("[a-c]", any_json(), 1..4),
    ) {
        let source = Value::Object(Map::from_iter(members.clone()));
        let name = members.keys().next().unwrap();
        let part = &members[name];
        let patch = json!([
            {"op": "copy", "from": format!("/{name}"), "path": "/there"},
            {"op": "test", "path": "/there", "value": part},
            {"op": "remove", "path": format!("/{name}")},
            {"op": "move", "from": "/there", "path": format!("/{name}")},
            {"op": "test", "path": "", "value": source},
        ]);
        let found = patched(&patch.to_string(), &source.to_string()).unwrap();
        prop_assert_eq!(serde_json::from_str::<Value>(&found).unwrap(), source);
    }

    #[test]
    fn nothing_panics(patch in "[\\[\\]{}\":,/~a-z0-9 -]{0,60}", path in "[/~a0-9-]{0,8}") {
        let _ = patched(&patch, r#"{"a":[1,{"b":2}]}"#);
        for op in ["add", "remove", "replace", "move", "copy", "test"] {
            let patch = json!([{"op": op, "path": path, "from": path, "value": 1}]).to_string();
            let _ = patched(&patch, r#"{"a":[1,{"b":2}]}"#);
        }
    }
}
