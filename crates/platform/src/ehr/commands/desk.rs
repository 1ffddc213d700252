use hospital::ehr::{EhrError, Entered, active_place, is_bed, is_emergency, is_in_house, reference_id};
use hospital::population::{MRN_SYSTEM, Recipe, mrn};
use serde_json::Value;
use store::StoreError;
use store::sandbox::View;

use super::error::CommandError;
use crate::access::Access;
use crate::ehr::alike::candidates;
use crate::ehr::lookup::{escaped, find, get, value_of};

/// The search for encounters that have begun and not ended.
const OPEN: (&str, &str) = ("status", "arrived,triaged,in-progress,onleave");

/// From this score on a patient is shown to whoever registers a new one: name, birth date and sex may differ in one of
/// them, or in letters.
const LIKELY: f64 = 0.8;
/// Patients shown so.
const ALIKE_MAX: usize = 10;

/// The types of orders.
pub(super) const ORDERS: [&str; 2] = ["ServiceRequest", "MedicationRequest"];
/// Orders that are signed at once.
const ORDERS_MAX: usize = 200;

/// What a command may look at, inside its transaction.
pub(super) struct Desk<'a> {
    access: &'a Access,
    view: View<'a>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(access: &'a Access, view: View<'a>) -> Self {
        Self { access, view }
    }

    /// The resource a field names, by `ID` or `Type/ID`.
    pub(super) fn named(&self, kind: &str, field: &Entered) -> Result<Option<Value>, StoreError> {
        match id_in(kind, field) {
            Some(id) => get(self.view, kind, &id),
            None => Ok(None),
        }
    }

    /// The place a field names, by id or by the label on its door.
    pub(super) fn place(&self, field: &Entered) -> Result<Option<Value>, StoreError> {
        if let Some(place) = self.named("Location", field)? {
            return Ok(Some(place));
        }
        let Some(label) = field.text() else { return Ok(None) };
        let mut places = self.find("Location", &[("identifier", &escaped(&label))])?;
        Ok(if places.len() == 1 { places.pop() } else { None })
    }

    /// The encounter that has a bed, other than `except`. A ward has room for all.
    pub(super) fn occupant(
        &self,
        place: Option<&Value>,
        except: Option<&Value>,
    ) -> Result<Option<Value>, StoreError> {
        let Some(place) = place.filter(|place| is_bed(place)) else { return Ok(None) };
        let id = id_of(place);
        let there = self.find("Encounter", &[("location", &format!("Location/{id}")), OPEN])?;
        let has_it = |encounter: &Value| {
            is_in_house(encounter)
                && active_place(encounter) == Some(id)
                && Some(id_of(encounter)) != except.map(id_of)
        };
        Ok(there.into_iter().find(has_it))
    }

    /// What keeps a patient in the house now: stays before visits to the emergency department.
    pub(super) fn stays(&self, patient: &str) -> Result<Vec<Value>, StoreError> {
        let open = self.find("Encounter", &[("patient", &format!("Patient/{patient}")), OPEN])?;
        let mut stays: Vec<Value> = open.into_iter().filter(is_in_house).collect();
        stays.sort_by_key(is_emergency);
        Ok(stays)
    }

    /// The stay that a form is about: the one it names, or the patient's only one.
    pub(super) fn stay(&self, encounter: &Entered, patient: &Entered) -> Result<Option<Value>, CommandError> {
        let patient = id_in("Patient", patient);
        if encounter.text().is_some() {
            let named = self.named("Encounter", encounter)?;
            return Ok(named.filter(|named| {
                patient.as_deref().is_none_or(|patient| patient_of(named) == Some(patient))
            }));
        }
        let Some(patient) = patient else { return Ok(None) };
        let mut stays = self.stays(&patient)?;
        if stays.iter().any(|stay| !is_emergency(stay)) {
            stays.retain(|stay| !is_emergency(stay));
        }
        if stays.len() > 1 {
            let names: Vec<String> = stays.iter().map(|stay| format!("Encounter/{}", id_of(stay))).collect();
            let what = format!("the patient has {} stays now: {}", names.len(), names.join(", "));
            return Err(EhrError::field("encounter", what, "name one of them").into());
        }
        Ok(stays.pop())
    }

    /// The encounter that something new in a chart belongs to: the one named, otherwise what keeps the patient here now.
    pub(super) fn occasion(
        &self,
        encounter: &Entered,
        patient: Option<&Value>,
    ) -> Result<Option<Value>, StoreError> {
        let Some(patient) = patient.map(id_of) else { return Ok(None) };
        if encounter.text().is_some() {
            let named = self.named("Encounter", encounter)?;
            return Ok(named.filter(|named| patient_of(named) == Some(patient)));
        }
        Ok(self.stays(patient)?.into_iter().next())
    }

    /// Whether somebody has this medical record number.
    pub(super) fn mrn_taken(&self, number: &str) -> Result<bool, StoreError> {
        Ok(!self.of_mrn(number)?.is_empty())
    }

    /// The patients of this medical record number.
    pub(super) fn of_mrn(&self, number: &str) -> Result<Vec<Value>, StoreError> {
        let wanted = format!("{MRN_SYSTEM}|{}", escaped(number));
        self.find("Patient", &[("identifier", &wanted)])
    }

    /// The next medical record number nobody has: after those of the image's own patients.
    pub(super) fn free_mrn(&self) -> Result<String, CommandError> {
        let origin = &self.access.sandbox().image().origin["generated"];
        let recipe: Recipe =
            serde_json::from_value(origin.clone()).unwrap_or(Recipe { patients: 0, ..Recipe::default() });
        for nth in u64::from(recipe.patients).. {
            let number = mrn(&recipe, nth);
            if !self.mrn_taken(&number)? {
                return Ok(number);
            }
        }
        Err(EhrError::field("mrn", "every number is taken", "give one of your own").into())
    }

    /// The patients who are most likely the person of a Patient resource.
    pub(super) fn alike(&self, patient: &Value) -> Result<Vec<Value>, StoreError> {
        let found = candidates(self.view, self.access.virtual_us(), patient)?;
        let likely = found.iter().filter(|(score, _)| score.value >= LIKELY);
        Ok(likely.take(ALIKE_MAX).filter_map(|(_, stored)| value_of(stored)).collect())
    }

    /// The orders a field names, and the names that lead to none. Without names: every draft of the patient.
    pub(super) fn orders(
        &self,
        field: &Entered,
        patient: &str,
    ) -> Result<(Vec<Value>, Vec<String>), StoreError> {
        let (mut found, mut missing) = (Vec::new(), Vec::new());
        let Some(text) = field.text() else {
            for kind in ORDERS {
                let mine = format!("Patient/{patient}");
                found.extend(self.find(kind, &[("patient", &mine), ("status", "draft")])?);
            }
            return Ok((found, missing));
        };
        let names = text.split([',', ' ', '\n', '\r', '\t']).filter(|name| !name.is_empty());
        for name in names.take(ORDERS_MAX) {
            match self.order_named(name)? {
                Some(order) => found.push(order),
                None => missing.push(name.to_owned()),
            }
        }
        Ok((found, missing))
    }

    /// The order of this name: `Type/ID`.
    pub(super) fn order_named(&self, name: &str) -> Result<Option<Value>, StoreError> {
        let parts = name.split_once('/').filter(|(kind, _)| ORDERS.contains(kind));
        parts.map_or(Ok(None), |(kind, id)| get(self.view, kind, id))
    }

    /// The open tasks about a resource, named as `Type/ID`.
    pub(super) fn open_tasks(&self, focus: &str) -> Result<Vec<Value>, StoreError> {
        let open = "requested,received,accepted,ready,in-progress,on-hold";
        self.find("Task", &[("focus", focus), ("status", open)])
    }

    /// A definition by id, otherwise by its whole title.
    pub(super) fn definition(&self, kind: &str, field: &Entered) -> Result<Option<Value>, StoreError> {
        if let Some(found) = self.named(kind, field)? {
            return Ok(Some(found));
        }
        let Some(title) = field.text() else { return Ok(None) };
        let found = self.find(kind, &[("title:exact", &escaped(&title))])?;
        Ok(found.into_iter().next())
    }

    /// The definition of a canonical address.
    pub(super) fn by_url(&self, kind: &str, url: &str) -> Result<Option<Value>, StoreError> {
        Ok(self.find(kind, &[("url", &escaped(url))])?.into_iter().next())
    }

    /// The patient's resources of a type.
    pub(super) fn of_patient(&self, kind: &str, patient: &str) -> Result<Vec<Value>, StoreError> {
        self.find(kind, &[("patient", &format!("Patient/{patient}"))])
    }

    /// What is stored, as it is.
    pub(super) fn view(&self) -> View<'a> {
        self.view
    }

    pub(super) fn find(&self, kind: &str, criteria: &[(&str, &str)]) -> Result<Vec<Value>, StoreError> {
        find(self.view, self.access.virtual_us(), kind, criteria)
    }
}

/// The id a field names, written as `ID` or `Type/ID`.
pub(super) fn id_in(kind: &str, field: &Entered) -> Option<String> {
    let text = field.text()?;
    let id = text.strip_prefix(kind).and_then(|rest| rest.strip_prefix('/')).unwrap_or(&text);
    Some(id.to_owned())
}

pub(super) fn id_of(resource: &Value) -> &str {
    resource.get("id").and_then(Value::as_str).unwrap_or_default()
}

/// The id of the patient an encounter is about.
pub(super) fn patient_of(encounter: &Value) -> Option<&str> {
    reference_id(encounter.get("subject")?, "Patient")
}
