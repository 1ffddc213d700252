use crate::test::counts::{self, Counts};
use crate::test::plan::PLAN;
use crate::test::runner::chosen;

fn check(output: &str, expected: Option<(u64, u64, u64)>) {
    let found = counts::read(output).map(|(Counts { passed, failed, skipped }, _)| (passed, failed, skipped));
    assert_eq!(found, expected, "{output}");
}

#[test]
fn numbers_are_read_from_output() {
    check("Compiling a\nFinished", None);
    check(
        "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s",
        Some((12, 0, 1)),
    );
    check(
        "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured\ntest result: ok. 3 passed; 0 failed; 0 ignored",
        Some((4, 2, 0)),
    );
    check("skipped: no such data\ntest result: ok. 3 passed; 0 failed; 0 ignored", Some((2, 0, 1)));
    check("all labs\n9 passed, 0 failed, 2 skipped", Some((9, 0, 2)));
    check("9 passed, 0 failed, 2 skipped, and more", None);
    check("# tests 6\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n# duration_ms 9.5", Some((3, 2, 1)));
}

#[test]
fn public_suites_tell_how_they_went() {
    let output =
        "  suite: FHIRPath R4: 5 of 6, 1 known\nnote: 5 of them\nthe suite: 5 of 6\nsuite: B: 2 of 2";
    assert_eq!(counts::suites(output), ["FHIRPath R4: 5 of 6, 1 known", "B: 2 of 2"]);
}

#[test]
fn what_failed_is_named_once() {
    let output = "running 2 tests\ntest it::works ... ok\ntest it::breaks ... FAILED\nnot ok 3 - walks\n\
                  not ok 1 - web/e2e/a.e2e.mjs\n  \u{2716} jumps (high) (12.5ms)\n\u{2716} jumps (high) (12.5ms)\n\
                  first-shift (new, returning): DOES NOT HOLD\nfirst-day (new): holds\n\u{2714} sits (1ms)";
    assert_eq!(counts::failures(output), ["it::breaks", "walks", "jumps (high)", "first-shift"]);
}

#[test]
fn a_named_step_brings_what_it_needs() {
    let names = |only: &[&str]| chosen(only).unwrap().iter().map(|step| step.name).collect::<Vec<_>>();
    assert_eq!(names(&["content"]), ["build", "content"]);
    assert_eq!(names(&["tidy", "--only", "format"]), ["format", "tidy"]);
    assert_eq!(names(&[]).len(), PLAN.len());
    assert!(chosen(&["gone"]).is_err());
}

#[test]
fn a_step_needs_only_steps_before_it() {
    for (place, step) in PLAN.iter().enumerate() {
        for need in step.needs {
            assert!(PLAN[..place].iter().any(|before| before.name == *need), "{} needs {need}", step.name);
        }
    }
}
