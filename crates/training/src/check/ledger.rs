//! Checks on the chain and the contracts on it.

use super::judge::Finding;
use crate::facts::{Observed, OnChain};
use crate::lab::{Come, Deed, LedgerTest, Situation};
use crate::text::{Escape, UnknownValue, Values, fill};

/// The test with every placeholder filled.
pub(super) fn filled(test: &LedgerTest, values: &Values) -> Result<LedgerTest, UnknownValue> {
    let text = |text: &String| fill(text, values, Escape::Plain);
    let texts = |texts: &[String]| texts.iter().map(text).collect::<Result<Vec<_>, _>>();
    Ok(match test {
        LedgerTest::Cases { deployed_by, cases } => {
            let deed = |deed: &Deed| {
                let expect = match &deed.expect {
                    Come::Gives(answers) => Come::Gives(texts(answers)?),
                    other => other.clone(),
                };
                Ok(Deed { by: text(&deed.by)?, with: texts(&deed.with)?, expect, ..deed.clone() })
            };
            let case = |case: &Situation| {
                let deeds = case.deeds.iter().map(deed).collect::<Result<_, UnknownValue>>()?;
                Ok(Situation { deeds, place: case.place.clone() })
            };
            let cases = cases.iter().map(case).collect::<Result<_, UnknownValue>>()?;
            LedgerTest::Cases { deployed_by: text(deployed_by)?, cases }
        }
        LedgerTest::Absent { words } => LedgerTest::Absent { words: texts(words)? },
        LedgerTest::Contracts { .. } => test.clone(),
        LedgerTest::Opens { deployed_by, call, kept, erased } => LedgerTest::Opens {
            deployed_by: text(deployed_by)?,
            call: call.clone(),
            kept: texts(kept)?,
            erased: texts(erased)?,
        },
    })
}

/// All texts of a test that are filled, with nothing left out.
pub(crate) fn texts_of(test: &LedgerTest) -> Vec<&str> {
    let mut texts: Vec<&String> = Vec::new();
    match test {
        LedgerTest::Cases { deployed_by, cases } => {
            texts.push(deployed_by);
            for deed in cases.iter().flat_map(|case| &case.deeds) {
                texts.push(&deed.by);
                texts.extend(&deed.with);
                if let Come::Gives(answers) = &deed.expect {
                    texts.extend(answers);
                }
            }
        }
        LedgerTest::Absent { words } => texts.extend(words),
        LedgerTest::Contracts { .. } => {}
        LedgerTest::Opens { deployed_by, kept, erased, .. } => {
            texts.push(deployed_by);
            texts.extend(kept.iter().chain(erased));
        }
    }
    texts.into_iter().map(String::as_str).collect()
}

/// Judges what was seen. The learner is told how many situations went as they should, never which.
pub(super) fn judge(test: &LedgerTest, observed: &[Observed]) -> Result<Finding, String> {
    let Some(Observed::OnChain(seen)) = observed.first() else {
        return Err("the chain was not looked at".to_owned());
    };
    Ok(match (test, seen) {
        (LedgerTest::Cases { .. } | LedgerTest::Opens { .. }, OnChain::NoContract) => {
            finding(false, "This account has deployed no contract yet.".to_owned(), String::new())
        }
        (LedgerTest::Cases { cases, .. }, OnChain::Tried(wrong)) => {
            let (all, right) = (cases.len(), wrong.iter().filter(|wrong| wrong.is_none()).count());
            let observed = format!(
                "Tried in {all} situations that you have not seen, on a fresh copy of the contract: {right} went as they should."
            );
            finding(right == all, observed, places(cases, wrong))
        }
        (LedgerTest::Absent { .. }, OnChain::Found(found)) => {
            let observed = match found.as_slice() {
                [] => "Nothing that names a patient was found on the chain.".to_owned(),
                [one] => format!("One thing that leads to a patient was found: {one}."),
                [first, rest @ ..] => {
                    let more = rest.len();
                    format!("Found {} things that lead to patients: {first}, and {more} more.", more + 1)
                }
            };
            finding(found.is_empty(), observed, found.join("; "))
        }
        (LedgerTest::Contracts { count }, OnChain::Count(there)) => {
            finding(count.holds(*there), format!("The chain has {there} contracts."), String::new())
        }
        (LedgerTest::Opens { .. }, OnChain::Opened { kept, erased }) => {
            let open = kept.iter().filter(|opens| **opens).count();
            let left = erased.iter().filter(|leads| **leads).count();
            let observed = format!(
                "Of {} commitments that must still open, {open} do. Of {} that were erased, {left} can still be led back to a \
                 patient.",
                kept.len(),
                erased.len()
            );
            let passed = open == kept.len() && left == 0;
            finding(passed, observed, format!("kept {kept:?}, erased {erased:?}"))
        }
        _ => return Err("the chain was looked at for something else".to_owned()),
    })
}

fn places(cases: &[Situation], wrong: &[Option<usize>]) -> String {
    let one = |(case, wrong): (&Situation, &Option<usize>)| {
        let deed = (*wrong)?;
        let call = case.deeds.get(deed).map_or("", |deed| deed.call.as_str());
        Some(format!("line {}, deed {deed} ({call})", case.place.line))
    };
    let wrong: Vec<String> = cases.iter().zip(wrong).filter_map(one).collect();
    format!("went wrong: {}", wrong.join("; "))
}

fn finding(passed: bool, observed: String, detail: String) -> Finding {
    Finding { passed, observed, location: Some("the chain".to_owned()), detail }
}
