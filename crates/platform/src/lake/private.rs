//! Counts that hide one person's part in them, and the budget they are paid from.
//!
//! Every purpose of a hospital has one budget of epsilon. What is answered is paid for before it is told, in the same
//! transaction as its journal entry, and an answer that the budget cannot pay for is not given: parts add up (sequential
//! composition; Dwork and Roth, "The Algorithmic Foundations of Differential Privacy", 2014, theorem 3.14).

use std::collections::BTreeSet;

use ::lake::{EPSILON_RANGE, Rule, Table, noise};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::StoreError;
use store::sandbox::View;
use store::sandbox::systems::SystemRecord;

use super::error::LakeError;
use super::right::Right;
use super::saved::SYSTEM;
use crate::access::{Access, outcome};
use crate::platform::Platform;

/// The epsilon that all answers for one purpose may cost together.
const BUDGET: f64 = 1.0;
/// The kind of the record that holds what was spent.
const RECORD: &str = "budget";
/// The journal kind of a private count.
const KIND: &str = "lake.private-count";
/// Groups of one answer.
const GROUPS_MAX: usize = 50;
/// What adding small parts may be off by.
const SLACK: f64 = 1e-9;

/// A count to be told privately.
#[derive(Debug, Clone)]
pub struct PrivateAsked<'a> {
    /// The table that is counted: one with people in it.
    pub table: &'a str,
    /// The column whose groups are counted.
    pub column: &'a str,
    /// The groups, each once. Whoever asks names them: which there are would tell about people too.
    pub groups: &'a [String],
    /// Which rows count, as a condition in SQL.
    pub condition: Option<&'a str>,
    /// What it is for; the role's usual purpose if none is said.
    pub purpose: Option<&'a str>,
    /// What each count may cost.
    pub epsilon: f64,
}

/// Counts with noise in them.
#[derive(Debug, Clone, PartialEq)]
pub struct PrivateTold {
    /// For each group that was named the number of its people, give or take.
    pub people: Vec<(String, i64)>,
    /// What the answer cost.
    pub cost: f64,
    /// What is left of the budget.
    pub left: f64,
    /// What it was for.
    pub purpose: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Spent {
    epsilon: f64,
}

impl Platform {
    /// Counts the people of some groups, with noise, and pays for it. Whoever may only ask for groups may ask this too. The
    /// journal has it, and how it ended.
    ///
    /// # Errors
    /// When the policy grants nothing, the question cannot be answered, or the budget does not suffice; nothing is spent then.
    pub fn private_counts(
        &self,
        access: &Access,
        asked: &PrivateAsked<'_>,
    ) -> Result<PrivateTold, LakeError> {
        let told = self.count_privately(access, asked);
        if let Err(error) = &told {
            let mut detail = detail(asked);
            detail["what"] = error.to_string().into();
            access.note(access.event(KIND, None, error.outcome(), detail))?;
        }
        told
    }

    fn count_privately(&self, access: &Access, asked: &PrivateAsked<'_>) -> Result<PrivateTold, LakeError> {
        checked(asked)?;
        let right = self.lake_right(access, asked.purpose)?;
        let snapshot = self.lake_snapshot(access, None)?;
        let tables: Vec<Table> = snapshot.tables();
        let table = tables.iter().find(|table| table.name == asked.table);
        let table = table.ok_or_else(|| refused(format!("there is no table '{}'", asked.table)))?;
        let person = table.person.as_deref().ok_or_else(|| {
            refused(format!("'{}' says of no row whom it is about, so nobody can be counted", table.name))
        })?;
        if let Some(condition) = asked.condition {
            self.lakes.engine()?.check_condition(&table.columns, condition)?;
        }
        // Noise hides small groups, so that none is left out. What else the rule hides stays hidden, and what would fail for some
        // people and not for others has no value there, since an error would tell without noise.
        let in_groups =
            Right { rule: Rule { smallest_group: Some(1), ..right.rule.clone() }, ..right.clone() };
        let rows = self.rows_of(access, &in_groups, snapshot.manifest.snapshot, &sql(asked, person))?.rows;
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let people_of = |group: &String| {
            let row = rows.iter().find(|row| row.first().map(text).as_ref() == Some(group));
            row.and_then(|row| row.get(1)?.as_i64()).unwrap_or(0)
        };
        // A row of patients is in one group; of other tables one person may have rows in all of them.
        let parts = if table.name == "patients" { 1 } else { asked.groups.len() };
        let cost = asked.epsilon * parts as f64;
        let left = self.pay(access, asked, &right.purpose, cost)?;
        let mut chance = || {
            let mut bytes = [0; 8];
            self.entropy.fill(&mut bytes);
            u64::from_le_bytes(bytes)
        };
        let people = asked.groups.iter().map(|group| {
            let people = people_of(group) + noise(asked.epsilon, &mut chance);
            (group.clone(), people)
        });
        Ok(PrivateTold { people: people.collect(), cost, left, purpose: right.purpose })
    }

    /// Takes the cost from the budget of a purpose, and says what is left.
    fn pay(
        &self,
        access: &Access,
        asked: &PrivateAsked<'_>,
        purpose: &str,
        cost: f64,
    ) -> Result<f64, LakeError> {
        access.change(KIND, |change| {
            let spent = spent(change.view(), purpose)?;
            let left = BUDGET - spent;
            if cost > left + SLACK {
                let what = format!(
                    "it would cost {cost:.3} of epsilon, and {left:.3} of {BUDGET} are left for {purpose}; ask for fewer groups, or with a smaller epsilon"
                );
                return Err(refused(what));
            }
            let spent = Spent { epsilon: spent + cost };
            change.put_system_record(&SystemRecord {
                system: SYSTEM.to_owned(),
                kind: RECORD.to_owned(),
                key: purpose.to_owned(),
                body: json!(spent).to_string(),
                due_us: None,
                updated_us: access.virtual_us(),
            })?;
            let mut detail = detail(asked);
            detail["purpose"] = purpose.into();
            detail["cost"] = cost.into();
            change.note(&access.event(KIND, None, outcome::OK, detail))?;
            Ok((BUDGET - spent.epsilon).max(0.0))
        })
    }
}

/// What the journal has of a question, however it ended.
fn detail(asked: &PrivateAsked<'_>) -> Value {
    json!({
        "purpose": asked.purpose, "table": asked.table, "column": asked.column, "groups": asked.groups,
        "condition": asked.condition, "epsilon": asked.epsilon,
    })
}

fn spent(view: View<'_>, purpose: &str) -> Result<f64, StoreError> {
    let Some(record) = view.system_record(SYSTEM, RECORD, purpose)? else { return Ok(0.0) };
    let damaged = |error| StoreError::Damaged { what: format!("the budget of {purpose}: {error}") };
    serde_json::from_str::<Spent>(&record.body).map(|spent| spent.epsilon).map_err(damaged)
}

fn checked(asked: &PrivateAsked<'_>) -> Result<(), LakeError> {
    let letters_alone = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let what = if !letters_alone(asked.column) {
        format!("'{}' is no column", asked.column)
    } else if !(1..=GROUPS_MAX).contains(&asked.groups.len()) {
        format!("name one to {GROUPS_MAX} groups to count, such as female and male")
    } else if asked.groups.iter().collect::<BTreeSet<_>>().len() < asked.groups.len() {
        "name each group once; a count that is told twice is paid for twice".to_owned()
    } else if !EPSILON_RANGE.contains(&asked.epsilon) {
        format!("epsilon is {}; say {} to {}", asked.epsilon, EPSILON_RANGE.start(), EPSILON_RANGE.end())
    } else {
        return Ok(());
    };
    Err(refused(what))
}

fn refused(what: String) -> LakeError {
    LakeError::Question(what)
}

fn sql(asked: &PrivateAsked<'_>, person: &str) -> String {
    let groups: Vec<String> =
        asked.groups.iter().map(|group| format!("'{}'", group.replace('\'', "''"))).collect();
    let condition = asked.condition.map(|condition| format!(" AND ({condition})")).unwrap_or_default();
    format!(
        "SELECT \"{column}\", count(DISTINCT \"{person}\") AS people FROM \"{table}\" WHERE \"{column}\" IN ({groups}){condition} GROUP BY \"{column}\"",
        column = asked.column,
        table = asked.table,
        groups = groups.join(", "),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(groups: &[String]) -> Result<(), LakeError> {
        let (table, column, condition, purpose) = ("patients", "gender", None, None);
        checked(&PrivateAsked { table, column, groups, condition, purpose, epsilon: 0.1 })
    }

    #[test]
    fn a_group_named_twice_is_not_told_twice_for_the_price_of_one() {
        let [female, male] = ["female", "male"].map(str::to_owned);
        assert!(asked(&[female.clone(), male.clone()]).is_ok());
        let said = asked(&[female.clone(), male, female]).unwrap_err().to_string();
        assert!(said.contains("name each group once"), "{said}");
    }
}
