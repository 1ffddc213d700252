//! Words that must not stand in certain places, each with the reason.

use crate::tidy::Problem;
use crate::tidy::source::Source;

struct Rule {
    /// Where the rule holds: prefixes of paths; empty means everywhere.
    under: &'static [&'static str],
    /// Endings of the files it reads; empty means every text file.
    endings: &'static [&'static str],
    /// Files it leaves alone.
    except: &'static [&'static str],
    /// Whether it holds in modules of tests too.
    in_tests: bool,
    words: &'static [&'static str],
    reason: &'static str,
}

const PURE: &[&str] = &[
    "crates/standards/src/",
    "crates/hospital/src/",
    "crates/training/src/",
    "crates/fhirpath/src/",
    "crates/views/src/",
    "crates/models/src/",
    "crates/lake/src/",
    "crates/flow/src/",
    "crates/scenarios/src/",
];

const RULES: &[Rule] = &[
    Rule {
        under: PURE,
        endings: &[".rs"],
        except: &[],
        in_tests: false,
        words: &["std::fs", "std::net", "std::env", "std::process", "tokio::"],
        reason: "this crate decides and does no input or output; the caller passes bytes in",
    },
    Rule {
        under: PURE,
        endings: &[".rs"],
        except: &[],
        in_tests: false,
        words: &["SystemTime", "Instant::now", "Timestamp::now", "Zoned::now", "getrandom", "thread_rng"],
        reason: "time and chance are arguments here, so that the same seed gives the same hospital",
    },
    Rule {
        under: &["crates/hospital/src/", "crates/training/src/"],
        endings: &[".rs"],
        except: &[],
        in_tests: true,
        words: &["HashMap", "HashSet"],
        reason: "its order changes from run to run; use a BTreeMap, a BTreeSet or a sorted Vec",
    },
    Rule {
        under: &[],
        endings: &[".rs", ".ts", ".mjs", ".js", ".py", ".sh", ".css", ".md", ".toml"],
        except: &[],
        in_tests: true,
        words: &[
            concat!("TO", "DO"),
            concat!("FIX", "ME"),
            concat!("XX", "X:"),
            concat!("todo", "!("),
            concat!("unimplemented", "!("),
        ],
        reason: "finish it, or write an issue; unfinished work does not land",
    },
    Rule {
        under: &[],
        endings: &[],
        except: &["Cargo.lock", "fuzz/Cargo.lock"],
        in_tests: true,
        words: &[
            concat!("registry.", "npmjs.org"),
            concat!("registry.", "yarnpkg.com"),
            concat!("index.", "crates.io"),
            concat!("static.", "crates.io"),
            concat!("files.", "pythonhosted.org"),
            concat!("pypi", ".org"),
        ],
        reason: "packages come from whatever registry the machine is set up for; name the package, not the host",
    },
];

/// Every forbidden word in one file.
pub(crate) fn check(source: &Source) -> Vec<Problem> {
    RULES.iter().filter(|rule| holds(rule, &source.path)).flat_map(|rule| find(rule, source)).collect()
}

fn holds(rule: &Rule, path: &str) -> bool {
    let within = |starts: &[&str]| starts.is_empty() || starts.iter().any(|start| path.starts_with(start));
    within(rule.under)
        && (rule.endings.is_empty() || rule.endings.iter().any(|ending| path.ends_with(ending)))
        && !rule.except.contains(&path)
        && (rule.in_tests || !is_test(path))
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

fn find(rule: &Rule, source: &Source) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (number, line) in source.text.lines().enumerate() {
        if let Some(word) = rule.words.iter().find(|word| line.contains(*word)) {
            problems.push(Problem::new(&source.path, number + 1, format!("`{word}`: {}", rule.reason)));
        }
    }
    problems
}
