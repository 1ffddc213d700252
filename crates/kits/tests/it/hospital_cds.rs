//! A small server of CDS Hooks that is right, or wrong in one way.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};

use crate::http::{Asked, Said, serve};

/// What is wrong with a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// No fault: it judges by the order alone where it is told nothing else.
    ReadsItself,
    NoDiscovery,
    ListsNothing,
    NoDescription,
    OddTemplate,
    Breaks,
    SaysHtml,
    Hangs,
    LongSummary,
    ScriptLink,
    SameName,
    Slow,
    BreaksOnNothing,
    BreaksUnfetched,
    TakesNoise,
    TakesAnyHook,
    TakesNoInstance,
    TakesNobody,
    AnswersForOthers,
    DropsFeedback,
    TakesAnyFeedback,
}

struct House {
    fault: Fault,
    cards: AtomicUsize,
}

/// Starts one; returns its base address.
pub(crate) fn start(fault: Fault) -> String {
    serve(|_| {
        let house = House { fault, cards: AtomicUsize::new(0) };
        move |asked: &Asked| house.answer(asked)
    })
}

/// The services: their hooks, by id.
const SERVICES: [(&str, &str); 2] = [("kidneys", "order-sign"), ("greeting", "patient-view")];

fn told(status: u16, body: &Value) -> Said {
    Said::new(status, body.to_string()).with("Content-Type", "application/json")
}

fn refused(what: &str) -> Said {
    told(400, &json!({"detail": what}))
}

impl House {
    fn is(&self, fault: Fault) -> bool {
        self.fault == fault
    }

    fn answer(&self, asked: &Asked) -> Said {
        match asked.target.split('/').collect::<Vec<_>>()[..] {
            ["", "cds-services"] if !self.is(Fault::NoDiscovery) => told(200, &self.offered()),
            ["", "cds-services", id] => match SERVICES.iter().find(|(known, _)| *known == id) {
                Some((_, hook)) => self.called(id, hook, &asked.body),
                None if self.is(Fault::AnswersForOthers) => told(200, &json!({"cards": []})),
                None => told(404, &json!({})),
            },
            ["", "cds-services", _, "feedback"] => self.fed(&asked.body),
            _ => told(404, &json!({})),
        }
    }

    fn offered(&self) -> Value {
        if self.is(Fault::ListsNothing) {
            return json!({"services": []});
        }
        let services = SERVICES.iter().map(|(id, hook)| {
            let mut service =
                json!({"id": id, "hook": hook, "title": id, "description": format!("About {id}.")});
            if *id == "kidneys" {
                service["prefetch"] = json!({
                    "patient": "Patient/{{context.patientId}}",
                    "results": "Observation?patient={{context.patientId}}&code=http://loinc.org|2160-0",
                });
            }
            if self.is(Fault::NoDescription) && *id == "greeting" {
                service["description"] = Value::Null;
            }
            if self.is(Fault::OddTemplate) && *id == "greeting" {
                let odd = "Medication/{{context.draftOrders.entry.first().resource.id}}";
                service["prefetch"] = json!({"drugs": odd});
            }
            service
        });
        json!({"services": services.collect::<Vec<_>>()})
    }

    fn called(&self, id: &str, hook: &str, body: &str) -> Said {
        let body: Value = match serde_json::from_str(body) {
            Ok(Value::Object(members)) => Value::Object(members),
            _ if self.is(Fault::TakesNoise) => return told(200, &json!({"cards": []})),
            _ => return refused("no JSON object"),
        };
        let lacks = |member: &str| body.pointer(member).and_then(Value::as_str).is_none();
        if body["hook"] != hook && !self.is(Fault::TakesAnyHook) {
            return refused("another hook");
        }
        if lacks("/hookInstance") && !self.is(Fault::TakesNoInstance) {
            return refused("no hookInstance");
        }
        if lacks("/context/patientId") && !self.is(Fault::TakesNobody) {
            return refused("no patientId");
        }
        match self.fault {
            Fault::Breaks if body.get("prefetch").is_some_and(|told| told.get("results").is_some()) => {
                let found = body.pointer("/prefetch/results/total");
                if found != Some(&json!(0)) {
                    return told(500, &json!({}));
                }
            }
            Fault::SaysHtml if body.pointer("/prefetch/results/total") == Some(&json!(1)) => {
                return Said::new(200, "<p>hello</p>").with("Content-Type", "text/html");
            }
            Fault::Hangs => sleep(Duration::from_secs(4)),
            Fault::Slow => sleep(Duration::from_millis(700)),
            _ => {}
        }
        if id == "greeting" {
            return told(200, &json!({"cards": []}));
        }
        self.kidneys(&body)
    }

    fn kidneys(&self, body: &Value) -> Said {
        let Some(results) = body.pointer("/prefetch/results") else {
            return match self.fault {
                Fault::ReadsItself => told(200, &json!({"cards": [self.card()]})),
                Fault::BreaksUnfetched => told(500, &json!({})),
                _ => told(412, &json!({"detail": "results are missing"})),
            };
        };
        let found = results["entry"].as_array().into_iter().flatten();
        let values: Vec<f64> =
            found.filter_map(|entry| entry.pointer("/resource/valueQuantity/value")?.as_f64()).collect();
        if values.is_empty() && self.is(Fault::BreaksOnNothing) && body["context"]["patientId"] == "kit-frail"
        {
            return told(500, &json!({}));
        }
        let cards: Vec<Value> = values.iter().filter(|value| **value > 1.5).map(|_| self.card()).collect();
        told(200, &json!({"cards": cards}))
    }

    fn card(&self) -> Value {
        let number = self.cards.fetch_add(1, Ordering::Relaxed);
        let name = |what: &str| match self.is(Fault::SameName) {
            true => "name".to_owned(),
            false => format!("{what}-{number}"),
        };
        let mut card = json!({
            "uuid": name("card"),
            "summary": "Mind the kidneys",
            "indicator": "warning",
            "source": {"label": "Kidneys"},
            "selectionBehavior": "any",
            "suggestions": [{"label": "End the draft", "uuid": name("end"), "actions": [
                {"type": "delete", "description": "End it", "resourceId": "MedicationRequest/kit-draft-1"}]}],
        });
        if self.is(Fault::LongSummary) {
            card["summary"] = "long ".repeat(40).into();
        }
        if self.is(Fault::ScriptLink) {
            card["links"] = json!([{"label": "Read", "url": "javascript:alert(1)", "type": "absolute"}]);
        }
        card
    }

    fn fed(&self, body: &str) -> Said {
        if self.is(Fault::DropsFeedback) {
            return told(500, &json!({}));
        }
        let body: Value = serde_json::from_str(body).unwrap_or_default();
        let items = body["feedback"].as_array().filter(|items| !items.is_empty());
        let is_one = |item: &Value| ["accepted", "overridden"].iter().any(|word| item["outcome"] == *word);
        match items.is_some_and(|items| items.iter().all(is_one)) || self.is(Fault::TakesAnyFeedback) {
            true => told(200, &json!({})),
            false => refused("no feedback"),
        }
    }
}
