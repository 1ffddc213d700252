//! A service of decision support as a table of rules: what a learner would have programmed, so that a proof can play it.

use serde_json::{Value, json};
use standards::fhir::path::FhirPath;

use crate::text::{Escape, UnknownValue, Values, fill};

/// What such a service can ask to know beforehand, by the keys that its rules use.
const TEMPLATES: [(&str, &str); 4] = [
    ("patient", "Patient/{{context.patientId}}"),
    ("allergies", "AllergyIntolerance?patient={{context.patientId}}&clinical-status=active"),
    ("medications", "MedicationRequest?patient={{context.patientId}}&status=active"),
    ("results", "Observation?patient={{context.patientId}}&category=laboratory&_sort=-date"),
];

/// A service (CDS Hooks 2.0) that answers by rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// Its id.
    pub id: String,
    /// The hook it is for.
    pub hook: String,
    /// What it asks to know beforehand: keys of a fixed list of templates.
    pub prefetch: Vec<String>,
    /// What it does when it was not told.
    pub unfetched: Unfetched,
    /// How long it keeps every answer back, in milliseconds.
    pub delay_ms: u32,
    /// Its rules; each that holds gives a card.
    pub rules: Vec<ServedRule>,
}

/// A rule of a served service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedRule {
    /// `FHIRPath` over the body of the call, with `%prefetch` and `%orders`.
    pub when: String,
    /// `info`, `warning` or `critical`.
    pub indicator: String,
    /// What the card says.
    pub summary: String,
}

/// What a served service does about a call that lacks what it asked to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfetched {
    /// It answers 412, as the standard says.
    Refuse,
    /// It goes on as if there were nothing to know.
    Ignore,
    /// It breaks.
    Fail,
}

impl Served {
    /// The template of a key.
    #[must_use]
    pub fn template(key: &str) -> Option<&'static str> {
        TEMPLATES.iter().find(|(known, _)| *known == key).map(|(_, template)| *template)
    }

    /// The same with every placeholder filled.
    pub(super) fn filled(&self, values: &Values) -> Result<Self, UnknownValue> {
        let rule = |rule: &ServedRule| {
            Ok(ServedRule {
                // A value may be a whole expression, so nothing in it is escaped.
                when: fill(&rule.when, values, Escape::Plain)?,
                indicator: rule.indicator.clone(),
                summary: fill(&rule.summary, values, Escape::Plain)?,
            })
        };
        let rules = self.rules.iter().map(rule).collect::<Result<_, UnknownValue>>()?;
        Ok(Self { hook: fill(&self.hook, values, Escape::Plain)?, rules, ..self.clone() })
    }

    /// The texts in which placeholders may stand.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let of_rules = self.rules.iter().flat_map(|rule| [rule.when.as_str(), rule.summary.as_str()]);
        of_rules.chain([self.hook.as_str()])
    }

    /// Answers one request with a status and a body: discovery, a call, or feedback. `path` begins with `/cds-services`.
    #[must_use]
    pub fn answer(&self, method: &str, path: &str, body: &Value, engine: &dyn FhirPath) -> (u16, Value) {
        let own = format!("/cds-services/{}", self.id);
        match (method, path) {
            ("GET", "/cds-services") => (200, json!({"services": [self.told()]})),
            ("POST", called) if called == own => self.judged(body, engine),
            ("POST", told) if told == format!("{own}/feedback") => (200, json!({})),
            _ => (404, json!({"detail": "there is nothing here"})),
        }
    }

    fn told(&self) -> Value {
        let templates =
            self.prefetch.iter().filter_map(|key| Some((key.clone(), Self::template(key)?.into())));
        json!({
            "id": self.id,
            "hook": self.hook,
            "title": "A service of a proof",
            "description": "Answers by a table of rules.",
            "prefetch": Value::Object(templates.collect()),
        })
    }

    fn judged(&self, body: &Value, engine: &dyn FhirPath) -> (u16, Value) {
        if body["hook"] != self.hook.as_str() {
            return (400, json!({"detail": "this is another hook"}));
        }
        let lacks = self.prefetch.iter().any(|key| body["prefetch"].get(key).is_none());
        match self.unfetched {
            Unfetched::Refuse if lacks => return (412, json!({"detail": "prefetch is missing"})),
            Unfetched::Fail if lacks => return (500, json!({"detail": "broken"})),
            _ => {}
        }
        let entries = |bundle: &Value| bundle["entry"].as_array().cloned().unwrap_or_default();
        let resources = |bundle: &Value| -> Vec<Value> {
            entries(bundle).into_iter().map(|entry| entry["resource"].clone()).collect()
        };
        let mut variables = vec![("orders", Value::Array(resources(&body["context"]["draftOrders"])))];
        for (key, _) in TEMPLATES {
            let sent = &body["prefetch"][key];
            let known = if sent["resourceType"] == "Bundle" { resources(sent) } else { vec![sent.clone()] };
            let known: Vec<Value> = known.into_iter().filter(|one| !one.is_null()).collect();
            variables.push((key, Value::Array(known)));
        }
        let mut cards = Vec::new();
        for rule in &self.rules {
            match engine.evaluate(&rule.when, body, &variables) {
                Ok(found) if found == [Value::Bool(true)] => cards.push(self.card(rule, cards.len())),
                Ok(_) => {}
                Err(error) => return (500, json!({"detail": error.to_string()})),
            }
        }
        (200, json!({"cards": cards}))
    }

    fn card(&self, rule: &ServedRule, at: usize) -> Value {
        json!({
            "uuid": format!("{}-{at}", self.id),
            "summary": rule.summary,
            "indicator": rule.indicator,
            "source": {"label": self.id},
        })
    }
}
