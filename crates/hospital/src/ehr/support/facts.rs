use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::egfr::egfr;
use crate::calendar::{DAY_US, Date, date_of, instant_text};
use crate::codes::test;
use crate::ehr::orders::codes_of;
use crate::ehr::shape::{items, text_at};

/// What rules may know about a patient.
#[derive(Debug, Clone, Default)]
pub struct ChartFacts {
    /// The Patient.
    pub patient: Value,
    /// Allergies in force.
    pub allergies: Vec<Value>,
    /// Conditions in force.
    pub problems: Vec<Value>,
    /// Orders of any state, without the one that is judged.
    pub orders: Vec<Value>,
    /// The newest laboratory result of each test.
    pub results: Vec<Value>,
}

impl ChartFacts {
    /// The variables a rule's condition sees for an order of an orderable at a time.
    pub fn variables(
        &self,
        order: &Value,
        orderable: Option<&Value>,
        now_us: i64,
    ) -> Vec<(&'static str, Value)> {
        let or_nothing = |value: Option<Value>| value.unwrap_or_else(|| json!([]));
        vec![
            ("orderable", or_nothing(orderable.cloned())),
            ("patient", self.patient.clone()),
            ("allergies", self.allergies.clone().into()),
            ("problems", self.problems.clone().into()),
            ("orders", self.orders.clone().into()),
            ("results", self.results.clone().into()),
            ("codes", codes_of(order).into()),
            ("egfr", or_nothing(self.egfr(now_us).map(Value::from))),
            ("now", instant_text(now_us).into()),
            ("dayAgo", instant_text(now_us - DAY_US).into()),
        ]
    }

    /// The estimated glomerular filtration rate by the newest creatinine.
    pub fn egfr(&self, now_us: i64) -> Option<f64> {
        let creatinine =
            self.results.iter().find(|result| codes_of(result).contains(&test::CREATININE.code))?;
        let value = creatinine.pointer("/valueQuantity/value")?.as_f64()?;
        let born = Date::parse(text_at(&self.patient, "birthDate")?)?;
        egfr(value, born.age_on(date_of(now_us)), text_at(&self.patient, "gender") == Some("female"))
    }
}

/// The newest final result of each test: by when it was taken, whatever order they come in.
pub fn newest_results(observations: Vec<Value>) -> Vec<Value> {
    let mut newest: BTreeMap<String, Value> = BTreeMap::new();
    for observation in observations {
        if !is_final_result(&observation) {
            continue;
        }
        let Some(code) = codes_of(&observation).first().map(|code| (*code).to_owned()) else { continue };
        let known = newest.get(&code).and_then(|known| taken(known));
        if known.is_none() || taken(&observation) > known {
            newest.insert(code, observation);
        }
    }
    newest.into_values().collect()
}

fn taken(observation: &Value) -> Option<&str> {
    ["effectiveDateTime", "issued"].into_iter().find_map(|member| text_at(observation, member))
}

fn is_final_result(observation: &Value) -> bool {
    let codings = items(observation, "category").iter().flat_map(|category| items(category, "coding"));
    let is_laboratory = codings.into_iter().any(|coding| text_at(coding, "code") == Some("laboratory"));
    let states = ["final", "amended", "corrected"];
    is_laboratory && text_at(observation, "status").is_some_and(|status| states.contains(&status))
}
