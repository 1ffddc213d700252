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

/// Reads a program's output: lines of the Rust test harness, and our own scripts' `N passed, N failed, N skipped`.
///
/// A Rust test that prints `skipped: reason` counts as skipped although the harness calls it passed. None when the
/// output holds no numbers at all.
pub(crate) fn read(output: &str) -> Option<(Counts, Vec<String>)> {
    let mut counts = Counts::default();
    let mut harness = 0;
    let mut found = false;
    for line in output.lines() {
        if let Some(line) = line.strip_prefix("test result: ") {
            let of_line = of_harness(line);
            harness += of_line.passed;
            counts += of_line;
            found = true;
        } else if let Some(of_line) = of_script(line) {
            counts += of_line;
            found = true;
        }
    }
    let reasons = reasons(output);
    let moved = harness.min(reasons.len() as u64);
    counts.passed -= moved;
    counts.skipped += moved;
    found.then_some((counts, reasons))
}

/// The reasons after `skipped: `, each once per line that gives it.
fn reasons(output: &str) -> Vec<String> {
    output.lines().filter_map(|line| line.trim().strip_prefix("skipped: ")).map(str::to_owned).collect()
}

/// `ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s`
fn of_harness(line: &str) -> Counts {
    let number = |word: &str| {
        let part = line.split([';', '.']).map(str::trim).find_map(|part| part.strip_suffix(word));
        part.and_then(|number| number.trim().parse().ok()).unwrap_or(0)
    };
    Counts { passed: number("passed"), failed: number("failed"), skipped: number("ignored") }
}

/// `3 passed, 0 failed, 1 skipped`
fn of_script(line: &str) -> Option<Counts> {
    let mut parts = line.trim().split(", ");
    let mut number = |word: &str| parts.next()?.strip_suffix(word)?.trim_end().parse().ok();
    let counts = Counts { passed: number("passed")?, failed: number("failed")?, skipped: number("skipped")? };
    parts.next().is_none().then_some(counts)
}
