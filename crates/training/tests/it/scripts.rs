//! Scripts become calls.

use expect_test::{Expect, expect};
use serde_json::{Value, json};
use training::content::{SourceFile, load};
use training::script::{Call, Reply, run};
use training::text::Values;

fn play(script: &str, replies: &[(u16, Value)]) -> (String, Result<(), String>) {
    let files = [
        SourceFile::new("labs/l/lab.md", "+++\nid = \"l\"\n+++\nBrief."),
        SourceFile::new(
            "labs/l/solution/s.toml",
            "title = 'S'\n[[do]]\nid = 'look'\nfhir = { read = 'Patient/1' }\nsave = 'seen'\n[[do]]\nid = 'wait'\nadvance = '5 min'\n",
        ),
        SourceFile::new("labs/l/wrong/w.toml", format!("title = 'W'\n{script}")),
        SourceFile::new(
            "labs/l/fixtures/p.json",
            r#"{"resourceType":"Patient","name":[{"family":"{p.name}"}]}"#,
        ),
    ];
    let catalogue = load(&files).value;
    let lab = catalogue.lab("l").unwrap();
    let values = json!({ "p": { "name": "O'Hara" }, "ids": ["a", "b"], "variant": "v" });
    let values: Values = values.as_object().unwrap().clone().into_iter().collect();
    let mut calls = String::new();
    let mut replies = replies.iter();
    let result = run(&lab.wrongs[0], &lab.solutions, &values, &mut |call| {
        calls.push_str(&line(call));
        let (status, body) = replies.next().cloned().unwrap_or((200, Value::Null));
        Ok(Reply { status, body, ..Reply::default() })
    });
    (calls, result.map_err(|error| error.problem().to_string()))
}

fn line(call: &Call) -> String {
    match call {
        Call::Http { role, method, path, headers, body } => {
            let headers: String = headers.iter().map(|(name, value)| format!(" [{name}: {value}]")).collect();
            let body = body.as_ref().map(|body| format!(" {body}")).unwrap_or_default();
            format!("{} {method} {path}{headers}{body}\n", role.word())
        }
        Call::Answer { check, value } => format!("answer {check}: {value}\n"),
        Call::App(act) => format!("app {act:?}\n"),
        Call::Hl7 { system, message } => format!("to {system}: {}\n", message.replace('\r', " ~ ")),
        Call::Rpc { method, params } => format!("rpc {method} {}\n", json!(params)),
        Call::Dicom { calling, deed, fields } => format!("{calling} {}: {fields:?}\n", deed.word()),
        Call::Serve(served) => {
            format!("serve {} for {}, when {}\n", served.id, served.hook, served.rules[0].when)
        }
        Call::Advance { us } => format!("advance {us}\n"),
    }
}

fn check(script: &str, replies: &[(u16, Value)], expected: &Expect) {
    let (calls, result) = play(script, replies);
    let end = result.err().map(|error| format!("{error}\n")).unwrap_or_default();
    expected.assert_eq(&format!("{calls}{end}"));
}

#[test]
fn every_kind_of_action_becomes_calls() {
    check(
        r#"
[[do]]
fhir = { search = "Patient?name={p.name}" }
save = "found"
[[do]]
fhir = { search = "{found.link.relation=next.url}" }
[[do]]
fhir = { create = "Patient", body = "fixtures/p.json", set = { "name.0.given.-" = "Ann", active = true } }
save = "made"
[[do]]
[do.fhir]
update = "Patient/{made.id}"
body = "{made}"
if_match = "{made.meta.versionId}"
set = { "link.-" = { type = "seealso" }, "name.0.family" = "X" }
[[do]]
for_each = "ids"
fhir = { delete = "Observation/{each}" }
[[do]]
fhir = { batch = { resourceType = "Bundle", type = "batch" } }
[[do]]
command = "admit"
with = { patient = "{made.id}" }
[[do]]
http = { as = "anonymous", method = "GET", path = "/fhir/metadata", headers = { Accept = "text/plain" } }
status = 401
[[do]]
hl7 = { to = "LIS", message = """
MSH|^~\\&|ADT
PID|1||{p.name}""" }
[[do]]
dicom = { calling = "CT02", worklist = { patient_name = "{p.name}*" } }
[[do]]
dicom = { calling = "CT02", store = { patient_id = "{made.id}", patient_name = "{p.name}", study = "1.2.3", modality = "CT" } }
[[do]]
answer = { check = "who", value = "{p.name}" }
[[do]]
variants = ["other"]
advance = "1 h"
[[do]]
play = "s"
without = ["wait"]
[[do]]
fhir = { read = "Patient/{seen.id}/_history/1" }
"#,
        &[
            (
                200,
                json!({ "link": [{ "relation": "next", "url": "http://h:1/s/x/fhir/Patient?_cursor=7&a=b" }] }),
            ),
            (200, Value::Null),
            (201, json!({ "id": "77", "meta": { "versionId": "1" }, "name": [{ "family": "O'Hara" }] })),
            (200, Value::Null),
            (204, Value::Null),
            (204, Value::Null),
            (200, Value::Null),
            (200, Value::Null),
            (401, Value::Null),
            (200, Value::Null),
            (200, Value::Null),
            (200, Value::Null),
            (200, Value::Null),
            (200, json!({ "id": "1" })),
        ],
        &expect![[r#"
            learner GET /fhir/Patient?name=O%27Hara
            learner GET /fhir/Patient?_cursor=7&a=b
            learner POST /fhir/Patient {"resourceType":"Patient","name":[{"family":"O'Hara","given":["Ann"]}],"active":true}
            learner PUT /fhir/Patient/77 [If-Match: W/"1"] {"id":"77","meta":{"versionId":"1"},"name":[{"family":"X"}],"link":[{"type":"seealso"}]}
            learner DELETE /fhir/Observation/a
            learner DELETE /fhir/Observation/b
            learner POST /fhir {"resourceType":"Bundle","type":"batch"}
            learner POST /commands/admit {"patient":"77"}
            anonymous GET /fhir/metadata [Accept: text/plain]
            to LIS: MSH|^~\&|ADT ~ PID|1||O'Hara ~ 
            CT02 worklist: {"patient_name": "O'Hara*"}
            CT02 store: {"modality": "CT", "patient_id": "77", "patient_name": "O'Hara", "study": "1.2.3"}
            answer who: O'Hara
            learner GET /fhir/Patient/1
            learner GET /fhir/Patient/1/_history/1
        "#]],
    );
}

#[test]
fn a_script_ends_where_it_breaks() {
    check(
        "[[do]]\nfhir = { read = 'Patient/1' }\n[[do]]\nadvance = '1 min'\n",
        &[(404, json!({ "resourceType": "OperationOutcome" }))],
        &expect![[r#"
            learner GET /fhir/Patient/1
            labs/l/wrong/w.toml:2:1: GET /fhir/Patient/1 came back with status 404, expected 2xx: {"resourceType":"OperationOutcome"}; play the action by hand against a fresh sandbox and compare
        "#]],
    );
    check(
        "[[do]]\nanswer = { check = 'a', value = '{gone}' }\n",
        &[],
        &expect![[r#"
        labs/l/wrong/w.toml:2:1: there is no value for the placeholder {gone}; play the action by hand against a fresh sandbox and compare
    "#]],
    );
    check(
        "[[do]]\nfor_each = 'gone'\nadvance = '1 min'\n",
        &[],
        &expect![[r#"
        labs/l/wrong/w.toml:2:1: there is no value `gone` to go through; play the action by hand against a fresh sandbox and compare
    "#]],
    );
    check(
        "[[do]]\nfhir = { create = 'Patient', body = { active = true }, set = { 'active.flag' = 1 } }\n",
        &[],
        &expect![[r#"
            labs/l/wrong/w.toml:2:1: cannot set `active.flag`: `flag` does not fit what is there; play the action by hand against a fresh sandbox and compare
        "#]],
    );
    check(
        "[[do]]\nfhir = { update = 'Patient/1', body = {} }\nstatus = 412\n",
        &[(200, json!({}))],
        &expect![[r#"
            learner PUT /fhir/Patient/1 {}
            labs/l/wrong/w.toml:2:1: PUT /fhir/Patient/1 came back with status 200, expected 412: {}; play the action by hand against a fresh sandbox and compare
        "#]],
    );
}

#[test]
fn a_request_to_the_chain_takes_what_fixtures_hold_and_replies_gave() {
    check(
        r#"
[[do]]
rpc = "practicum_deploy"
params = [{ from = 1, built = "fixtures/p.json", with = ["{p.name}"] }]
save = "made"
[[do]]
rpc = "practicum_send"
params = [{ to = "{made.address}" }]
"#,
        &[(200, json!({"address": "0x1"}))],
        &expect![[r#"
            rpc practicum_deploy [{"built":{"resourceType":"Patient","name":[{"family":"O'Hara"}]},"from":1,"with":["O'Hara"]}]
            rpc practicum_send [{"to":"0x1"}]
        "#]],
    );
    check(
        "[[do]]\nrpc = \"eth_chainId\"\n",
        &[(422, json!({"message": "refused"}))],
        &expect![[r#"
            rpc eth_chainId []
            labs/l/wrong/w.toml:2:1: eth_chainId came back with status 422, expected 2xx: {"message":"refused"}; play the action by hand against a fresh sandbox and compare
        "#]],
    );
}
