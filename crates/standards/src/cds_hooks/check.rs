use serde_json::Value;

use super::card::SUMMARY_CHARS_MAX;

/// What is wrong with a service's answer, each with its place; empty where a client may show it (CDS Hooks 2.0, CDS Service
/// Response).
pub fn problems_of_answer(answer: &Value) -> Vec<String> {
    let Some(cards) = answer.get("cards").and_then(Value::as_array) else {
        return vec![
            "cards is missing or not a list; send {\"cards\": []} where there is nothing to say".to_owned(),
        ];
    };
    let mut found = Vec::new();
    for (at, card) in cards.iter().enumerate() {
        of_card(card, &format!("cards[{at}]"), &mut found);
    }
    found
}

fn of_card(card: &Value, place: &str, found: &mut Vec<String>) {
    match text(card, "summary") {
        None => found.push(format!("{place}.summary is missing")),
        Some(summary) if summary.chars().count() > SUMMARY_CHARS_MAX => {
            found.push(format!("{place}.summary has 140 characters or more"));
        }
        Some(_) => {}
    }
    if !matches!(text(card, "indicator"), Some("info" | "warning" | "critical")) {
        found.push(format!("{place}.indicator is none of info, warning, critical"));
    }
    if text(&card["source"], "label").is_none() {
        found.push(format!("{place}.source.label is missing"));
    }
    if card.pointer("/source/url").is_some_and(|url| !url.as_str().is_some_and(is_web)) {
        found.push(format!("{place}.source.url is no http or https address"));
    }
    let suggestions = list(card, "suggestions");
    let behavior = text(card, "selectionBehavior");
    if !suggestions.is_empty() && !matches!(behavior, Some("any" | "at-most-one")) {
        found.push(format!(
            "{place}.selectionBehavior is neither any nor at-most-one, though there are suggestions"
        ));
    }
    for (at, suggestion) in suggestions.iter().enumerate() {
        of_suggestion(suggestion, &format!("{place}.suggestions[{at}]"), found);
    }
    for (at, link) in list(card, "links").iter().enumerate() {
        of_link(link, &format!("{place}.links[{at}]"), found);
    }
    for (at, reason) in list(card, "overrideReasons").iter().enumerate() {
        for member in
            ["code", "system", "display"].into_iter().filter(|member| text(reason, member).is_none())
        {
            found.push(format!("{place}.overrideReasons[{at}].{member} is missing"));
        }
    }
}

fn of_suggestion(suggestion: &Value, place: &str, found: &mut Vec<String>) {
    if text(suggestion, "label").is_none() {
        found.push(format!("{place}.label is missing"));
    }
    for (at, action) in list(suggestion, "actions").iter().enumerate() {
        let place = format!("{place}.actions[{at}]");
        if text(action, "description").is_none() {
            found.push(format!("{place}.description is missing"));
        }
        match text(action, "type") {
            Some("create" | "update") if text(&action["resource"], "resourceType").is_none() => {
                found.push(format!("{place}.resource is missing or has no resourceType"));
            }
            Some("delete") if text(action, "resourceId").is_none() => {
                found.push(format!("{place}.resourceId is missing; name what is to be deleted as Type/ID"));
            }
            Some("create" | "update" | "delete") => {}
            _ => found.push(format!("{place}.type is none of create, update, delete")),
        }
    }
}

fn of_link(link: &Value, place: &str, found: &mut Vec<String>) {
    if text(link, "label").is_none() {
        found.push(format!("{place}.label is missing"));
    }
    // Whatever is shown as a link can be clicked: no other scheme may be.
    if !text(link, "url").is_some_and(is_web) {
        found.push(format!("{place}.url is no http or https address"));
    }
    match text(link, "type") {
        Some("absolute") if link.get("appContext").is_some() => {
            found.push(format!("{place}.appContext is given, though the link is absolute"));
        }
        Some("absolute" | "smart") => {}
        _ => found.push(format!("{place}.type is neither absolute nor smart")),
    }
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn list<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    value.get(member).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn text<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value.get(member).and_then(Value::as_str).filter(|text| !text.is_empty())
}
