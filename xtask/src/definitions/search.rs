//! Search parameters, one row for each type they apply to.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail, ensure};
use serde_json::{Value, json};

use super::package::{list, text};

/// A row for each base of each parameter, sorted by base and code. A parameter shared by several
/// types keeps, in each row, only the branches of its expression that start at that row's type.
pub(crate) fn rows(parameters: &[Value]) -> anyhow::Result<Vec<Value>> {
    let codes: BTreeMap<&str, &str> = parameters
        .iter()
        .filter_map(|parameter| Some((parameter["url"].as_str()?, parameter["code"].as_str()?)))
        .collect();
    let mut rows = BTreeMap::new();
    for parameter in parameters {
        for base in list(parameter, "base").filter_map(Value::as_str) {
            let code = text(parameter, "code")?;
            let row =
                row(parameter, base, &codes).with_context(|| format!("search parameter {base}.{code}"))?;
            ensure!(
                rows.insert((base, code), row).is_none(),
                "search parameter {base}.{code} is defined twice"
            );
        }
    }
    Ok(rows.into_values().collect())
}

fn row(parameter: &Value, base: &str, codes: &BTreeMap<&str, &str>) -> anyhow::Result<Value> {
    let mut row = json!({
        "base": base,
        "code": text(parameter, "code")?,
        "url": text(parameter, "url")?,
        "kind": text(parameter, "type")?,
    });
    if let Some(expression) = parameter["expression"].as_str() {
        row["expression"] = json!(narrow(expression, base)?);
    }
    let targets: Vec<&Value> = list(parameter, "target").collect();
    if !targets.is_empty() {
        row["targets"] = json!(targets);
    }
    let components = list(parameter, "component")
        .map(|part| {
            let definition = text(part, "definition")?;
            let code = codes.get(definition).copied().unwrap_or(definition);
            Ok(json!([code, text(part, "expression")?]))
        })
        .collect::<anyhow::Result<Vec<Value>>>()?;
    if !components.is_empty() {
        row["components"] = json!(components);
    }
    Ok(row)
}

/// The branches of a union that start at `base`, joined again; an error when there are none.
/// A branch that starts at no type (`InsurancePlan` has such) is relative to each base.
fn narrow(expression: &str, base: &str) -> anyhow::Result<String> {
    let branches: Vec<String> = branches(expression)
        .into_iter()
        .map(unwrapped)
        .filter_map(|branch| match branch.starts_with(|first: char| first.is_ascii_lowercase()) {
            true => Some(format!("{base}.{branch}")),
            false => starts_at(branch, base).then(|| branch.to_owned()),
        })
        .collect();
    if branches.is_empty() {
        bail!("no branch of `{expression}` starts at {base}");
    }
    Ok(branches.join(" | "))
}

/// Splits at every `|` that is in no parenthesis and no string.
fn branches(expression: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut start) = (0usize, false, 0);
    let mut branches = Vec::new();
    for (at, character) in expression.char_indices() {
        match character {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            '|' if !quoted && depth == 0 => {
                branches.push(expression[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    branches.push(expression[start..].trim());
    branches
}

/// The branch without a pair of parentheses that encloses all of it.
fn unwrapped(branch: &str) -> &str {
    let Some(inner) = branch.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else { return branch };
    let mut depth = 0i32;
    let closes_early = inner.chars().any(|character| {
        depth += i32::from(character == '(') - i32::from(character == ')');
        depth < 0
    });
    if closes_early { branch } else { inner.trim() }
}

fn starts_at(branch: &str, base: &str) -> bool {
    let branch = branch.trim_start_matches('(');
    branch.strip_prefix(base).is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::narrow;

    #[test]
    fn unions_are_narrowed_to_one_type() {
        let cases = [
            ("AllergyIntolerance.code | Condition.code", "Condition", "Condition.code"),
            (
                "(A.value.ofType(Quantity)) | (A.value.ofType(Range)) | (B.x)",
                "A",
                "A.value.ofType(Quantity) | A.value.ofType(Range)",
            ),
            (
                "(Observation.value.ofType(CodeableConcept)).text",
                "Observation",
                "(Observation.value.ofType(CodeableConcept)).text",
            ),
            ("(A.b) | (A.c)", "A", "A.b | A.c"),
            ("name | alias", "InsurancePlan", "InsurancePlan.name | InsurancePlan.alias"),
            ("A.where(x='|').b | AB.c", "A", "A.where(x='|').b"),
            (
                "Patient.deceased.exists() and Patient.deceased != false",
                "Patient",
                "Patient.deceased.exists() and Patient.deceased != false",
            ),
        ];
        for (expression, base, expected) in cases {
            assert_eq!(narrow(expression, base).unwrap(), expected, "{expression} at {base}");
        }
    }

    #[test]
    fn a_base_without_a_branch_is_an_error() {
        assert!(narrow("Condition.code", "Observation").is_err());
    }
}
