//! Proofs find what is wrong with a lab, and nothing in one that is right.

use std::collections::BTreeSet;

use expect_test::{Expect, expect};
use serde_json::json;
use training::check::Verdict;
use training::content::{SourceFile, load};
use training::lab::{Lab, Modifier, Variant};
use training::proof::{Finding, Judged, Play, Player, Proof, Speed, Started, plan, prove};
use training::script::{Call, Reply};
use training::text::Values;

const LAB: &str = r#"+++
id = "l"
virtual_now = "2031-03-04T06:00"
[params]
room = { digits = 6 }
[[step]]
id = "s"
title = "S"
[[step.check]]
kind = "answer"
id = "asked"
ask = "Which room?"
truth = "{room}"
hint = ["look"]
[[step.check]]
kind = "journal"
id = "done"
title = "Done"
where = { kind = "command" }
hint = ["do it"]
[[step.check]]
kind = "journal"
id = "harm"
title = "No harm"
modifier = "never"
where = { kind = "fhir.delete" }
say = "Harm."
+++
Find the room.
"#;

fn lab() -> Lab {
    let files = [
        SourceFile::new("labs/l/lab.md", LAB),
        SourceFile::new("labs/l/variants/v.toml", "title = 'V'"),
        SourceFile::new(
            "labs/l/solution/s.toml",
            "title = 'S'\n[[do]]\nanswer = { check = 'asked', value = '{room}' }\n[[do]]\nid = 'do'\ncommand = 'do'\n",
        ),
        SourceFile::new(
            "labs/l/wrong/idle.toml",
            "title = 'I'\nfails = ['done']\n[[do]]\nplay = 's'\nwithout = ['do']\n",
        ),
        SourceFile::new(
            "labs/l/wrong/harm.toml",
            "title = 'H'\nfails = ['harm']\n[[do]]\nplay = 's'\n[[do]]\ncommand = 'harm'\n",
        ),
    ];
    load(&files).value.lab("l").unwrap().clone()
}

/// A hospital that is a set of words, with one thing wrong in it.
#[derive(Default)]
struct Fake {
    fault: &'static str,
    values: Values,
    done: BTreeSet<String>,
    judgings: u32,
}

impl Fake {
    fn judged(&self, check: &str, passed: bool) -> Judged {
        let truth = if check == "asked" {
            vec![self.values["room"].as_str().unwrap().to_owned()]
        } else {
            Vec::new()
        };
        let took_us = if self.fault == "slow check" && check == "done" { 300_000 } else { 1_000 };
        Judged { check: check.to_owned(), verdict: Verdict { passed, ..Verdict::default() }, truth, took_us }
    }
}

impl Player for Fake {
    fn start(&mut self, _: &Lab, variant: &Variant, learner: &str) -> Result<Started, String> {
        if self.fault == "no start" {
            return Err("the image is missing".to_owned());
        }
        let room = match self.fault {
            "same for all" => "123456".to_owned(),
            "chance" => format!("1{:05}", self.judgings),
            _ => format!("{:06}", 100_000 + learner.len()),
        };
        // Every start is in a sandbox of its own, and a value may speak of it.
        let sandbox = format!("house-{}", self.judgings);
        self.values = Values::from([
            ("variant".to_owned(), json!(variant.id)),
            ("room".to_owned(), json!(room)),
            ("task".to_owned(), json!([{"say": format!("POST /s/{sandbox}/eth")}])),
            ("sandbox".to_owned(), json!(sandbox)),
        ]);
        self.done.clear();
        self.judgings += 1;
        let took_us = if self.fault == "slow start" { 2_000_000 } else { 900 };
        Ok(Started { values: self.values.clone(), took_us })
    }

    fn play(&mut self, call: &Call) -> Result<Reply, String> {
        match call {
            Call::Answer { check, value } => self.done.insert(format!("{check}={value}")),
            Call::Http { path, .. } if self.fault == "refuses" && path == "/commands/do" => {
                return Ok(Reply { status: 500, ..Reply::default() });
            }
            Call::Http { path, .. } => self.done.insert(path.clone()),
            Call::App(act) => self.done.insert(format!("{act:?}")),
            Call::Hl7 { system, .. } => self.done.insert(system.clone()),
            Call::Rpc { method, .. } => self.done.insert(method.clone()),
            Call::Dicom { calling, .. } => self.done.insert(calling.clone()),
            Call::Serve(served) => self.done.insert(served.id.clone()),
            Call::Advance { .. } => true,
        };
        Ok(Reply { status: 200, ..Reply::default() })
    }

    fn verdicts(&mut self) -> Result<Vec<Judged>, String> {
        self.judgings += 1;
        if self.fault == "checks write" {
            self.done.insert("a check was here".to_owned());
        }
        let room = self.values["room"].as_str().unwrap();
        let done = self.done.contains("/commands/do") || self.fault == "green from the start";
        let harm = self.done.contains("/commands/harm") && self.fault != "trap asleep";
        let mut all = vec![
            self.judged("asked", self.done.contains(&format!("asked={room}"))),
            self.judged("done", done),
        ];
        if self.fault != "one unjudged" {
            all.push(self.judged("harm", !harm));
        }
        Ok(all)
    }

    fn state_hash(&mut self) -> Result<String, String> {
        Ok(format!("{:?}", self.done))
    }

    fn reset(&mut self) -> Result<(), String> {
        if self.fault != "reset forgets" {
            self.done.clear();
        }
        Ok(())
    }
}

fn findings(lab: &Lab, fault: &'static str) -> Vec<Finding> {
    prove(lab, &mut Fake { fault, ..Fake::default() }, Speed::Timed)
}

fn check(fault: &'static str, expected: &Expect) {
    let findings = findings(&lab(), fault);
    let text: String = findings.iter().map(|finding| format!("{:?}: {finding}\n", finding.proof)).collect();
    expected.assert_eq(&text);
}

#[test]
fn a_lab_that_is_right_has_no_finding() {
    assert_eq!(findings(&lab(), ""), []);
}

#[test]
fn every_proof_can_fail() {
    check(
        "green from the start",
        &expect![[r#"
        UntouchedFails: labs/l/variants/v.toml:1:1: `done` passes and should not:  ; compare with labs/l/lab.md:15 [variant v]
        WrongFailsAsNamed: labs/l/wrong/idle.toml:1:1: `done` passes and should not:  ; compare with labs/l/lab.md:15 [variant v]
    "#]],
    );
    check(
        "refuses",
        &expect![[r#"
        SolutionPasses: labs/l/solution/s.toml:4:1: POST /commands/do came back with status 500, expected 2xx: null; play the action by hand against a fresh sandbox and compare [variant v]
        WrongFailsAsNamed: labs/l/solution/s.toml:4:1: POST /commands/do came back with status 500, expected 2xx: null; play the action by hand against a fresh sandbox and compare [variant v]
    "#]],
    );
    check(
        "trap asleep",
        &expect![[r#"
        WrongFailsAsNamed: labs/l/wrong/harm.toml:1:1: `harm` passes and should not:  ; compare with labs/l/lab.md:21 [variant v]
    "#]],
    );
    check(
        "checks write",
        &expect![[r#"
        ChecksChangeNothing: labs/l/variants/v.toml:1:1: the checks changed the hospital; compare the sandbox's resources before and after [variant v]
    "#]],
    );
    check(
        "same for all",
        &expect![[r#"
        SeedsDiffer: labs/l/lab.md:9:1: `asked` has the same answer for everyone; ask for something that a param decides [variant v]
        SeedsDiffer: labs/l/variants/v.toml:1:1: other seeds give the same values; add params that differ [variant v]
    "#]],
    );
    check(
        "chance",
        &expect![[r#"
        SeedsDiffer: labs/l/variants/v.toml:1:1: the same seed gives another lab; look for chance outside the seed [variant v]
    "#]],
    );
    check(
        "slow start",
        &expect![[r#"
        FastEnough: labs/l/variants/v.toml:1:1: the start took 2000 ms; search for less in `params` [variant v]
    "#]],
    );
    check(
        "slow check",
        &expect![[r#"
        FastEnough: labs/l/lab.md:15:1: `done` took 300 ms to judge; search for less [variant v]
    "#]],
    );
    check(
        "reset forgets",
        &expect![[r#"
        ResetRestores: labs/l/variants/v.toml:1:1: after the solution, a reset does not restore the start; compare the sandbox's resources before and after [variant v]
    "#]],
    );
    check(
        "one unjudged",
        &expect![[r#"
        UntouchedFails: labs/l/lab.md:21:1: `harm` was not judged; look for the check's error in the server's log [variant v]
        SolutionPasses: labs/l/lab.md:21:1: `harm` was not judged; look for the check's error in the server's log [variant v]
        WrongFailsAsNamed: labs/l/lab.md:21:1: `harm` was not judged; look for the check's error in the server's log [variant v]
    "#]],
    );
    check(
        "no start",
        &expect![[r#"
            UntouchedFails: labs/l/variants/v.toml:1:1: the image is missing; read the server's log beside the proof [variant v]
            SolutionPasses: labs/l/solution/s.toml:1:1: the image is missing; read the server's log beside the proof [variant v]
            WrongFailsAsNamed: labs/l/wrong/harm.toml:1:1: the image is missing; read the server's log beside the proof [variant v]
            WrongFailsAsNamed: labs/l/wrong/idle.toml:1:1: the image is missing; read the server's log beside the proof [variant v]
        "#]],
    );
}

#[test]
fn nothing_is_too_slow_where_nothing_is_timed() {
    for fault in ["slow start", "slow check"] {
        assert_eq!(prove(&lab(), &mut Fake { fault, ..Fake::default() }, Speed::Untimed), [], "{fault}");
    }
}

#[test]
fn an_answer_in_the_brief_is_found() {
    let mut lab = lab();
    lab.brief = "The room is 100009.".to_owned();
    let leaks: Vec<Finding> =
        findings(&lab, "").into_iter().filter(|finding| finding.proof == Proof::NothingLeaks).collect();
    assert_eq!(leaks.len(), 1);
    assert_eq!(leaks[0].problem.place.line, lab.brief_line);
}

#[test]
fn the_plan_has_a_play_for_everything() {
    let lab = lab();
    let plays = plan(&lab, &lab.variants[0]);
    assert!(matches!(plays.as_slice(), [Play::Untouched, Play::Solution(_), Play::Wrong(_), Play::Wrong(_)]));
    assert_eq!(Proof::ALL.len(), 9);
    assert!(lab.variants[0].checks().any(|check| check.modifier == Modifier::Never));
}
