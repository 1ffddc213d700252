//! Two small labs: one that needs nothing of the hospital but a patient, one with a problem placed in it.

use training::content::SourceFile;

const DESK: &str = r#"+++
id = "desk"
version = "1.0.0"
title = "At the desk"
summary = "A small lab for tests of the engine."
level = "foundation"
minutes = 10
competencies = { "a.b" = 1.0 }
image = "general-hospital"
virtual_now = "2031-03-04T06:00"

[params]
patient = { search = "Patient?active=true" }
pulse = { number = { min = 60, max = 90 } }

[[step]]
id = "find"
title = "Find {patient.name}"

[[step.check]]
kind = "answer"
id = "born"
title = "You know the patient"
ask = "When was {patient.name} born?"
truth = "{patient.birth_date}"
placeholder = "YYYY-MM-DD"
hint = ["Look at number {patient.mrn}.", "Search by identifier."]

[[step.check]]
kind = "journal"
id = "read"
title = "You have read the chart"
where = { kind = "fhir.read", actor = "learner", subject = "Patient/{patient.id}", outcome = "ok" }
hint = ["Read it."]

[[step]]
id = "write"
title = "Write it down"

[[step.check]]
kind = "fhir"
id = "recorded"
title = "The pulse is in the chart, once"
search = "Observation?patient={patient.id}&code=http://loinc.org|8867-4&date=ge{now}"
expect = "entry.count() = 1 and entry.resource.valueQuantity.value = {pulse}"
hint = ["Create an Observation."]

[[step.check]]
kind = "http"
id = "private"
title = "Nobody else sees this hospital"
as = "other-learner"
path = "/fhir/Patient/{patient.id}"
expect = { status = 404 }
modifier = "bonus"
hint = ["It is so already."]

[[step.check]]
kind = "journal"
id = "nothing-deleted"
title = "Nothing was deleted"
modifier = "never"
where = { kind = "fhir.delete", outcome = "ok" }
say = "A record is gone."

[debrief]
ask = ["Who else should know about {patient.name}?"]
+++

Find **{patient.name}** at {fhir} and write down a pulse of {pulse}.
"#;

const VARIANT: &str = "title = \"The plain one\"\n";

const STEADY: &str = r#"+++
id = "steady"
version = "1.0.0"
title = "Steady"
summary = "A small lab in which something has to hold for a while, and something to come in time."
level = "foundation"
minutes = 10
competencies = { "a.b" = 1.0 }
image = "general-hospital"
virtual_now = "2031-03-04T06:00"

[params]
patient = { search = "Patient?active=true" }

[[step]]
id = "quiet"
title = "Keep quiet"

[[step.check]]
kind = "journal"
id = "few-reads"
title = "At most one chart was read"
where = { kind = "fhir.read" }
expect = { count = "<= 1" }
stable_for = "2 min"
hint = ["Wait."]

[[step.check]]
kind = "journal"
id = "soon"
title = "A chart was read within five minutes"
where = { kind = "fhir.read" }
within = "5 min"
hint = ["Hurry."]

[debrief]
ask = ["Why?"]
+++

Wait, then read about {patient.name}.
"#;

const RULES: &str = r#"+++
id = "rules"
version = "1.0.0"
title = "Rules"
summary = "A small lab in which a rule is tried on orders nobody has seen."
level = "foundation"
minutes = 10
competencies = { "a.b" = 1.0 }
image = "general-hospital"
virtual_now = "2031-03-04T06:00"

[params]
limit = { pick = [{ value = 31, below = 30 }, { value = 41, below = 40 }] }

[[step]]
id = "write"
title = "Write it"

[[step.check]]
kind = "support"
id = "alert"
title = "Right"
interrupted = "<= 0.3"
hint = ["Below {limit.value}."]
order = [
  { dangerous = true, orderable = "med-ibuprofen", age = 87, sex = "female", egfr = "{limit.below}" },
  { dangerous = false, orderable = "med-ibuprofen", age = 87, egfr = "{limit.value}" },
  { dangerous = false, orderable = "med-naproxen", age = 87 },
  { dangerous = false, orderable = "lab-potassium", egfr = 9 },
]

[[step.check]]
kind = "journal"
id = "read"
title = "A chart was read, so that the lab is not over before"
where = { kind = "fhir.read" }
hint = ["Read one."]

[debrief]
ask = ["Why?"]
+++

Warn below {limit.value}.
"#;

const TWINS: &str = r#"+++
id = "twins"
version = "1.0.0"
title = "Twins"
summary = "A small lab with a problem placed in the hospital."
level = "foundation"
minutes = 10
competencies = { "a.b" = 1.0 }
image = "general-hospital"
virtual_now = "2031-03-04T06:00"

[[fault]]
at = "start"
layer = "source"
do = "duplicate-patient"
edits = ["typo"]

[[step]]
id = "find"
title = "Find the second chart"

[[step.check]]
kind = "answer"
id = "twin"
title = "You know the second chart"
ask = "Which number has the second chart of {fault.survivor.given} {fault.survivor.family}?"
truth = "{fault.duplicate.mrn}"
hint = ["Search."]

[[step.check]]
kind = "fhir"
id = "retired"
title = "The second chart is retired"
search = "Patient?_id={fault.duplicate.id}"
expect = "entry.resource.active = false"
hint = ["Set active to false."]

[debrief]
ask = ["Why?"]
+++

Find it.
"#;

const TWINS_SOLUTION: &str = r#"title = "Answer and retire"

[[do]]
answer = { check = "twin", value = "{fault.duplicate.mrn}" }

[[do]]
fhir = { read = "Patient/{fault.duplicate.id}" }
save = "second"

[[do]]
id = "retire"

[do.fhir]
update = "Patient/{second.id}"
body = "{second}"
if_match = "{second.meta.versionId}"

[do.fhir.set]
active = false
"#;

const TWINS_WRONG: &str = r#"title = "The second chart stays in use"
fails = ["retired"]

[[do]]
play = "answer-and-retire"
without = ["retire"]
"#;

pub(super) fn files() -> Vec<SourceFile> {
    [
        ("labs/desk/lab.md", DESK),
        ("labs/desk/variants/plain.toml", VARIANT),
        ("labs/steady/lab.md", STEADY),
        ("labs/steady/variants/plain.toml", VARIANT),
        ("labs/rules/lab.md", RULES),
        ("labs/rules/variants/plain.toml", VARIANT),
        ("labs/twins/lab.md", TWINS),
        ("labs/twins/variants/plain.toml", VARIANT),
        ("labs/twins/solution/answer-and-retire.toml", TWINS_SOLUTION),
        ("labs/twins/wrong/left-open.toml", TWINS_WRONG),
    ]
    .into_iter()
    .map(|(path, text)| SourceFile::new(path, text))
    .collect()
}
