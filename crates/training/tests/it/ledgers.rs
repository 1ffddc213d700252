//! Checks on a chain, and on what a contract does in situations that nobody has seen.

use serde_json::json;
use training::check::{Request, depends_on, judge, requests};
use training::content::{SourceFile, load};
use training::facts::{Observed, OnChain};
use training::lab::{Come, LedgerTest};
use training::text::Values;

use crate::checks::read;
use crate::fake::Small;

const CASES: &str = r#"
kind = "ledger"
id = "c"
title = "It behaves"
deployed_by = "{me}"
hint = ["x"]

[[step.check.case]]
do = [
  { by = "{me}", call = "grant(address,uint32)", with = ["@2", "{scope}"], expect = "tells Granted(address,uint32)" },
  { by = "3", call = "allowed(address)(bool)", with = ["@2"], after = "2 h", expect = ["{yes}"] },
]

[[step.check.case]]
do = [{ by = "4", call = "revoke(address)", with = ["@2"], expect = "refused" }]
"#;

const ABSENT: &str = r#"
kind = "ledger"
id = "c"
title = "No patient"
modifier = "never"
say = "Oh."
absent = ["{mrn}"]
"#;

const OPENS: &str = r#"
kind = "ledger"
id = "c"
title = "Opens"
deployed_by = "1"
opens = "has(bytes32)(bool)"
kept = ["a {mrn}", "b 2"]
erased = ["c 3"]
hint = ["x"]
"#;

const NONE: &str = r#"
kind = "ledger"
id = "c"
title = "None"
modifier = "never"
say = "Oh."
contracts = "<= 1"
"#;

fn values() -> Values {
    let values = json!({"me": 3, "scope": 5, "yes": "true", "mrn": "MRN-7"});
    values.as_object().unwrap().clone().into_iter().collect()
}

fn passes(check: &str, seen: OnChain) -> bool {
    let verdict = judge(&read(check), &values(), &[Observed::OnChain(seen)], &Small);
    assert!(!verdict.observed.contains("line "), "the learner is not told which: {}", verdict.observed);
    verdict.passed
}

#[test]
fn situations_are_filled_and_all_must_go_right() {
    let asked = requests(&read(CASES), &values()).unwrap();
    let [Request::Chain(LedgerTest::Cases { deployed_by, cases })] = asked.as_slice() else {
        panic!("{asked:?}")
    };
    assert_eq!((deployed_by.as_str(), cases.len()), ("3", 2));
    let [grant, ask] = cases[0].deeds.as_slice() else { panic!() };
    assert_eq!((grant.by.as_str(), &grant.with[1]), ("3", &"5".to_owned()));
    assert_eq!(grant.expect, Come::Tells("Granted(address,uint32)".to_owned()));
    assert_eq!(ask.expect, Come::Gives(vec!["true".to_owned()]));
    assert_eq!(ask.after.unwrap().us, 7_200_000_000);
    assert_eq!(cases[1].deeds[0].expect, Come::Refused);
    assert!(depends_on(&read(CASES)).contains(&"ledger.*".to_owned()));

    assert!(passes(CASES, OnChain::Tried(vec![None, None])));
    assert!(!passes(CASES, OnChain::Tried(vec![None, Some(0)])));
    assert!(!passes(CASES, OnChain::NoContract));
    assert!(!passes(CASES, OnChain::Count(0)), "another question was answered");
}

#[test]
fn words_contracts_and_commitments_are_judged() {
    assert_eq!(
        requests(&read(ABSENT), &values()).unwrap(),
        [Request::Chain(LedgerTest::Absent { words: vec!["MRN-7".to_owned()] })]
    );
    assert!(passes(ABSENT, OnChain::Found(Vec::new())));
    assert!(!passes(ABSENT, OnChain::Found(vec!["as text in transaction 0x1".to_owned()])));
    assert!(passes(NONE, OnChain::Count(1)));
    assert!(!passes(NONE, OnChain::Count(2)));
    let opened =
        |kept: &[bool], erased: &[bool]| OnChain::Opened { kept: kept.into(), erased: erased.into() };
    assert!(passes(OPENS, opened(&[true, true], &[false])));
    assert!(!passes(OPENS, opened(&[true, false], &[false])));
    assert!(!passes(OPENS, opened(&[true, true], &[true])));
}

#[test]
fn mistakes_have_their_line() {
    let wrong = [
        ("expect = \"refused\"", "expect = \"perhaps\"", "`expect` is not what can come of a deed"),
        ("by = \"4\", ", "", "a deed has no `by`"),
        ("\"{scope}\"", "\"{scop}\"", "the placeholder {scop} has no value"),
        ("deployed_by = \"{me}\"", "deployed_by = \"{me}\"\nabsent = []", "says two things at once"),
    ];
    for (right, other, expected) in wrong {
        let check = CASES.replace(right, other);
        let lab = format!(
            "+++\nid = \"l\"\n[params]\nme = {{ number = {{ min = 1, max = 3 }} }}\nscope = {{ pick = [1, 2] }}\nyes = {{ pick = [\"true\"] }}\n[[step]]\nid = \"s\"\n[[step.check]]\n{check}\n+++\nBrief."
        );
        let problems = load(&[SourceFile::new("labs/l/lab.md", lab)]).problems;
        assert!(problems.iter().any(|problem| problem.what.contains(expected)), "{expected}: {problems:?}");
    }
}
