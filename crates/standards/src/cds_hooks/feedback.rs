use serde_json::Value;

/// What became of one card (CDS Hooks 2.0, Feedback).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    /// The `uuid` of the card.
    pub card: String,
    /// Whether a suggestion of it was taken; otherwise it was overridden.
    pub accepted: bool,
    /// The suggestions that were taken, by `uuid`.
    pub suggestions: Vec<String>,
    /// Why it was overridden: the code of the reason, or what the person wrote.
    pub reason: Option<String>,
}

/// Reads the body of a feedback request.
///
/// # Errors
/// Every problem found, each with its place.
pub fn feedback(body: &Value) -> Result<Vec<Feedback>, Vec<String>> {
    let Some(items) = body.get("feedback").and_then(Value::as_array).filter(|items| !items.is_empty()) else {
        return Err(vec!["feedback is missing or empty; send one item for each card".to_owned()]);
    };
    let (mut told, mut problems) = (Vec::new(), Vec::new());
    for (at, item) in items.iter().enumerate() {
        match one(item) {
            Ok(one) => told.push(one),
            Err(what) => problems.push(format!("feedback[{at}].{what}")),
        }
    }
    if problems.is_empty() { Ok(told) } else { Err(problems) }
}

fn one(item: &Value) -> Result<Feedback, String> {
    let card = text(item, "/card").ok_or("card is missing; send the uuid of the card")?;
    let accepted = match text(item, "/outcome") {
        Some("accepted") => true,
        Some("overridden") => false,
        _ => return Err("outcome is neither accepted nor overridden".to_owned()),
    };
    if text(item, "/outcomeTimestamp").is_none() {
        return Err("outcomeTimestamp is missing; send the time in UTC".to_owned());
    }
    let taken = item.get("acceptedSuggestions").and_then(Value::as_array).into_iter().flatten();
    let suggestions: Vec<String> = taken.filter_map(|one| text(one, "/id")).map(str::to_owned).collect();
    if accepted && suggestions.is_empty() {
        return Err("acceptedSuggestions is missing or empty, though the outcome is accepted".to_owned());
    }
    let reason =
        text(item, "/overrideReason/reason/code").or_else(|| text(item, "/overrideReason/userComment"));
    Ok(Feedback { card: card.to_owned(), accepted, suggestions, reason: reason.map(str::to_owned) })
}

fn text<'a>(item: &'a Value, pointer: &str) -> Option<&'a str> {
    item.pointer(pointer).and_then(Value::as_str).filter(|text| !text.is_empty())
}
