//! Following where people are: ADT messages (HL7 v2.5.1, chapter 3).

use serde_json::json;
use standards::hl7::message::Message;

use super::answer::Answer;
use super::belief::{Belief, Stay};
use super::hold::{Holding, person};
use super::record::{ORDER, PATIENT, Record};
use super::segment::at;

/// What a system makes of an ADT message.
pub(super) fn follow(trigger: &str, message: &Message, holding: &dyn Holding) -> Answer {
    let told = Belief::read(message);
    if told.mrn.is_empty() {
        return Answer::reject("PID-3 has no medical record number".to_owned());
    }
    let known = person(holding, &told.mrn);
    let here = || Some(Stay::read(message));
    let unknown = || Answer::error(format!("no patient with MRN {}", told.mrn));
    let before = known.clone().unwrap_or_default();
    let next = match trigger {
        "A01" | "A06" | "A13" => Belief { stay: here(), ..before.renamed(&told) },
        "A04" if Stay::read(message).class == "E" => Belief { stay: here(), ..before.renamed(&told) },
        "A04" | "A05" | "A28" | "A31" => before.renamed(&told),
        "A02" | "A12" => Belief { stay: here(), ..before.renamed(&told) },
        "A08" => {
            let place = Stay::read(message);
            let stay = before.stay.clone().map(|stay| if place.unit.is_empty() { stay } else { place });
            Belief { stay, ..before.renamed(&told) }
        }
        "A03" | "A07" | "A11" if known.is_none() => return unknown(),
        // Who left the emergency department for a bed upstairs has left one visit and not the other.
        "A03" | "A07" | "A11" => {
            let left = Stay::read(message).visit;
            let stay = before.stay.clone().filter(|stay| !left.is_empty() && stay.visit != left);
            Belief { stay, ..before.renamed(&told) }
        }
        "A34" | "A40" => return merge(&told, message, holding),
        other => return Answer::reject(format!("ADT^{other} is not one of the events agreed on")),
    };
    Answer::accept(vec![record(&next)])
}

/// The retired number points to the surviving one from now on, and what was under it is the survivor's.
fn merge(told: &Belief, message: &Message, holding: &dyn Holding) -> Answer {
    let retired = at(message, "MRG", 1, 1);
    if retired.is_empty() {
        return Answer::reject("MRG-1 has no prior number".to_owned());
    }
    let gone =
        person(holding, &retired).unwrap_or_else(|| Belief { mrn: retired.clone(), ..Belief::default() });
    let stays = person(holding, &told.mrn).unwrap_or_default().renamed(told);
    let surviving = Belief { stay: stays.stay.clone().or(gone.stay.clone()), ..stays };
    let mut records = vec![record(&surviving)];
    records.push(record(&Belief { stay: None, merged_into: Some(told.mrn.clone()), ..gone }));
    for (key, mut order) in holding.all(ORDER) {
        if order["mrn"] == retired.as_str() {
            order["mrn"] = told.mrn.as_str().into();
            records.push(Record::new(ORDER, &key, order));
        }
    }
    Answer::accept(records)
}

/// A belief as the record that holds it.
pub(super) fn record(belief: &Belief) -> Record {
    Record::new(PATIENT, &belief.mrn, json!(belief))
}
