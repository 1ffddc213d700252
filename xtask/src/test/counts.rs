use std::ops::AddAssign;

/// How many tests passed, failed and could not run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Counts {
    pub(crate) const fn one_passed() -> Self {
        Self { passed: 1, failed: 0, skipped: 0 }
    }

    pub(crate) const fn one_failed() -> Self {
        Self { passed: 0, failed: 1, skipped: 0 }
    }

    pub(crate) const fn one_skipped() -> Self {
        Self { passed: 0, failed: 0, skipped: 1 }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// Reads a program's output: lines of the Rust and Node test harnesses, and our scripts' `N passed, N failed, N skipped`.
///
/// A Rust test that prints `skipped: reason` counts as skipped although the harness calls it passed. None when the
/// output holds no numbers at all.
pub(crate) fn read(output: &str) -> Option<(Counts, Vec<String>)> {
    let mut counts = Counts::default();
    let mut of_rust = 0;
    let mut found = false;
    for line in output.lines() {
        let rust = line.strip_prefix("test result: ").map(of_rust_harness);
        of_rust += rust.map_or(0, |counts| counts.passed);
        if let Some(of_line) = rust.or_else(|| of_node_harness(line)).or_else(|| of_script(line)) {
            counts += of_line;
            found = true;
        }
    }
    let reasons = reasons(output);
    let moved = of_rust.min(reasons.len() as u64);
    counts.passed -= moved;
    counts.skipped += moved;
    found.then_some((counts, reasons))
}

/// The reasons after `skipped: `, in the order they were given.
fn reasons(output: &str) -> Vec<String> {
    output.lines().filter_map(|line| line.trim().strip_prefix("skipped: ")).map(str::to_owned).collect()
}

/// What tests say of a public conformance suite: what stands after `suite: ` in lines such as
/// `suite: FHIRPath R4: 5 of 6, 1 known`.
pub(crate) fn suites(output: &str) -> Vec<String> {
    output.lines().filter_map(|line| line.trim().strip_prefix("suite: ")).map(str::to_owned).collect()
}

/// The names of what failed, each once, in the order they were told: by the test harnesses of Rust and Node, and by a proof.
pub(crate) fn failures(output: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in output.lines().filter_map(failure) {
        if !names.iter().any(|named| named == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// `test it::works ... FAILED`, `not ok 3 - works`, `✖ works (12.5ms)`, `first-shift (new, returning): DOES NOT HOLD`
fn failure(line: &str) -> Option<&str> {
    let line = line.trim();
    let rust = || line.strip_prefix("test ")?.strip_suffix(" ... FAILED");
    let tap =
        || Some(line.strip_prefix("not ok ")?.split_once(" - ")?.1).filter(|name| !name.ends_with(".mjs"));
    let spec = || Some(line.strip_prefix("\u{2716} ")?.rsplit_once(" (")?.0);
    let proof = || Some(line.strip_suffix(": DOES NOT HOLD")?.split_once(" (").map_or(line, |(id, _)| id));
    rust().or_else(tap).or_else(spec).or_else(proof)
}

/// `ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s`
fn of_rust_harness(line: &str) -> Counts {
    let number = |word: &str| {
        let part = line.split([';', '.']).map(str::trim).find_map(|part| part.strip_suffix(word));
        part.and_then(|number| number.trim().parse().ok()).unwrap_or(0)
    };
    Counts { passed: number("passed"), failed: number("failed"), skipped: number("ignored") }
}

/// `# pass 3`, `# fail 0`, `# skipped 1`; newer versions of Node print another mark for `#`.
fn of_node_harness(line: &str) -> Option<Counts> {
    let line = line.strip_prefix("# ").or_else(|| line.strip_prefix("\u{2139} "))?;
    let (word, number) = line.split_once(' ')?;
    let number = number.trim().parse().ok()?;
    let none = Counts::default();
    match word {
        "pass" => Some(Counts { passed: number, ..none }),
        "fail" | "cancelled" => Some(Counts { failed: number, ..none }),
        "skipped" => Some(Counts { skipped: number, ..none }),
        _ => None,
    }
}

/// `3 passed, 0 failed, 1 skipped`
fn of_script(line: &str) -> Option<Counts> {
    let mut parts = line.trim().split(", ");
    let mut number = |word: &str| parts.next()?.strip_suffix(word)?.trim_end().parse().ok();
    let counts = Counts { passed: number("passed")?, failed: number("failed")?, skipped: number("skipped")? };
    parts.next().is_none().then_some(counts)
}
