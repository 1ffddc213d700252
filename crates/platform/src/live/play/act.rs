use hospital::play::{Class, Code, Disposition, Happening, What};
use hospital::population::{Bed, Identity, Recipe};
use serde_json::{Value, json};
use store::sandbox::Change;

use super::desk;
use crate::ehr::commands::{CommandError, run_by_house};
use crate::fhir::Context;

/// Why a colleague signs what a rule warns of.
const OVERRIDE: &str = "Weighed; needed on this pathway.";

/// Does what a colleague does when this happens. A visit gets the id that its happening names, so later happenings find it.
/// What the chart has no form for, and what is about a visit it does not have, leaves no trace.
pub(super) fn act(
    context: &Context<'_>,
    change: &mut Change<'_>,
    recipe: &Recipe,
    who: &Identity,
    happening: &Happening,
) -> Result<(), CommandError> {
    let mut hand = Hand { context, change, recipe, who, happening };
    match &happening.what {
        What::Arrived(arrival) if arrival.class == Class::Emergency => {
            let place = arrival.unit.label().to_owned();
            hand.admit("EMER", &place, arrival.reason)
        }
        What::Admitted(admission) => {
            let place = hand.ready(admission.bed)?;
            hand.admit("IMP", &place, admission.reason)
        }
        What::Transferred { to, .. } => hand.transfer(*to),
        What::Left { disposition } => hand.discharge(*disposition),
        What::Died => hand.discharge(Disposition::Expired),
        What::Ordered { code, urgent, .. } => hand.order(code, *urgent),
        What::Prescribed { drug, .. } => hand.order(drug, false),
        _ => Ok(()),
    }
}

/// A colleague at work on one happening.
struct Hand<'a, 'c> {
    context: &'a Context<'a>,
    change: &'a mut Change<'c>,
    recipe: &'a Recipe,
    who: &'a Identity,
    happening: &'a Happening,
}

impl Hand<'_, '_> {
    fn now_us(&self) -> i64 {
        self.context.access.virtual_us()
    }

    fn visit(&self) -> String {
        self.happening.visit.id().to_string()
    }

    #[allow(clippy::needless_pass_by_value, reason = "forms are written where they are given")]
    fn run(&mut self, name: &'static str, form: Value, first_id: Option<String>) -> Result<(), CommandError> {
        run_by_house(self.context, self.change, name, &form, first_id).map(|_| ())
    }

    /// The patient's id; somebody new is registered.
    fn patient(&mut self) -> Result<String, CommandError> {
        let number = desk::number_of(self.recipe, self.happening.patient);
        if let Some(known) = desk::patient(self.change.view(), self.now_us(), &number)? {
            return Ok(known);
        }
        let who = self.who;
        let form = json!({
            "family": who.family,
            "given": who.given.join(" ").trim(),
            "birth_date": who.birth.to_string(),
            "sex": if who.female { "female" } else { "male" },
            "phone": who.phone,
            "street": who.street,
            "city": who.town,
            "postal_code": who.postal_code,
            "mrn": number,
            "confirm_new": "yes",
        });
        Ok(run_by_house(self.context, self.change, "register", &form, None)?.patient)
    }

    fn admit(&mut self, class: &str, place: &str, reason: &Code) -> Result<(), CommandError> {
        let patient = self.patient()?;
        let form = json!({"patient": patient, "location": place, "reason": reason.code, "class": class});
        let visit = self.visit();
        self.run("admit", form, Some(visit))
    }

    /// A bed as housekeeping hands it over.
    fn ready(&mut self, bed: Bed) -> Result<String, CommandError> {
        let (label, state) = desk::bed(self.change.view(), self.now_us(), bed)?;
        if state.is_some_and(|state| state != "clean") {
            self.run("set_bed_status", json!({"bed": label, "status": "clean"}), None)?;
        }
        Ok(label)
    }

    fn transfer(&mut self, to: Bed) -> Result<(), CommandError> {
        let visit = self.visit();
        if desk::open_visit(self.change.view(), &visit)?.is_none() {
            return Ok(());
        }
        let place = self.ready(to)?;
        self.run("transfer", json!({"encounter": visit, "location": place}), None)
    }

    fn discharge(&mut self, disposition: Disposition) -> Result<(), CommandError> {
        let visit = self.visit();
        if desk::open_visit(self.change.view(), &visit)?.is_none() {
            return Ok(());
        }
        let code = match disposition.coding().0 {
            "" => "oth",
            code => code,
        };
        self.run("discharge", json!({"encounter": visit, "disposition": code}), None)
    }

    /// Drafts and signs an order of something that the catalogue has.
    fn order(&mut self, code: &Code, urgent: bool) -> Result<(), CommandError> {
        let visit = self.visit();
        let (view, now_us) = (self.change.view(), self.now_us());
        let Some(encounter) = desk::open_visit(view, &visit)? else { return Ok(()) };
        let Some(orderable) = desk::orderable(view, now_us, code.code)? else { return Ok(()) };
        let reference = encounter.pointer("/subject/reference").and_then(Value::as_str).unwrap_or_default();
        let patient = reference.trim_start_matches("Patient/").to_owned();
        let id = self.happening.handle.id().to_string();
        if desk::is_ordered(view, &id)? {
            return Ok(());
        }
        let form = json!({
            "patient": patient,
            "encounter": visit,
            "orderable": orderable,
            "priority": if urgent { "stat" } else { "routine" },
        });
        let drafted = run_by_house(self.context, self.change, "draft_order", &form, Some(id))?;
        let order =
            drafted.resources.first().map(|one| format!("{}/{}", one.kind, one.id)).unwrap_or_default();
        let form = json!({"patient": patient, "orders": order, "override_reason": OVERRIDE});
        self.run("sign_orders", form, None)
    }
}
