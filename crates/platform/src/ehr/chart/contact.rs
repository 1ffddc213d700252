use serde::Serialize;
use serde_json::Value;

use super::element::{concept_of, items, text};
use super::open::Chart;

/// How to reach a patient, and what else tells one person from another of the same name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// Names beside the one the chart goes by: a maiden name, a nickname.
    pub other_names: Vec<String>,
    /// Telephone numbers and e-mail addresses, each with its kind: `phone`, `email`.
    pub telecom: Vec<(String, String)>,
    /// Addresses, each on one line.
    pub addresses: Vec<String>,
    /// Other people to call: name, or how they are related, and their numbers.
    pub people: Vec<String>,
}

impl Chart<'_> {
    /// How to reach the patient, as the chart says it.
    pub fn contact(&self) -> Contact {
        let all = |member: &str| items(&self.patient, member).iter();
        Contact {
            other_names: all("name").skip(1).filter_map(name).collect(),
            telecom: all("telecom").filter_map(telecom).collect(),
            addresses: all("address").filter_map(address).collect(),
            people: all("contact").filter_map(person).collect(),
        }
    }
}

fn name(name: &Value) -> Option<String> {
    let given = items(name, "given").iter().filter_map(Value::as_str);
    let parts: Vec<&str> = given.chain(text(name, "family")).collect();
    let written = || (!parts.is_empty()).then(|| parts.join(" "));
    text(name, "text").map(str::to_owned).or_else(written)
}

fn telecom(telecom: &Value) -> Option<(String, String)> {
    let kind = text(telecom, "system").unwrap_or("contact");
    Some((kind.to_owned(), text(telecom, "value")?.to_owned()))
}

fn address(address: &Value) -> Option<String> {
    let lines = items(address, "line").iter().filter_map(Value::as_str);
    let rest = ["city", "state", "postalCode", "country"].into_iter().filter_map(|part| text(address, part));
    let parts: Vec<&str> = lines.chain(rest).collect();
    let written = || (!parts.is_empty()).then(|| parts.join(", "));
    written().or_else(|| text(address, "text").map(str::to_owned))
}

fn person(contact: &Value) -> Option<String> {
    let who = contact.get("name").and_then(name).or_else(|| concept_of(contact, &["relationship"]));
    let numbers = items(contact, "telecom").iter().filter_map(telecom).map(|(_, value)| value);
    let parts: Vec<String> = who.into_iter().chain(numbers).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_written_is_shown_and_what_is_odd_is_left_out() {
        let given = json!({"line": ["4 Elm St", "Apt 2"], "city": "Alder Falls", "postalCode": "01002"});
        assert_eq!(address(&given).as_deref(), Some("4 Elm St, Apt 2, Alder Falls, 01002"));
        assert_eq!(address(&json!({"text": "no fixed abode"})).as_deref(), Some("no fixed abode"));
        assert_eq!(address(&json!({"line": 7})), None);
        assert_eq!(telecom(&json!({"value": "1"})), Some(("contact".to_owned(), "1".to_owned())));
        assert_eq!(telecom(&json!({"system": "phone"})), None);
        let someone = json!({"relationship": [{"text": "sister"}], "telecom": [{"value": "555-0101"}]});
        assert_eq!(person(&someone).as_deref(), Some("sister, 555-0101"));
        assert_eq!(name(&json!({"given": ["Ana"], "family": "Ruiz"})).as_deref(), Some("Ana Ruiz"));
    }
}
