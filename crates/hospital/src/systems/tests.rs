use proptest::prelude::*;
use serde_json::json;
use standards::hl7::message::Message;

use super::*;
use crate::messages::Interface;
use crate::topology::{self, System, Topology};

const NOW_US: i64 = 1_930_370_400_000_000;

fn hospital() -> Topology {
    topology::read(include_str!("../../../../content/hospitals/default.toml")).value
}

fn system(id: &str) -> System {
    hospital().system(id).cloned().unwrap()
}

fn message(sent: &Sent) -> Message {
    let hospital = hospital();
    let interface = Interface::planned(hospital.interface("adt-lis").unwrap(), &hospital.facility);
    sent.write(&interface, "1", "tests", NOW_US).unwrap()
}

/// A message about a person, from the resources that the chart would have.
fn adt(event: &'static str, belief: &Belief) -> Sent {
    let mut sent = Sent::new(event, resources::person(belief));
    let stay = belief.stay.clone().unwrap_or_default();
    let place = |id: &str, kind: &str, label: &str, around: &str| {
        json!({
            "resourceType": "Location", "id": id, "identifier": [{"value": label}],
            "physicalType": {"coding": [{"code": kind}]}, "partOf": {"reference": around},
        })
    };
    sent.resources = vec![
        place("bed", "bd", &stay.bed, "Location/ward"),
        place("ward", "wa", &stay.unit, "Location/house"),
    ];
    sent.encounter = Some(json!({
        "resourceType": "Encounter", "id": "e1", "identifier": [{"value": stay.visit}],
        "class": {"code": if stay.class == "E" { "EMER" } else { "IMP" }},
        "location": [{"location": {"reference": "Location/bed"}, "status": "active"}],
    }));
    sent
}

fn merge(surviving: &Belief, retired: &Belief) -> Sent {
    let retired = Some(resources::person(retired));
    Sent { retired, ..Sent::new("ADT^A40", resources::person(surviving)) }
}

/// An order placed, or cancelled.
fn order(order: &Order, belief: &Belief, cancel: bool) -> Sent {
    let state = if cancel { OrderState::Cancelled } else { OrderState::Received };
    let request = resources::request(&Order { state, ..order.clone() });
    Sent { resources: vec![request], ..Sent::new(order.kind.event(), resources::person(belief)) }
}

fn ana() -> Belief {
    Belief {
        mrn: "100-2".to_owned(),
        family: "O'Neil|Vega".to_owned(),
        given: "Ana María".to_owned(),
        birth_date: "19700131".to_owned(),
        sex: "F".to_owned(),
        address: ["1 Elm & Main", "Alder Falls", "OR", "97000"].map(str::to_owned),
        phone: "555-010-0101".to_owned(),
        stay: Some(Stay {
            visit: "v1".to_owned(),
            class: "I".to_owned(),
            unit: "4W".to_owned(),
            bed: "4W-03".to_owned(),
        }),
        merged_into: None,
    }
}

/// What a system believes after these messages.
fn after(system: &System, held: &mut Held, sent: &[Sent]) -> Vec<Ack> {
    let mut acks = Vec::new();
    for one in sent {
        let answer = receive(system, &message(one), held, NOW_US);
        acks.push(answer.ack);
        held.put(answer.records);
    }
    acks
}

fn believed(held: &Held, mrn: &str) -> Option<Belief> {
    held.get(PATIENT, mrn).map(|body| serde_json::from_value(body).unwrap())
}

fn moved(belief: &Belief, bed: &str) -> Belief {
    let stay = belief.stay.clone().map(|stay| Stay { bed: bed.to_owned(), ..stay });
    Belief { stay, ..belief.clone() }
}

#[test]
fn a_follower_goes_where_the_patient_goes() {
    let (lis, mut held, ana) = (system("LIS"), Held::default(), ana());
    let there = moved(&ana, "4W-09");
    let gone = Belief { stay: None, ..ana.clone() };
    for (event, told, expected) in [
        ("ADT^A01", &ana, &ana),
        ("ADT^A02", &there, &there),
        ("ADT^A08", &ana, &ana),
        ("ADT^A03", &gone, &gone),
        ("ADT^A13", &ana, &ana),
        ("ADT^A11", &ana, &gone),
    ] {
        assert_eq!(after(&lis, &mut held, &[adt(event, told)]), [Ack::Accept], "{event}");
        assert_eq!(believed(&held, &ana.mrn).as_ref(), Some(expected), "{event}");
    }
}

#[test]
fn a_lost_message_shows() {
    let (lis, mut held, ana) = (system("LIS"), Held::default(), ana());
    after(&lis, &mut held, &[adt("ADT^A01", &ana)]);
    let chart = moved(&ana, "4W-09");
    let differ = differences(&chart, &believed(&held, &ana.mrn).unwrap());
    assert_eq!(differ, [Difference { what: "Where", chart: "4W-09".to_owned(), system: "4W-03".to_owned() }]);
}

#[test]
fn what_cannot_be_worked_with_is_refused_and_changes_nothing() {
    let (lis, ana) = (system("LIS"), ana());
    let nobody = Belief { mrn: String::new(), ..ana.clone() };
    for (sent, expected) in [
        (adt("ADT^A03", &ana), Ack::Error),
        (adt("ADT^A01", &nobody), Ack::Reject),
        (order(&lisinopril(&ana), &ana, false), Ack::Reject),
    ] {
        let answer = receive(&lis, &message(&sent), &Held::default(), NOW_US);
        assert_eq!((answer.ack, answer.records.len()), (expected, 0), "{sent:?}");
        assert!(answer.reason.is_some());
    }
}

#[test]
fn a_merge_moves_the_orders() {
    for event in ["ADT^A40", "ADT^A34"] {
        let (lis, mut held, ana) = (system("LIS"), Held::default(), ana());
        let double = Belief { mrn: "200-1".to_owned(), ..ana.clone() };
        let only = Belief { stay: None, ..ana.clone() };
        let order_of_double = order(&potassium("p1", &double), &double, false);
        let sent = [adt("ADT^A28", &only), adt("ADT^A01", &double), order_of_double];
        after(&lis, &mut held, &sent);
        let merged = Sent { event, ..merge(&only, &double) };
        assert_eq!(after(&lis, &mut held, &[merged]), [Ack::Accept], "{event}");
        assert_eq!(believed(&held, "100-2"), Some(ana), "the stay is the survivor's");
        assert_eq!(believed(&held, "200-1").unwrap().merged_into.as_deref(), Some("100-2"));
        assert_eq!(held.get(ORDER, "p1").unwrap()["mrn"], "100-2");
    }
}

fn potassium(placer: &str, belief: &Belief) -> Order {
    let resource = json!({
        "resourceType": "ServiceRequest",
        "id": placer,
        "category": [{"coding": [{"code": "108252007"}]}],
        "code": {"coding": [{"code": "2823-3", "display": "Potassium"}]},
    });
    Order::of(&resource, &belief.mrn).unwrap()
}

#[test]
fn an_order_goes_out_and_a_result_comes_back() {
    let (lis, mut held, ana) = (system("LIS"), Held::default(), ana());
    let answer = receive(&lis, &message(&order(&potassium("p1", &ana), &ana, false)), &held, NOW_US);
    let due_us = answer.records.iter().find_map(|record| record.due_us).unwrap();
    let waits_min = (due_us - NOW_US) / 60_000_000;
    assert!((25..=70).contains(&waits_min), "{waits_min}");
    held.put(answer.records);
    let done = come_due(&lis, "p1", &held, due_us);
    assert_eq!(done.sends.iter().map(|sent| sent.event).collect::<Vec<_>>(), ["ORU^R01", "DFT^P03"]);
    let report = reported(&message(&done.sends[0])).unwrap();
    assert_eq!((report.placer.as_str(), report.mrn.as_str(), report.values.len()), ("p1", "100-2", 1));
    assert_eq!(report.values[0].0, "2823-3");
    held.put(done.records);
    assert_eq!(come_due(&lis, "p1", &held, due_us).sends, [], "once");
    let billing = system("BILLING");
    let mut accounts = Held::default();
    let acks =
        after(&billing, &mut accounts, &[adt("ADT^A01", &ana), done.sends[1].clone(), done.sends[1].clone()]);
    assert_eq!(acks, [Ack::Accept; 3]);
    assert_eq!(accounts.all(CHARGE).len(), 1, "the same charge again is the same charge");
}

#[test]
fn a_cancelled_order_has_no_result() {
    let (lis, mut held, ana) = (system("LIS"), Held::default(), ana());
    let placed = order(&potassium("p1", &ana), &ana, false);
    let cancelled = order(&potassium("p1", &ana), &ana, true);
    assert_eq!(after(&lis, &mut held, &[placed, cancelled.clone()]), [Ack::Accept; 2]);
    assert_eq!(come_due(&lis, "p1", &held, NOW_US).sends, []);
    assert_eq!(after(&lis, &mut Held::default(), &[cancelled]), [Ack::Error]);
}

#[test]
fn somebody_else_under_the_same_number_gets_no_order() {
    let (lis, mut held, ana) = (system("LIS"), Held::default(), ana());
    after(&lis, &mut held, &[adt("ADT^A01", &ana)]);
    let other = Belief { birth_date: "19820404".to_owned(), ..ana };
    let acks = after(&lis, &mut held, &[order(&potassium("p1", &other), &other, false)]);
    assert_eq!((acks, held.get(ORDER, "p1")), (vec![Ack::Error], None));
}

fn lisinopril(belief: &Belief) -> Order {
    let resource = json!({
        "resourceType": "MedicationRequest",
        "id": "m1",
        "medicationCodeableConcept": {"coding": [{"code": "314076", "display": "lisinopril 10 MG"}]},
    });
    Order::of(&resource, &belief.mrn).unwrap()
}

#[test]
fn a_prescription_reaches_the_cabinets_through_the_pharmacy() {
    let (pharmacy, cabinets, ana) = (system("PHARMACY"), system("CABINETS"), ana());
    let prescription = order(&lisinopril(&ana), &ana, false);
    let answer = receive(&pharmacy, &message(&prescription), &Held::default(), NOW_US);
    assert_eq!(answer.sends.len(), 1);
    let mut held = Held::default();
    assert_eq!(after(&cabinets, &mut held, &answer.sends), [Ack::Accept]);
    assert_eq!(held.get(ORDER, "m1").unwrap()["code"], "314076");
}

#[test]
fn a_vaccination_is_kept_once() {
    let (registry, ana) = (system("IIS"), ana());
    let vaccination = json!({
        "resourceType": "Immunization", "id": "v1", "status": "completed", "occurrenceDateTime": "2031-03-04",
        "vaccineCode": {"coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": "140", "display": "Influenza"}]},
    });
    let vxu = Sent { resources: vec![vaccination], ..Sent::new("VXU^V04", resources::person(&ana)) };
    let mut held = Held::default();
    assert_eq!(after(&registry, &mut held, &[vxu.clone(), vxu.clone()]), [Ack::Accept; 2]);
    assert_eq!(held.all(VACCINATION).len(), 1);
    let without = String::from_utf8(message(&vxu).into_bytes()).unwrap().replace("|140^Influenza^CVX", "|");
    let answer = receive(&registry, &Message::parse(without).unwrap(), &held, NOW_US);
    assert_eq!((answer.ack, answer.records.len()), (Ack::Error, 0));
}

proptest! {
    /// Whatever people are called and wherever they live, a follower believes what was sent.
    #[test]
    fn every_belief_arrives(
        family in "[A-Za-zéñ|^&~\\\\ ']{1,12}",
        given in "[A-Za-zéñ|^&~\\\\']{1,8}",
        street in "[0-9A-Za-z|^&~\\\\]{0,12}",
    ) {
        let [_, city, state, zip] = ana().address;
        let belief = Belief { family, given, address: [street, city, state, zip], ..ana() };
        let mut held = Held::default();
        after(&system("BEDBOARD"), &mut held, &[adt("ADT^A01", &belief)]);
        prop_assert_eq!(believed(&held, &belief.mrn), Some(belief));
    }

    /// No message makes a system panic, and a refusal writes nothing.
    #[test]
    fn any_message_is_answered(
        event in "(ADT\\^A0[0-9]|ADT\\^A40|OML\\^O21|ORM\\^O01|RDE\\^O11|DFT\\^P03|VXU\\^V04|ORU\\^R01)",
        segments in "((PID|PV1|MRG|ORC|OBR|RXE|RXA|FT1|OBX)[|^&~\\\\a-zA-Z0-9]{0,30}\r){0,6}",
    ) {
        let head = format!("MSH|^~\\&|A|F|B|F|20310304||{event}|1|P|2.5.1\r");
        let message = Message::parse(head + &segments).unwrap();
        for id in ["LIS", "RIS", "PHARMACY", "BILLING", "IIS", "PORTAL", "BEDBOARD", "HIE"] {
            let answer = receive(&system(id), &message, &Held::default(), NOW_US);
            prop_assert!(answer.ack == Ack::Accept || answer.records.is_empty());
        }
        drop(reported(&message));
    }
}
