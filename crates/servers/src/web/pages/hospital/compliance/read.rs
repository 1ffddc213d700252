//! From what a page sent to the form of a paper.

use serde_json::{Map, Value, json};

use super::fields::{Kind, Part};

/// The form as JSON: what was left empty is left out, and an exception or a factor of which nothing was said with it.
pub(super) fn form(parts: &[Part], sent: &[(String, String)]) -> Value {
    let mut form = json!({});
    for part in parts {
        let text = sent.iter().find(|(name, _)| *name == part.at).map_or("", |(_, text)| text.trim());
        if let Some(value) = value(part, text) {
            put(&mut form, &part.at, value);
        }
    }
    tidy_exception(&mut form);
    let weighed = form["factors"]
        .as_object()
        .is_some_and(|factors| factors.values().any(|one| one.get("low").is_some()));
    if !weighed && let Some(form) = form.as_object_mut() {
        form.remove("factors");
    }
    form
}

fn value(part: &Part, text: &str) -> Option<Value> {
    let words = || text.split([',', ' ', '\n', ';']).map(str::trim).filter(|word| !word.is_empty());
    match part.kind {
        Kind::YesNo => Some(json!(text == "yes")),
        // Of a factor, yes and no are what is said; of a question, they are the answer.
        Kind::OneOf(_) if part.at.ends_with(".low") => (!text.is_empty()).then(|| json!(text == "yes")),
        Kind::Entries => Some(words().filter_map(|word| word.parse::<i64>().ok()).map(Value::from).collect()),
        Kind::References => Some(words().map(Value::from).collect()),
        Kind::Number => Some(text.parse::<i64>().map_or_else(|_| json!(text), Value::from)),
        Kind::Line | Kind::Block | Kind::Day | Kind::OneOf(_) => {
            (!text.is_empty() || !part.optional && !part.at.starts_with("exception.")).then(|| json!(text))
        }
    }
}

/// Keeps of an exception what its kind asks for, and nothing where none is claimed.
fn tidy_exception(form: &mut Value) {
    let Some(form) = form.as_object_mut() else { return };
    let Some(said) = form.remove("exception") else { return };
    let asked: &[&str] = match said["kind"].as_str() {
        Some("unintentional") => &["good_faith", "within_authority", "used_further"],
        Some("inadvertent") => &["both_authorized", "used_further"],
        Some("not-retained") => &["good_faith_belief"],
        _ => return,
    };
    let mut exception = Map::from_iter([("kind".to_owned(), said["kind"].clone())]);
    exception.extend(asked.iter().map(|name| ((*name).to_owned(), said[*name].clone())));
    form.insert("exception".to_owned(), Value::Object(exception));
}

fn put(form: &mut Value, at: &str, value: Value) {
    let mut place = form;
    for name in at.split('.') {
        if place.is_null() {
            *place = json!({});
        }
        place = &mut place[name];
    }
    *place = value;
}

#[cfg(test)]
mod tests {
    use platform::compliance::PaperKind;
    use serde_json::json;

    use super::super::fields::parts_of;
    use super::form;

    fn sent(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn an_assessment_leaves_out_what_was_not_said() {
        let pairs = sent(&[
            ("title", "A chart"),
            ("case", "case-1"),
            ("known_on", "2031-03-04"),
            ("happened_on", ""),
            ("involves_phi", "yes"),
            ("permitted", "no"),
            ("protection", "none"),
            ("exception.kind", ""),
            ("people", "Patient/a, Patient/b"),
            ("conclusion", "breach"),
        ]);
        let read = form(&parts_of(PaperKind::BreachAssessment), &pairs);
        assert_eq!(
            read,
            json!({
                "title": "A chart", "case": "case-1", "known_on": "2031-03-04", "involves_phi": true, "permitted": false,
                "protection": "none", "people": ["Patient/a", "Patient/b"], "conclusion": "breach",
            })
        );
    }

    #[test]
    fn factors_and_exceptions_are_nested() {
        let pairs = sent(&[
            ("exception.kind", "inadvertent"),
            ("exception.both_authorized", "yes"),
            ("exception.good_faith", "yes"),
            ("factors.nature.low", "no"),
            ("factors.nature.why", "Names and results."),
            ("factors.nature.evidence", "12, 15"),
        ]);
        let read = form(&parts_of(PaperKind::BreachAssessment), &pairs);
        assert_eq!(
            read["exception"],
            json!({"kind": "inadvertent", "both_authorized": true, "used_further": false})
        );
        assert_eq!(
            read["factors"]["nature"],
            json!({"low": false, "why": "Names and results.", "evidence": [12, 15]})
        );
    }

    #[test]
    fn clauses_that_are_empty_are_missing() {
        let pairs = sent(&[
            ("associate", "Ledger"),
            ("breach_days", "ten"),
            ("clauses.report", "They report."),
            ("clauses.books", " "),
        ]);
        let read = form(&parts_of(PaperKind::AssociateAgreement), &pairs);
        assert_eq!(
            (&read["clauses"], &read["breach_days"]),
            (&json!({"report": "They report."}), &json!("ten"))
        );
    }
}
