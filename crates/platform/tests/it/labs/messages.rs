//! A lab about what other systems are told: its proof moves messages as a running hospital does.

use std::sync::Arc;

use platform::clock::SystemClock;
use platform::labs::{Speed, verify};
use training::content::SourceFile;

use super::hands::InProcess;
use crate::home::{Home, home};

const LAB: &str = r#"+++
id = "told"
version = "1.0.0"
title = "The laboratory is told"
summary = "A small lab about a message."
level = "foundation"
minutes = 10
competencies = { "a.b" = 1.0 }
image = "general-hospital"
virtual_now = "2031-03-04T06:00"

[params]
newcomer = { person = { gender = "female", born = { from = "1960-01-01", to = "1990-12-31" } } }

[[step]]
id = "register"
title = "Register {newcomer.name}"

[[step.check]]
kind = "message"
id = "heard"
title = "The laboratory knows {newcomer.family}, once"
system = "LIS"
where = { "MSH-9" = "ADT^A28", "PID-5.1" = "{newcomer.family}" }
count = "= 1"
hint = ["Register."]

[[step.check]]
kind = "journal"
id = "refused"
title = "A message without a number is in error"
where = { kind = "hl7.received", outcome = "erred" }
hint = ["Leave PID-3 empty."]

[debrief]
ask = ["Who else was told?"]
+++

Register **{newcomer.name}**.
"#;

const SOLUTION: &str = r#"title = "Registers, and sends nonsense"

[[do]]
id = "register"
command = "register"
with = { family = "{newcomer.family}", given = "{newcomer.given}", birth_date = "{newcomer.birth_date}", sex = "{newcomer.gender}" }

[[do]]
status = 422
save = "answer"

[do.hl7]
to = "LIS"
message = """
MSH|^~\\&|REG|MERCY|||20310304081500||ADT^A31^ADT_A05|1|P|2.5.1||||||UNICODE UTF-8
EVN||20310304081500
PID|1||||{newcomer.family}^{newcomer.given}||19870203|F
PV1|1|N
"""

[[do]]
fhir = { search = "Patient?family={answer.code}" }
"#;

const SILENT: &str = r#"title = "Nobody is registered"
fails = ["heard"]

[[do]]
play = "registers"
without = ["register"]
"#;

#[test]
fn messages_are_sent_moved_and_counted_in_a_proof() {
    let files = [
        ("labs/told/lab.md", LAB),
        ("labs/told/variants/plain.toml", "title = \"The plain one\"\n"),
        ("labs/told/solution/registers.toml", SOLUTION),
        ("labs/told/wrong/silent.toml", SILENT),
    ];
    let files = files.map(|(path, text)| SourceFile::new(path, text));
    let Home { platform, .. } = &home(&files);
    let hands = InProcess(Arc::clone(platform));
    let report =
        verify(platform, &hands, &SystemClock, &["told".to_owned()], &[], Speed::Untimed, &|_, _| ())
            .unwrap();
    assert!(report.holds(), "{report:#?}");
}
