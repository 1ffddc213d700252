//! A lab with every kind of mistake: all of them are reported, each with its line.

use expect_test::{Expect, expect};
use training::content::{SourceFile, load};

fn check(files: &[(&str, &str)], expected: &Expect) {
    let files: Vec<SourceFile> =
        files.iter().map(|(path, text)| SourceFile::new(*path, text.as_bytes())).collect();
    let problems: String = load(&files).problems.iter().map(|problem| format!("{problem}\n")).collect();
    expected.assert_eq(&problems);
}

const COMPETENCIES: &str = r#"
[[competency]]
id = "fhir.read-search"
title = "Read"
alignment = [{ framework = "F", version = "1", code = "C", read = "2026-11-24" }]
"#;

const BAD_LAB: &str = r#"+++
id = "other-name"
version = "1.0"
titel = "A lab with a slip of the pen"
summary = ""
level = "beginner"
minutes = 3
competencies = { "fhir.read-search" = 0.5, "fhir.unheard-of" = 0.2 }
cites = [{ name = "A law", checked = "last year" }]
image = 7
virtual_now = "2031-02-30"
role = "Head Nurse"
[params]
one = { pick = ["only"] }
two = { number = { min = 9, max = 1 } }
three = { digits = 40 }
four = { date = { from = "1990", to = "2000-01-01" } }
five = { person = { gender = "unknown", born = { from = "1990-01-01", to = "2000-01-01" } } }
six = { search = "Patient?family={seven.family}" }
seven = { search = "Patient?family={six.family}" }
eight = { pick = ["a", "b"], digits = 3 }
nine = { roll = 6 }
good = { search = "Encounter?status=in-progress", count = 1 }

[[fault]]
do = "duplicate-patient"

[[step]]
id = "first"
title = "First"

[[step.check]]
kind = "fhir"
id = "no-help"
title = "Nothing helps"
search = "Patient?_id={good.patient.surname}"
expect = "true"

[[step.check]]
kind = "telepathy"
id = "unknown-kind"
title = "What?"
hint = ["a", "b", "c", "d", "e"]

[[step.check]]
kind = "journal"
id = "first"
title = "Twice the same id"
where = { sort = "fhir.read", "detail.type" = 4 }
expect = { count = "a few" }
hint = ["look", ""]
modifier = "sometimes"

[[step.check]]
kind = "answer"
id = "leak"
ask = "What is {good.id}?"
truth = "{good.id}"
score = "roughly"
hint = ["It is {good.id}."]

[[step.check]]
kind = "http"
id = "probe"
title = "A probe"
as = "burglar"
method = "STEAL"
path = "/fhir/metadata"
expect = { status = 1000 }
hint = ["knock"]
within = "soon"

[[step.check]]
kind = "fhir"
id = "silent-trap"
title = "A trap without a word"
modifier = "never"
search = "Patient"
for_each = "good.patients"
expect = "entry.empty()"

[[step]]
id = "Second Step"
title = "Empty"
+++

See [the map](/maps/hospital), [the other lab](/labs/nowhere) and {nobody.name}.
The answer is {good.id}.
"#;

#[test]
fn every_mistake_in_a_lab_is_reported() {
    check(
        &[
            ("competencies/a.toml", COMPETENCIES),
            ("labs/bad-lab/lab.md", BAD_LAB),
            (
                "labs/bad-lab/variants/v.toml",
                "title = 'V'\n[fault.3]\nedits = []\n[check.nothing]\nask = 'x'\n",
            ),
            (
                "labs/bad-lab/solution/s.toml",
                "title = 'S'\nfails = ['probe']\n[[do]]\nfhir = { read = 'Patient/{gone.id}', search = 'Patient' }\n[[do]]\nanswer = { check = 'probe', value = 'x' }\n[[do]]\nadvance = 'a while'\n[[do]]\nfhir = { create = 'Patient', body = 'fixtures/none.json' }\n",
            ),
            (
                "labs/bad-lab/wrong/w.toml",
                "title = 'W'\nvariants = ['x']\n[[do]]\nplay = 'nothing'\n[[do]]\nsave = 'good'\nfhir = { update = 'Patient/1' }\n",
            ),
            ("labs/bad-lab/fixtures/unused.json", "{}"),
            ("labs/bad-lab/notes.txt", "remember the milk"),
        ],
        &expect![[r#"
            labs/bad-lab/fixtures/unused.json:1:1: nothing uses this file; name it as fixtures/… in a script or the brief, or remove it
            labs/bad-lab/lab.md:2:1: a lab has no `debrief`; add `debrief = …`
            labs/bad-lab/lab.md:2:1: a lab has no `title`; add `title = …`
            labs/bad-lab/lab.md:2:1: a lab needs at least 2 variants, this one has 1; add variants/NAME.toml that differ in the problem, not only in the numbers
            labs/bad-lab/lab.md:2:1: a lab needs at least 3 wrong answers, this one has 1; add wrong/NAME.toml for mistakes people really make
            labs/bad-lab/lab.md:2:1: the weights of the competencies sum to 0.7; make each larger than 0 and their sum 1
            labs/bad-lab/lab.md:2:1: there is no competency `fhir.unheard-of`; declare it in competencies/*.toml, or use one that is there
            labs/bad-lab/lab.md:2:6: the id `other-name` is not the folder's name; write `bad-lab`
            labs/bad-lab/lab.md:3:11: `version` cannot be `1.0`; write three numbers such as 1.0.0
            labs/bad-lab/lab.md:4:1: a lab has no key `titel`; did you mean `title`?
            labs/bad-lab/lab.md:5:11: `summary` is empty; say it in a few words
            labs/bad-lab/lab.md:6:9: `level` cannot be `beginner`; write foundation, practitioner or expert
            labs/bad-lab/lab.md:7:11: `minutes` cannot be 3; write a number from 5 to 240
            labs/bad-lab/lab.md:9:38: `checked` cannot be `last year`; write a day, YYYY-MM-DD
            labs/bad-lab/lab.md:10:9: `image` must be a text, not a whole number; write a text
            labs/bad-lab/lab.md:11:15: `virtual_now` cannot be `2031-02-30`; write a moment in UTC such as 2031-03-04T06:40
            labs/bad-lab/lab.md:12:8: `role` cannot be `Head Nurse`; write the code of a role of the hospital, such as nurse
            labs/bad-lab/lab.md:14:16: `pick` has nothing to choose from; write a list of at least two values
            labs/bad-lab/lab.md:15:18: the first bound is above the second; swap them
            labs/bad-lab/lab.md:16:20: `digits` cannot be 40; write a number from 1 to 18
            labs/bad-lab/lab.md:17:26: `from` cannot be `1990`; write a day, YYYY-MM-DD
            labs/bad-lab/lab.md:18:30: `gender` cannot be `unknown`; write female or male
            labs/bad-lab/lab.md:19:1: the param `six` needs itself; break the circle
            labs/bad-lab/lab.md:20:1: the param `seven` needs itself; break the circle
            labs/bad-lab/lab.md:21:30: a param says two things at once; write one of: pick, number, digits, date, minutes_ago, person, search
            labs/bad-lab/lab.md:22:8: a param says nothing; write one of: pick, number, digits, date, minutes_ago, person, search
            labs/bad-lab/lab.md:22:10: a param has no key `roll`; known keys: date, digits, minutes_ago, number, person, pick, search
            labs/bad-lab/lab.md:25:1: a fault has no `at`; add `at = …`
            labs/bad-lab/lab.md:32:1: a check has no hint; add `hint`: a nudge, a pointer, a method, a worked step
            labs/bad-lab/lab.md:32:1: the placeholder {good.patient.surname} has no value; known fields: birth_date, city, family, gender, given, id, line, mrn, name, phone, postal_code, type, version
            labs/bad-lab/lab.md:39:1: a hint ladder has more than four rungs; keep nudge, pointer, method, worked step
            labs/bad-lab/lab.md:40:8: there is no check of kind `telepathy`; write fhir, journal, http, support, message, record, rows, release, channel, reach, security, ledger, service, flow, bedside or answer
            labs/bad-lab/lab.md:45:1: a hint is empty; say something that moves the learner on
            labs/bad-lab/lab.md:45:1: the id `first` is used twice; give each step and each check its own id
            labs/bad-lab/lab.md:49:11: a journal entry has no field `sort`; write one of: kind, actor, source, target, subject, outcome, or "detail.NAME" in quotes
            labs/bad-lab/lab.md:49:47: the pattern of `detail.type` must be a text; put it in quotes
            labs/bad-lab/lab.md:50:20: `count` cannot be `a few`; write a bound such as `>= 1` or `= 0`
            labs/bad-lab/lab.md:52:12: `modifier` cannot be `sometimes`; write must, bonus or never
            labs/bad-lab/lab.md:54:1: the words of `leak` give an answer away; describe it instead: a learner has to find it
            labs/bad-lab/lab.md:59:9: `score` cannot be `roughly`; write exact, f1 >= 0.9 or within 0.5
            labs/bad-lab/lab.md:66:6: `as` cannot be `burglar`; write one of: learner, other-learner, instructor, anonymous
            labs/bad-lab/lab.md:67:10: `method` cannot be `STEAL`; write GET, POST, PUT or DELETE
            labs/bad-lab/lab.md:69:21: `status` cannot be 1000; write a number from 100 to 599
            labs/bad-lab/lab.md:71:10: `within` cannot be `soon`; write a time such as `30 s`, `20 min` or `2 h`
            labs/bad-lab/lab.md:73:1: `for_each` goes through `good.patients`, which has no value; known fields: class, id, location, patient, start, status, type, version
            labs/bad-lab/lab.md:73:1: a trap does not explain itself; add `say`: what went wrong and why it matters
            labs/bad-lab/lab.md:73:1: no wrong answer trips `silent-trap` in the variant `v`; add a wrong answer that names it in `fails`
            labs/bad-lab/lab.md:82:1: `Second Step` is not an id; write lower-case words joined by hyphens
            labs/bad-lab/lab.md:82:1: a step has no check; add a [[step.check]], or drop the step
            labs/bad-lab/lab.md:87:15: the link `/maps/hospital` leads nowhere; link to https://…, #heading, /labs/SLUG, /tracks/SLUG or fixtures/NAME
            labs/bad-lab/lab.md:87:48: the link `/labs/nowhere` leads nowhere; link to a lab or track that is there
            labs/bad-lab/lab.md:87:67: the placeholder {nobody.name} has no value; known values: eight, fault, fhir, five, good, now, sandbox, seven, six, today, variant
            labs/bad-lab/lab.md:88:15: the brief gives an answer away; describe it instead: a learner has to find it
            labs/bad-lab/notes.txt:1:1: this file belongs to nothing; a lab has lab.md, variants/*.toml, solution/*.toml, wrong/*.toml and fixtures/*; move or remove the file
            labs/bad-lab/solution/s.toml:1:1: a solution fails nothing; remove `fails`, or move the file to wrong/
            labs/bad-lab/solution/s.toml:1:1: the lab has no check `probe`; name checks of lab.md in `fails`
            labs/bad-lab/solution/s.toml:3:1: the placeholder {gone.id} has no value; known values: eight, fault, fhir, five, good, now, sandbox, seven, six, today, variant
            labs/bad-lab/solution/s.toml:4:38: a fhir action says two things at once; write one of: read, search, create, update, delete, batch
            labs/bad-lab/solution/s.toml:5:1: no question is called `probe`; name a check of kind answer
            labs/bad-lab/solution/s.toml:8:11: `advance` cannot be `a while`; write a time such as `30 min`
            labs/bad-lab/solution/s.toml:10:37: there is no file `fixtures/none.json`; write the path below the lab's folder
            labs/bad-lab/variants/v.toml:2:8: the lab has no fault `3`; count its [[fault]] tables from 0, or add one with [[fault]]
            labs/bad-lab/variants/v.toml:4:8: the lab has no check `nothing`; name a check of lab.md
            labs/bad-lab/wrong/w.toml:1:1: a wrong answer says which checks it fails; add `fails = ["check"]`
            labs/bad-lab/wrong/w.toml:1:1: the lab has no variant `x`; name a file of variants/
            labs/bad-lab/wrong/w.toml:7:8: a fhir action has no `body`; add `body = …`
        "#]],
    );
}

#[test]
fn mistakes_in_the_form_of_files_are_reported() {
    check(
        &[
            ("labs/Bad_Name/lab.md", "no front matter\n"),
            ("labs/empty/variants/a.toml", "title = 'A'"),
            ("labs/syntax/lab.md", "+++\nid = \"syntax\n= 3\ntitle = [\n+++\n"),
            (
                "tracks/t.toml",
                "title = 'T'\nabout = 'A'\norder = 0\nlabs = ['ghost', 'empty', 'empty']\nfoo = 1",
            ),
            (
                "competencies/c.toml",
                "[[competency]]\nid = 'One'\ntitle = 'x'\n[[competency]]\nid = 'a.b'\ntitle = 'x'\nalignment = [{ framework = 'F' }]\n[[competency]]\nid = 'a.b'\ntitle = 3\nalignment = 'none'\n",
            ),
            ("competencies/list.txt", ""),
        ],
        &expect![[r#"
            competencies/c.toml:1:1: `One` is not a competency id; write area.verb-object in lower case, such as fhir.read-resources
            competencies/c.toml:1:1: a competency is aligned to no framework; add at least one [[competency.alignment]]
            competencies/c.toml:7:14: an alignment has no `code`; add `code = …`
            competencies/c.toml:7:14: an alignment has no `read`; add `read = …`
            competencies/c.toml:7:14: an alignment has no `version`; add `version = …`
            competencies/c.toml:8:1: a competency is aligned to no framework; add at least one [[competency.alignment]]
            competencies/c.toml:8:1: the competency `a.b` is declared twice; keep one of them
            competencies/c.toml:10:9: `title` must be a text, not a whole number; write a text
            competencies/c.toml:11:13: `alignment` must be a list, not a text; write a list
            competencies/list.txt:1:1: this file belongs to nothing; a lab has lab.md, variants/*.toml, solution/*.toml, wrong/*.toml and fixtures/*; move or remove the file
            labs/Bad_Name/lab.md:1:1: the front matter is missing; begin the file with a `+++` line, TOML, and another `+++` line
            labs/empty/lab.md:1:1: the lab has no lab.md; write one, or remove the folder
            labs/syntax/lab.md:1:1: no solution plays the variant `base`; add solution/NAME.toml, or name the variant in one that is there
            labs/syntax/lab.md:1:1: nothing has to be done: no check is a must; add a check without a modifier
            labs/syntax/lab.md:2:1: a lab has no `competencies`; add `competencies = …`
            labs/syntax/lab.md:2:1: a lab has no `debrief`; add `debrief = …`
            labs/syntax/lab.md:2:1: a lab has no `image`; add `image = …`
            labs/syntax/lab.md:2:1: a lab has no `level`; add `level = …`
            labs/syntax/lab.md:2:1: a lab has no `minutes`; add `minutes = …`
            labs/syntax/lab.md:2:1: a lab has no `step`; add `step = …`
            labs/syntax/lab.md:2:1: a lab has no `summary`; add `summary = …`
            labs/syntax/lab.md:2:1: a lab has no `version`; add `version = …`
            labs/syntax/lab.md:2:1: a lab has no `virtual_now`; add `virtual_now = …`
            labs/syntax/lab.md:2:1: a lab needs at least 2 variants, this one has 0; add variants/NAME.toml that differ in the problem, not only in the numbers
            labs/syntax/lab.md:2:1: a lab needs at least 3 wrong answers, this one has 0; add wrong/NAME.toml for mistakes people really make
            labs/syntax/lab.md:2:1: the lab gives evidence for no competency; name one with the weight 1
            labs/syntax/lab.md:2:13: this is not TOML: invalid basic string, expected `"`; compare with the lab that `practicum lab new` writes
            labs/syntax/lab.md:3:1: a lab has no key ``; did you mean `id`?
            labs/syntax/lab.md:3:1: this is not TOML: unquoted keys cannot be empty, expected letters, numbers, `-`, `_`; compare with the lab that `practicum lab new` writes
            labs/syntax/lab.md:4:9: `title` must be a text, not a list; write a text
            labs/syntax/lab.md:4:10: this is not TOML: unclosed array, expected `]`; compare with the lab that `practicum lab new` writes
            labs/syntax/lab.md:6:1: the lab has no brief; below the second +++ line, say what happened and what to do
            tracks/t.toml:3:9: `order` cannot be 0; write a number from 1 to 1000
            tracks/t.toml:4:1: the lab `empty` stands in the track twice; keep one of them
            tracks/t.toml:4:1: there is no lab `empty`; name a folder of labs/
            tracks/t.toml:4:1: there is no lab `ghost`; name a folder of labs/
            tracks/t.toml:5:1: a track has no key `foo`; known keys: about, drills, labs, order, title
        "#]],
    );
}

#[test]
fn what_is_not_utf_8_is_reported_with_its_line() {
    let files = [SourceFile::new("tracks/t.toml", b"title = 'T'\nabout = '\xff'\n".to_vec())];
    let problems = load(&files).problems;
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].to_string(), "tracks/t.toml:2:1: this line is not UTF-8; save the file as UTF-8");
}

#[test]
fn a_file_given_twice_is_reported() {
    let file = SourceFile::new("competencies/a.toml", COMPETENCIES);
    let problems = load(&[file.clone(), file]).problems;
    assert_eq!(problems.len(), 1, "{problems:?}");
}

const SUPPORT_LAB: &str = r#"+++
id = "rules"
[params]
limit = { number = { min = 30, max = 40 } }
[[step]]
id = "s"
title = "S"
[[step.check]]
kind = "support"
id = "alert"
title = "Quiet"
interrupted = "few"
hint = ["x"]
[[step.check.order]]
dangerous = "yes"
orderable = "med-ibuprofen"
egfr = "{limits}"
[[step.check.order]]
dangerous = false
orderabel = "med-naproxen"
age = [70]
results = [{ test = "2823-3" }]
orders = [{ orderable = "med-ibuprofen", since = 3 }]
+++
Brief.
"#;

#[test]
fn every_mistake_in_a_hidden_order_is_reported_with_its_line() {
    let files = [SourceFile::new("labs/rules/lab.md", SUPPORT_LAB)];
    let problems = load(&files).problems;
    let of_orders = problems.iter().filter(|problem| (8..24).contains(&problem.place.line));
    let found: String = of_orders.map(|problem| format!("{problem}\n")).collect();
    expect![[r#"
        labs/rules/lab.md:8:1: no hidden order is dangerous; add an `order` with dangerous = true: a rule has to tell the two apart
        labs/rules/lab.md:12:15: `interrupted` cannot be `few`; write a share of the harmless orders such as `<= 0.1`
        labs/rules/lab.md:14:1: `dangerous` must be true or false; write dangerous = true
        labs/rules/lab.md:14:1: the placeholder {limits} has no value; known values: fhir, limit, now, sandbox, today, variant
        labs/rules/lab.md:18:1: a hidden order has no `orderable`; add `orderable = …`
        labs/rules/lab.md:20:1: a hidden order has no key `orderabel`; did you mean `orderable`?
        labs/rules/lab.md:21:7: `age` must be a text or a number, not a list; write it plainly
        labs/rules/lab.md:22:12: a result has no `value`; add `value = …`
        labs/rules/lab.md:23:42: another order has no key `since`; known keys: hours_ago, orderable, status
    "#]].assert_eq(&found);
}
