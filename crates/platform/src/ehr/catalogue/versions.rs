use std::collections::BTreeMap;

use serde_json::Value;
use store::StoreError;

use crate::access::Access;
use crate::ehr::lookup::history;

/// A version of a definition, and how it differs from the one before.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Its number.
    pub number: u64,
    /// When it was written, as an instant.
    pub written: String,
    /// What changed: the path of an element, its value before and after, either absent.
    pub changes: Vec<(String, Option<String>, Option<String>)>,
}

/// The versions of a definition, newest first.
///
/// # Errors
/// When the store fails.
pub fn versions(access: &Access, kind: &str, id: &str) -> Result<Vec<Version>, StoreError> {
    let values = history(access, kind, id)?;
    let version = |(at, (number, value)): (usize, &(u64, Value))| Version {
        number: *number,
        written: value.pointer("/meta/lastUpdated").and_then(Value::as_str).unwrap_or_default().to_owned(),
        changes: values.get(at + 1).map(|(_, before)| differences(before, value)).unwrap_or_default(),
    };
    Ok(values.iter().enumerate().map(version).collect())
}

/// How two resources differ, by path; when they were written is no difference.
fn differences(before: &Value, after: &Value) -> Vec<(String, Option<String>, Option<String>)> {
    let (mut old, mut new) = (BTreeMap::new(), BTreeMap::new());
    flatten(before, "", &mut old);
    flatten(after, "", &mut new);
    let paths: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let is_content = |path: &&&String| !path.starts_with("meta.") && path.as_str() != "date";
    let changed = paths.iter().filter(is_content).filter(|path| old.get(**path) != new.get(**path));
    changed.map(|path| ((*path).clone(), old.get(*path).cloned(), new.get(*path).cloned())).collect()
}

fn flatten(value: &Value, path: &str, found: &mut BTreeMap<String, String>) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, one)| flatten(one, &below(name), found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, one)| flatten(one, &format!("{path}[{at}]"), found));
        }
        Value::String(text) => drop(found.insert(path.to_owned(), text.clone())),
        other => drop(found.insert(path.to_owned(), other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn differences_name_the_element_and_both_values() {
        let before = json!({"title": "A", "action": [{"code": "x"}, {"code": "y"}], "date": "1", "meta": {"versionId": "1"}});
        let after = json!({"title": "B", "action": [{"code": "x"}], "date": "2", "meta": {"versionId": "2"}});
        let some = |text: &str| Some(text.to_owned());
        let expected =
            [("action[1].code".to_owned(), some("y"), None), ("title".to_owned(), some("A"), some("B"))];
        assert_eq!(differences(&before, &after), expected);
    }
}
