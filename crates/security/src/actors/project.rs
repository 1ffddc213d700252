use serde_json::{Value, json};

use super::act::{Act, Deed, Form};
use crate::telemetry::Record;

/// What the journal would hold of acts that were all granted but for wrong passwords, one entry each, numbered from 1 in the
/// order of the acts.
#[must_use]
pub fn records_of(acts: &[Act]) -> Vec<Record> {
    acts.iter().zip(1..).map(|(act, seq)| record_of(act, seq)).collect()
}

fn record_of(act: &Act, seq: i64) -> Record {
    let record = Record { seq, time_us: act.at_us, outcome: "ok".to_owned(), ..Record::default() };
    let through_app = Record {
        actor: format!("{} by {}", act.login, act.client),
        source: "app".to_owned(),
        target: "EHR".to_owned(),
        ..record.clone()
    };
    let told = |kind: &str, subject: Option<String>, detail: Value| Record {
        kind: kind.to_owned(),
        subject,
        detail,
        ..through_app.clone()
    };
    let address = &act.address;
    match &act.deed {
        Deed::SignIn { right } => Record {
            actor: act.login.clone(),
            source: "browser".to_owned(),
            target: "IdP".to_owned(),
            kind: "auth.login".to_owned(),
            outcome: if *right { "ok" } else { "access_denied" }.to_owned(),
            detail: json!({"login": act.login, "address": address}),
            ..record
        },
        Deed::Worklist | Deed::Studies { .. } => {
            let (level, subject) = match &act.deed {
                Deed::Studies { patient } => ("STUDY", Some(format!("Patient/{patient}"))),
                _ => ("WORKLIST", None),
            };
            let login = &act.login;
            Record {
                actor: login.clone(),
                source: login.clone(),
                target: "PACS".to_owned(),
                kind: "dicom.find".to_owned(),
                subject,
                detail: json!({"level": level, "matches": 1, "address": address}),
                ..record
            }
        }
        Deed::Read { at } => {
            let (kind, id) = parted(at);
            let subject = (kind == "Patient").then(|| at.clone());
            told("fhir.read", subject, json!({"method": "GET", "type": kind, "id": id, "address": address}))
        }
        Deed::Look { kind, patient } => {
            let query = format!("patient={patient}");
            let detail = json!({"method": "GET", "type": kind, "query": query, "address": address});
            told("fhir.search", Some(format!("Patient/{patient}")), detail)
        }
        Deed::Ask { form, patient } => {
            let (kind, detail) = match (form, form.search(patient)) {
                (_, Some((kind, query))) => ("fhir.search", json!({"type": kind, "query": query})),
                (Form::Everything, None) => {
                    ("fhir.operation", json!({"type": "Patient", "id": patient, "operation": "everything"}))
                }
                (Form::Versions, None) => ("fhir.history", json!({"type": "Patient", "id": patient})),
                (_, None) => ("fhir.read", json!({"method": "GET", "type": "Patient", "id": patient})),
            };
            let mut detail = detail;
            detail["address"] = address.as_str().into();
            told(kind, Some(format!("Patient/{patient}")), detail)
        }
        Deed::Report { order, .. } => Record {
            actor: act.login.clone(),
            source: act.login.clone(),
            target: "EHR".to_owned(),
            kind: "hl7.received".to_owned(),
            detail: json!({
                "event": "ORU^R01", "control_id": order, "peer": address, "address": address,
                "certificate": !act.hostile,
            }),
            ..record
        },
        Deed::Heed { order, patient } => {
            let query = format!("based-on=ServiceRequest/{order}&patient={patient}");
            let detail = json!({"method": "GET", "type": "Observation", "query": query, "address": address});
            told("fhir.search", Some(format!("Patient/{patient}")), detail)
        }
        Deed::Amend { at } | Deed::Lock { at } => {
            let (kind, id) = parted(at);
            told("fhir.update", None, json!({"method": "PUT", "type": kind, "id": id, "address": address}))
        }
    }
}

fn parted(at: &str) -> (&str, &str) {
    at.split_once('/').unwrap_or((at, ""))
}
