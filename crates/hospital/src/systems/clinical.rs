//! Charges, documents and vaccinations: kept as they come.

use serde_json::json;
use standards::hl7::message::Message;

use super::answer::Answer;
use super::belief::Belief;
use super::follow;
use super::hold::{Holding, person};
use super::record::{CHARGE, DOCUMENT, Record, VACCINATION};
use super::segment::at;

/// What billing makes of a charge (DFT^P03): one with a transaction number that is known is the same charge again.
pub(super) fn charge(message: &Message, holding: &dyn Holding) -> Answer {
    let (mrn, number) = (at(message, "PID", 3, 1), at(message, "FT1", 2, 1));
    if mrn.is_empty() || number.is_empty() {
        return Answer::reject("a charge needs PID-3 and FT1-2".to_owned());
    }
    if person(holding, &mrn).is_none() {
        return Answer::error(format!("no account for MRN {mrn}"));
    }
    let ft1 = |field, component| at(message, "FT1", field, component);
    let body =
        json!({"mrn": mrn, "code": ft1(7, 1), "name": ft1(7, 2), "quantity": ft1(10, 1), "at": ft1(4, 1)});
    Answer::accept(vec![Record::new(CHARGE, &number, body)])
}

/// What an exchange makes of a document (MDM^T02): it keeps that there is one, and of what kind.
pub(super) fn document(message: &Message) -> Answer {
    let (mrn, number) = (at(message, "PID", 3, 1), at(message, "TXA", 12, 1));
    if mrn.is_empty() || number.is_empty() {
        return Answer::reject("a document needs PID-3 and TXA-12".to_owned());
    }
    let body = json!({"mrn": mrn, "kind": at(message, "TXA", 2, 1), "title": at(message, "OBX", 3, 2)});
    Answer::accept(vec![Record::new(DOCUMENT, &number, body)])
}

/// What an immunization registry makes of a vaccination (VXU^V04).
pub(super) fn vaccination(message: &Message, holding: &dyn Holding) -> Answer {
    let told = Belief::read(message);
    let rxa = |field, component| at(message, "RXA", field, component);
    let (code, given) = (rxa(5, 1), rxa(3, 1));
    if told.mrn.is_empty() || told.birth_date.is_empty() {
        return Answer::reject("a vaccination needs PID-3 and PID-7".to_owned());
    }
    if code.is_empty() || given.is_empty() {
        return Answer::error("RXA-3 or RXA-5 is empty: when, and which vaccine".to_owned());
    }
    let body = json!({"mrn": told.mrn, "code": code, "name": rxa(5, 2), "given": given, "lot": rxa(15, 1)});
    let key = format!("{}.{code}.{given}", told.mrn);
    let known = person(holding, &told.mrn).unwrap_or_default();
    Answer::accept(vec![follow::record(&known.renamed(&told)), Record::new(VACCINATION, &key, body)])
}
