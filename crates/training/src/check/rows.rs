//! Checks on the rows of a saved question.

use std::collections::BTreeMap;

use serde_json::Value;

use super::judge::Finding;
use crate::facts::{Observed, Rows};
use crate::lab::{Agreement, RowsTest};
use crate::text::{Escape, Values, fill};

/// Decimals to which numbers are compared: sums of the same numbers in another order differ far behind these.
const DECIMALS: usize = 6;

/// Compares the learner's rows with those of the truth.
///
/// Of rows that are missing only the number is told; of those that should not be there, one is shown.
pub(super) fn judge(test: &RowsTest, values: &Values, observed: &[Observed]) -> Result<Finding, String> {
    let Some(Observed::Rows(seen)) = observed.first() else {
        return Err("the question was not asked".to_owned());
    };
    let name = &fill(&test.question, values, Escape::Plain).map_err(|error| error.to_string())?;
    let (given, truth) = match seen.answered(name) {
        Ok(both) => both,
        Err(why) => return Ok(failed(name, why)),
    };
    if let Some(missing) = test.columns.iter().find(|column| !given.columns.contains(column)) {
        let words = format!("{name} answers with {}; it has no column {missing}.", given.columns.join(", "));
        return Ok(failed(name, words));
    }
    let (given, truth) = (counted(given, &test.columns)?, counted(truth, &test.columns)?);
    let (missing, _) = besides(&truth, &given);
    let (surplus, shown) = besides(&given, &truth);
    let all: usize = truth.values().sum();
    let passed = match test.agreement {
        Agreement::Same => missing == 0 && surplus == 0,
        Agreement::NoneMissing => missing == 0,
        Agreement::NoneBesides => surplus == 0,
    };
    Ok(Finding {
        passed,
        observed: told(all - missing, missing, surplus, shown),
        location: Some(name.clone()),
        detail: format!("{all} rows asked, {missing} missing, {surplus} besides"),
    })
}

fn failed(name: &str, observed: String) -> Finding {
    Finding { passed: false, observed, location: Some(name.to_owned()), detail: String::new() }
}

fn told(right: usize, missing: usize, surplus: usize, shown: Option<&Vec<String>>) -> String {
    let of = |count: usize| if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
    let mut words = format!("{} as asked", of(right));
    if missing > 0 {
        words.push_str(&format!(", {} missing", of(missing)));
    }
    if let Some(row) = shown {
        words.push_str(&format!(", {} that should not be there, such as ({})", of(surplus), row.join(", ")));
    }
    words + "."
}

/// How often each row is there.
fn counted(rows: &Rows, columns: &[String]) -> Result<BTreeMap<Vec<String>, usize>, String> {
    let place = |column: &String| rows.columns.iter().position(|own| own == column);
    let places: Vec<usize> = columns
        .iter()
        .map(|column| place(column).ok_or_else(|| format!("the truth has no column {column}")))
        .collect::<Result<_, _>>()?;
    let mut counted = BTreeMap::new();
    for row in &rows.rows {
        let cells = places.iter().map(|at| row.get(*at).map_or_else(String::new, written)).collect();
        *counted.entry(cells).or_insert(0) += 1;
    }
    Ok(counted)
}

/// A value as it is compared: 3 and 3.0 are the same, nothing is `NULL`.
fn written(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or(f64::NAN);
            let text = format!("{number:.DECIMALS$}");
            let text = text.trim_end_matches('0').trim_end_matches('.');
            if text == "-0" { "0".to_owned() } else { text.to_owned() }
        }
        other => other.to_string(),
    }
}

/// How many rows of `one` are not in `other`, and the first of them.
fn besides<'a>(
    one: &'a BTreeMap<Vec<String>, usize>,
    other: &BTreeMap<Vec<String>, usize>,
) -> (usize, Option<&'a Vec<String>>) {
    let over = one.iter().map(|(row, count)| (row, count.saturating_sub(*other.get(row).unwrap_or(&0))));
    let over: Vec<_> = over.filter(|(_, count)| *count > 0).collect();
    (over.iter().map(|(_, count)| count).sum(), over.first().map(|(row, _)| *row))
}

#[cfg(test)]
mod tests {
    use crate::facts::RowsSeen;
    use serde_json::json;

    use super::*;

    fn rows(columns: &[&str], rows: Value) -> Rows {
        let columns = columns.iter().map(|one| (*one).to_owned()).collect();
        Rows { columns, rows: serde_json::from_value(rows).unwrap() }
    }

    fn found(agreement: Agreement, seen: RowsSeen) -> Finding {
        let columns = vec!["id".to_owned(), "mean".to_owned()];
        let test = RowsTest {
            question: "mine".to_owned(),
            truth: String::new(),
            truth_of: None,
            columns,
            agreement,
        };
        judge(&test, &Values::new(), &[Observed::Rows(seen)]).unwrap()
    }

    #[test]
    fn rows_agree_as_far_as_is_asked() {
        let truth = json!([["a", 1.5], ["b", 2], ["b", 2]]);
        let cases = [
            ("the same", json!([["b", 2.0], ["a", 1.500_000_000_1], ["b", 2]]), [true, true, true]),
            ("one missing", json!([["b", 2], ["b", 2]]), [false, false, true]),
            ("one too often", json!([["a", 1.5], ["b", 2], ["b", 2], ["b", 2]]), [false, true, false]),
            ("one too seldom", json!([["a", 1.5], ["b", 2]]), [false, false, true]),
            ("another value", json!([["a", 1.6], ["b", 2], ["b", 2]]), [false, false, false]),
            ("nothing is not zero", json!([["a", null], ["b", 2], ["b", 2]]), [false, false, false]),
        ];
        for (what, given, wanted) in cases {
            let passed = Agreement::ALL.map(|agreement| {
                let (given, truth) = (given.clone(), truth.clone());
                let seen = RowsSeen::Answered {
                    given: rows(&["id", "mean"], given),
                    truth: rows(&["id", "mean"], truth),
                };
                found(agreement, seen).passed
            });
            assert_eq!(passed, wanted, "{what}");
        }
    }

    #[test]
    fn columns_go_by_name_and_more_may_be_there() {
        let given = rows(&["mean", "name", "id"], json!([[1, "x", "a"]]));
        let truth = rows(&["id", "mean"], json!([["a", 1]]));
        assert!(found(Agreement::Same, RowsSeen::Answered { given, truth: truth.clone() }).passed);
        let given = rows(&["id"], json!([["a"]]));
        let finding = found(Agreement::Same, RowsSeen::Answered { given, truth });
        assert!(!finding.passed && finding.observed.contains("no column mean"), "{}", finding.observed);
    }

    #[test]
    fn what_is_missing_is_counted_and_what_is_besides_is_shown() {
        let given = rows(&["id", "mean"], json!([["a", 1], ["c", 3]]));
        let truth = rows(&["id", "mean"], json!([["a", 1], ["b", 2]]));
        let finding = found(Agreement::Same, RowsSeen::Answered { given, truth });
        let told = "1 row as asked, 1 row missing, 1 row that should not be there, such as (c, 3).";
        assert_eq!(finding.observed, told);
        for seen in [RowsSeen::NoQuestion, RowsSeen::NoSnapshot, RowsSeen::NoAnswer("a mistake".to_owned())] {
            assert!(!found(Agreement::NoneBesides, seen).passed, "nothing asked is nothing right");
        }
    }
}
