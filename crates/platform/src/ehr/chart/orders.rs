use hospital::ehr::{codes_of, reference_id, tests_of};
use serde::Serialize;
use serde_json::Value;

use super::element::{address, concept_of, has_code, items, text, version};
use super::label::label;
use super::moment::{Moment, sort_newest_first};
use super::open::Chart;
use super::verification::Verification;
use crate::fhir::FhirError;

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Not signed.
    Draft,
    /// In force.
    Active,
    /// Done, ended or entered in error.
    Over,
}

/// An order for a service or a medicine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Order {
    /// `ServiceRequest/ID` or `MedicationRequest/ID`.
    pub reference: String,
    /// The version of that resource.
    pub version: u64,
    /// What was ordered.
    pub name: String,
    /// Whether it is for a medicine.
    pub is_medication: bool,
    /// Whether it is a medicine to be given in the hospital.
    pub inpatient: bool,
    /// The dose, or the reason.
    pub detail: Option<String>,
    /// `routine`, `stat` and so on, as written.
    pub priority: Option<String>,
    /// The status as written.
    pub status: String,
    /// Where it stands.
    pub state: OrderState,
    /// When it was signed.
    pub signed: Option<Moment>,
    /// Who ordered it.
    pub requester: Option<String>,
    /// Its codes.
    pub codes: Vec<String>,
    /// The tests it is for: code and short name.
    pub tests: Vec<(String, String)>,
    /// Where its verification by a pharmacist stands, if it takes one.
    pub verification: Option<Verification>,
    /// The id of its patient.
    pub patient: Option<String>,
}

impl Chart<'_> {
    /// Orders, newest first.
    ///
    /// # Errors
    /// When the store fails.
    pub fn orders(&self) -> Result<Vec<Order>, FhirError> {
        let mut verifications = self.verifications()?;
        let mut orders = Vec::new();
        for kind in ["ServiceRequest", "MedicationRequest"] {
            for resource in self.all(kind)? {
                let verification = verifications.remove(&address(&resource));
                orders.push(self.order(&resource, verification)?);
            }
        }
        sort_newest_first(&mut orders, |order| order.signed.as_ref());
        Ok(orders)
    }

    fn order(&self, resource: &Value, verification: Option<Verification>) -> Result<Order, FhirError> {
        let is_medication = text(resource, "resourceType") == Some("MedicationRequest");
        let status = text(resource, "status").unwrap_or_default().to_owned();
        let name = if is_medication { Some(self.drug(resource)?) } else { concept_of(resource, &["code"]) };
        let doses: Vec<&str> =
            items(resource, "dosageInstruction").iter().filter_map(|dose| text(dose, "text")).collect();
        let dose = (!doses.is_empty()).then(|| doses.join("; "));
        Ok(Order {
            reference: address(resource),
            version: version(resource),
            verification,
            name: name.unwrap_or_else(|| "an order without a name".to_owned()),
            is_medication,
            inpatient: is_medication && has_code(resource.get("category"), "inpatient"),
            detail: dose.or_else(|| concept_of(resource, &["reasonCode"])),
            priority: text(resource, "priority").map(str::to_owned),
            state: match status.as_str() {
                "draft" => OrderState::Draft,
                "active" | "on-hold" => OrderState::Active,
                _ => OrderState::Over,
            },
            status,
            signed: Moment::first(resource, &["/authoredOn"]),
            requester: self.display(resource.get("requester"))?,
            codes: codes_of(resource).into_iter().map(str::to_owned).collect(),
            tests: tests_of(resource)
                .into_iter()
                .map(|(code, name)| (code.to_owned(), short(code, name)))
                .collect(),
            patient: resource
                .get("subject")
                .and_then(|subject| reference_id(subject, "Patient"))
                .map(str::to_owned),
        })
    }
}

fn short(code: &str, name: &str) -> String {
    let concept = serde_json::json!({"coding": [{"code": code, "display": name}]});
    label(Some(&concept)).unwrap_or_else(|| name.to_owned())
}
