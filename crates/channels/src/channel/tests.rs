use super::{Connector, DataType, QueueMode, RuleTest, StepAct, read};

pub(crate) const RESULTS: &str = r#"
name = "Laboratory results to the EHR"
description = "ORU from the LIS, with local codes turned into LOINC."

[source]
connector = "TCP Listener"
system = "EHR"

[[source.filter]]
name = "results only"
path = "MSH-9.1"
condition = "equals"
values = ["ORU"]

[[source.transformer]]
type = "Mapper"
variable = "mrn"
path = "PID-3.1"

[[source.transformer]]
name = "map codes"
type = "JavaScript"
script = '''
for (const obx of msg['OBX']) {
    const code = obx['OBX.3']['OBX.3.1'].toString();
    obx['OBX.3']['OBX.3.1'] = lookup('local-lab', code) ?? code;
}
'''

[[destinations]]
name = "EHR"
connector = "FHIR Sender"
system = "EHR"

[[destinations.transformer]]
type = "V2 to FHIR"

[destinations.queue]
mode = "always"
retry_interval_s = 5

[[destinations]]
name = "Archive"
connector = "Channel Writer"
channel = "Archive"

[tables.local-lab]
K = { target = "2823-3", display = "Potassium" }
NA = "2951-2"

[alerts]
queue_depth = 50
"#;

#[test]
fn a_whole_channel_is_read() {
    let (channel, problems) = read(RESULTS);
    assert_eq!(problems, [], "a sound channel has no problems");
    assert_eq!(channel.source.connector, Connector::TcpListener { system: Some("EHR".to_owned()) });
    assert!(
        matches!(&channel.source.filter.rules[0].test, RuleTest::Field { path, .. } if path == "MSH-9.1")
    );
    let StepAct::Script(script) = &channel.source.transformer[1].act else {
        panic!("the second step is a script")
    };
    assert_eq!(script.line, 24, "the line of the script's first line");
    assert_eq!(RESULTS.lines().nth(23), script.text.lines().next());
    let [ehr, archive] = channel.destinations.as_slice() else { panic!("two destinations") };
    assert_eq!((ehr.queue.mode, ehr.queue.retry_interval_s), (QueueMode::Always, 5));
    assert_eq!((ehr.data_type, archive.data_type), (DataType::Json, DataType::Hl7V2));
    assert_eq!(channel.tables["local-lab"]["NA"]["target"], "2951-2");
}

/// What is wrong with a file, as `line: what`.
fn problems(text: &str) -> Vec<String> {
    read(text).1.iter().map(|problem| format!("{}: {}", problem.line, problem.what)).collect()
}

#[test]
fn every_problem_is_told_with_its_line() {
    let text = r#"nam = "x"
[source]
connector = "Fax"
[[source.filter]]
path = "PIDX"
condition = "equals"
[[source.transformer]]
type = "Message Builder"
path = "PID-5"
value = "a"
from = "PID-3"
[[destinations]]
connector = "TCP Sender"
[destinations.queue]
mode = "always"
retry_interval_s = 0
"#;
    let expected = [
        "1: the channel has no `name`",
        "1: the channel has no `nam`",
        "3: `connector` is \"Fax\"",
        "4: a rule compares with nothing",
        "5: `path` is \"PIDX\", which is no place in a message",
        "7: a message builder has both `value` and `from`, or neither",
        "12: a destination has no `name`",
        "12: a destination has no `system`",
        "16: `retry_interval_s` is not a whole number from 1 to 3600",
    ];
    assert_eq!(problems(text), expected);
    let torn = problems("name = 'a'\n[source\n");
    assert!(torn.iter().any(|problem| problem.starts_with("2: this is not TOML")), "{torn:?}");
    assert!(problems("")[0].contains("no `name`"));
}
