//! Resources that another system has sent, as good or bad as its author wrote them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{FaultError, Ground, Placed};

/// How many resources one fault places at most.
const RECORDS_MAX: usize = 20;

/// The parameters of `do = "records"`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Records {
    /// The resources, by the name that the truth gives them.
    pub record: BTreeMap<String, Value>,
}

/// Gives each resource an id, and references between them their targets.
pub(super) fn place(fault: &Records, ground: &mut Ground<'_>) -> Result<Placed, FaultError> {
    if !(1..=RECORDS_MAX).contains(&fault.record.len()) {
        let what = format!("{} records are given: give 1 to {RECORDS_MAX}", fault.record.len());
        return Err(FaultError::Made(what));
    }
    let mut truth = Map::new();
    for (name, resource) in &fault.record {
        let kind = resource["resourceType"].as_str();
        let kind = kind.ok_or_else(|| FaultError::Made(format!("the record {name} has no resourceType")))?;
        truth.insert(name.clone(), json!({"id": (ground.new_id)(), "type": kind}));
    }
    let mut resources: Vec<Value> = Vec::with_capacity(fault.record.len());
    for (name, resource) in &fault.record {
        let mut resource = resource.clone();
        resource["id"] = truth[name]["id"].clone();
        point(&mut resource, &truth)?;
        resources.push(resource);
    }
    Ok(Placed { resources, truth: Value::Object(truth) })
}

/// Replaces every reference to a name by one to the record of that name.
fn point(value: &mut Value, truth: &Map<String, Value>) -> Result<(), FaultError> {
    match value {
        Value::Array(items) => items.iter_mut().try_for_each(|item| point(item, truth)),
        Value::Object(members) => {
            for (member, value) in members {
                match value.as_str().and_then(|text| text.strip_prefix('@')) {
                    Some(name) if member == "reference" => *value = target(name, truth)?,
                    _ => point(value, truth)?,
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn target(name: &str, truth: &Map<String, Value>) -> Result<Value, FaultError> {
    let unknown = || FaultError::Made(format!("there is no record {name} to refer to"));
    let record = truth.get(name).ok_or_else(unknown)?;
    let text = |member: &str| record[member].as_str().unwrap_or_default();
    Ok(Value::String(format!("{}/{}", text("type"), text("id"))))
}
