use serde_json::{Value, json};
use standards::fhir::instant;

use super::call::post;
use super::calls::{cards_of, given};
use crate::model::{Group, Stop, Test};
use crate::run::Step;

/// Telling what became of cards.
pub(super) fn group() -> Group {
    let id = |name: &str| format!("cds-hooks-service/feedback/{name}");
    Group {
        id: "cds-hooks-service/feedback".to_owned(),
        title: "Feedback".to_owned(),
        about: "A service that is told what became of its advice can get better. It need not want to know.".to_owned(),
        tests: vec![
            Test::new(id("taken"), "Feedback about a card is taken", taken)
                .about("About the first card with a uuid: accepted if it has a suggestion with a uuid, and overridden.")
                .of(&["cds.feedback"])
                .needs(&["calls"])
                .gives(&["told"]),
            Test::new(id("bad"), "Feedback that is none is refused", bad)
                .of(&["cds.feedback", "cds.refuses"])
                .needs(&["told"]),
        ],
        ..Group::default()
    }
}

fn taken(step: &mut Step<'_>) -> Result<(), Stop> {
    let cards = cards_of(&given(step));
    let named = |card: &Value| card["uuid"].as_str().map(str::to_owned);
    let Some((service, card, uuid)) =
        cards.into_iter().find_map(|(service, card)| named(&card).map(|uuid| (service, card, uuid)))
    else {
        return Err(Stop::Skip("no card with a uuid was given".to_owned()));
    };
    let at = instant::format(step.now_us());
    let mut told = vec![json!({"card": uuid, "outcome": "overridden", "outcomeTimestamp": at,
        "overrideReason": {"userComment": "A trial by a test kit."}})];
    let suggestions = card["suggestions"].as_array().into_iter().flatten();
    if let Some(suggestion) = suggestions.filter_map(named).next() {
        told.push(json!({"card": uuid, "outcome": "accepted", "outcomeTimestamp": at,
            "acceptedSuggestions": [{"id": suggestion}]}));
    }
    for one in told {
        let body = json!({"feedback": [one]}).to_string();
        match post(step, &format!("{service}/feedback"), &body)?.status {
            200..300 => {}
            404 | 405 | 501 => return Err(Stop::Omit(format!("{service} takes no feedback"))),
            other => {
                let outcome = &one["outcome"];
                return Err(Stop::Fail(format!(
                    "{service} was told that a card was {outcome}, and answered with {other}"
                )));
            }
        }
    }
    step.give("told", service);
    Ok(())
}

fn bad(step: &mut Step<'_>) -> Result<(), Stop> {
    let service = step.value("told");
    for body in ["{\"feedback\": ", "{}", "{\"feedback\": [{\"outcome\": \"liked\"}]}"] {
        let status = post(step, &format!("{service}/feedback"), body)?.status;
        if !(400..500).contains(&status) {
            return Err(Stop::Fail(format!(
                "{service} was told {body}, and answered with {status}, not 4xx"
            )));
        }
    }
    Ok(())
}
