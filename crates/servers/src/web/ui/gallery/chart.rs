//! What belongs to a patient, and the console that reads it.

use maud::{Markup, html};

use crate::web::ui::{
    Allergies, Console, Event, Patient, Point, Tone, Vital, fhir_console, figures, patient_banner, timeline,
    vitals,
};

const HOUR_US: i64 = 3_600_000_000;

pub(super) fn chart() -> Markup {
    let known = Patient {
        name: "Whitcombe, Rosalind",
        mrn: "0041877",
        born: "12 Jul 1958",
        age: "72 y",
        sex: "Female",
        location: Some("3 East, bed 12"),
        allergies: Allergies::Known(&["Penicillin", "Shellfish"]),
    };
    let silent = Patient {
        location: None,
        allergies: Allergies::NotRecorded,
        name: "Whitcomb, Rosalyn",
        mrn: "0052210",
        ..known
    };
    let none = Patient {
        allergies: Allergies::NoneKnown,
        name: "Abara, Nnamdi",
        mrn: "0017003",
        age: "9 mo",
        born: "2 Jun 2030",
        sex: "Male",
        ..silent
    };
    html! {
        div.stack.stack-tight { (patient_banner(&known)) (patient_banner(&silent)) (patient_banner(&none)) }
        (figures(&[("In the hospital", "212", None), ("Admitted today", "31", Some("9 since midnight")), ("Beds free", "18", Some("2 in the ICU"))]))
        (vitals(&[heart_rate(), potassium()]))
        (timeline("Stay", &events()))
    }
}

pub(super) fn console() -> Markup {
    fhir_console(&Console {
        base: "/s/q3fzm2ka/fhir",
        sandbox: "q3fzm2ka",
        method: "GET",
        path: "Patient?family=Whitcombe",
        profiles: &["http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient"],
    })
}

fn heart_rate() -> Vital<'static> {
    const POINTS: [Point<'static>; 5] = [
        point(0, "2031-03-04T00:10:00", "4 Mar 00:10", 76.0, "76"),
        point(2, "2031-03-04T02:05:00", "4 Mar 02:05", 81.0, "81"),
        point(4, "2031-03-04T04:00:00", "4 Mar 04:00", 79.0, "79"),
        point(5, "2031-03-04T05:02:00", "4 Mar 05:02", 98.0, "98"),
        point(6, "2031-03-04T06:01:00", "4 Mar 06:01", 104.0, "104"),
    ];
    Vital { name: "Heart rate", unit: "/min", usual: Some((60.0, 100.0)), points: &POINTS }
}

fn potassium() -> Vital<'static> {
    const POINTS: [Point<'static>; 3] = [
        point(0, "2031-03-03T22:40:00", "3 Mar 22:40", 4.2, "4.20"),
        point(3, "2031-03-04T01:40:00", "4 Mar 01:40", 4.4, "4.4"),
        point(8, "2031-03-04T06:38:00", "4 Mar 06:38", 4.1, "4.1"),
    ];
    Vital { name: "Potassium", unit: "mmol/L", usual: Some((3.5, 5.0)), points: &POINTS }
}

const fn point(
    hours: i64,
    iso: &'static str,
    when: &'static str,
    value: f64,
    shown: &'static str,
) -> Point<'static> {
    Point { at_us: hours * HOUR_US, iso, when, value, shown }
}

fn events() -> Vec<Event<'static>> {
    vec![
        Event {
            iso: "2031-03-04T06:38:00",
            when: "4 Mar, 06:38",
            tone: Tone::Bad,
            title: html! { "Potassium 41 mmol/L" },
            detail: html! { p { "Critical. The analyser says 4.1." } },
        },
        Event {
            iso: "2031-03-04T01:12:00",
            when: "4 Mar, 01:12",
            tone: Tone::Warn,
            title: html! { "Moved from the ICU to 3 East" },
            detail: html! { p { "Bed 12, Dr Ferreira" } },
        },
        Event {
            iso: "2031-03-03T23:00:00",
            when: "3 Mar, 23:00",
            tone: Tone::Good,
            title: html! { a href="#procedure" { "Dialysis finished" } },
            detail: html! {},
        },
        Event {
            iso: "2031-03-03T22:10:00",
            when: "3 Mar, 22:10",
            tone: Tone::Accent,
            title: html! { "Admitted through the emergency department" },
            detail: html! { p { "Hyperkalaemia, chronic kidney disease stage 4" } },
        },
    ]
}
