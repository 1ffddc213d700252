use hospital::ehr::{Firing, Severity};
use standards::cds_hooks::{Action, Card, Choice, Indicator, Source, Suggestion};

/// The code system of the reasons that may be given for not following a card.
const REASONS: &str = "https://practicum.example/override-reason";

/// The reasons.
const WHY: [(&str, &str); 3] = [
    ("benefit-outweighs", "The benefit outweighs the risk"),
    ("known-and-watched", "Known, and watched closely"),
    ("does-not-apply", "Does not apply to this patient"),
];

/// What a rule says, as a card. `egfr` is the patient's estimated glomerular filtration rate in mL/min/1.73 m².
pub(super) fn card(
    firing: &Firing,
    label: &str,
    egfr: Option<f64>,
    new_id: &mut dyn FnMut() -> String,
) -> Card {
    let detail = match egfr {
        Some(egfr) => format!("{}\n\neGFR: {egfr:.0} mL/min/1.73 m²", firing.message),
        None => firing.message.clone(),
    };
    let end = Action::Delete {
        description: format!("End the draft of {}.", firing.ordered),
        resource_id: firing.order.clone(),
    };
    let advises = firing.severity != Severity::Info;
    Card {
        uuid: new_id(),
        summary: Card::fitted(&format!("{}: {}", firing.ordered, firing.title)),
        detail,
        indicator: indicator(firing.severity),
        source: Source { label: label.to_owned() },
        suggestions: if advises {
            vec![Suggestion { label: "End the draft".to_owned(), uuid: new_id(), actions: vec![end] }]
        } else {
            Vec::new()
        },
        selection_behavior: advises.then_some("any"),
        override_reasons: if firing.severity == Severity::Warning { reasons() } else { Vec::new() },
    }
}

fn indicator(severity: Severity) -> Indicator {
    match severity {
        Severity::Info => Indicator::Info,
        Severity::Warning => Indicator::Warning,
        Severity::Stop => Indicator::Critical,
    }
}

fn reasons() -> Vec<Choice> {
    WHY.into_iter().map(|(code, display)| Choice { code, system: REASONS, display }).collect()
}
