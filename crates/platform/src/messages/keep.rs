//! What a system that accepted a message writes down, and sends because of it.

use hospital::population::MRN_SYSTEM;
use hospital::systems::{Ack, Answer, Record};
use hospital::topology::System;
use store::StoreError;
use store::sandbox::systems::SystemRecord;
use store::sandbox::{Change, View};

use super::queue::queue;
use super::take::store_of;
use crate::ehr::lookup::{find, subject};
use crate::fhir::Context;

/// Writes the records of a system that accepted down, and queues what it sends.
pub(super) fn keep(
    context: &Context<'_>,
    change: &mut Change<'_>,
    system: &System,
    answer: &Answer,
    subject: Option<&str>,
) -> Result<(), StoreError> {
    if answer.ack != Ack::Accept {
        return Ok(());
    }
    let updated_us = context.access.virtual_us();
    for Record { kind, key, body, due_us } in &answer.records {
        change.put_system_record(&SystemRecord {
            system: store_of(system).to_owned(),
            kind: (*kind).to_owned(),
            key: key.clone(),
            body: body.to_string(),
            due_us: *due_us,
            updated_us,
        })?;
    }
    for sent in &answer.sends {
        let found = match subject {
            Some(subject) => Some(subject.to_owned()),
            None => patient(context, change.view(), sent.mrn())?,
        };
        queue(context.access, change, &system.id, sent, found.as_deref())?;
    }
    Ok(())
}

/// Whose chart has an MRN, as `Patient/ID`.
pub(super) fn patient(
    context: &Context<'_>,
    view: View<'_>,
    mrn: &str,
) -> Result<Option<String>, StoreError> {
    if mrn.is_empty() {
        return Ok(None);
    }
    let number = format!("{MRN_SYSTEM}|{mrn}");
    let found = find(view, context.access.virtual_us(), "Patient", &[("identifier", &number)])?;
    Ok(found.first().and_then(|patient| patient["id"].as_str()).and_then(subject))
}
