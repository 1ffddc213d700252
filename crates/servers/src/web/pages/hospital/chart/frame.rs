use maud::{Markup, html};
use platform::ehr::chart::Banner;

use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::{capital, date};
use crate::web::ui::{
    Allergies, Icon, Link, Look, Patient, Tone, link_button, notice, patient_banner, tabs, tag, tag_with,
};

/// The sections, by address and name.
const SECTIONS: [(&str, &str); 10] = [
    ("summary", "Summary"),
    ("timeline", "Timeline"),
    ("results", "Results"),
    ("orders", "Orders"),
    ("medications", "Medications"),
    ("administration", "Administration"),
    ("notes", "Notes"),
    ("stays", "Stays"),
    ("journal", "Journal"),
    ("fhirpath", "FHIRPath"),
];

/// A page of a chart: whose it is, what can be done for them, the sections, and one of these.
pub(in crate::web::pages::hospital) fn patient_page(
    inside: &Inside,
    of: &Banner,
    section: &str,
    body: &Markup,
) -> Markup {
    let id = &of.identity.id;
    let hrefs = SECTIONS.map(|(address, _)| inside.to_chart(id, address));
    let links: Vec<Link<'_>> = SECTIONS
        .iter()
        .zip(&hrefs)
        .map(|((address, label), href)| Link::to(label, href).current(*address == section))
        .collect();
    let name = SECTIONS.iter().find(|(address, _)| *address == section).map_or("Chart", |(_, name)| name);
    let work = html! {
        (banner(inside, of))
        (doings(inside, of))
        div.chart-sections { (tabs("Chart", &links)) }
        h2.visually-hidden { (name) }
        (body)
    };
    inside.page(Tab::Chart, &format!("{}, {}", of.identity.name, name.to_lowercase()), &work)
}

/// Who this is, and other charts that belong to the same person.
pub(in crate::web::pages::hospital) fn banner(inside: &Inside, of: &Banner) -> Markup {
    let who = &of.identity;
    let born = who.birth_date.as_deref().map_or_else(|| "not recorded".to_owned(), date);
    let location = of.here.as_ref().map(|here| match &here.ward {
        Some(ward) if *ward != here.label => format!("{}, {ward}", here.label),
        _ => here.label.clone(),
    });
    let named: Vec<&str> = of.allergies.iter().map(|allergy| allergy.substance.as_str()).collect();
    let allergies = match named.as_slice() {
        [] => Allergies::NotRecorded,
        [only] if only.to_lowercase().starts_with("no known") => Allergies::NoneKnown,
        some => Allergies::Known(some),
    };
    let patient = Patient {
        name: &who.name,
        mrn: who.mrn.as_deref().unwrap_or("none"),
        born: &born,
        age: who.age.as_deref().unwrap_or("age unknown"),
        sex: &who.sex.as_deref().map_or_else(|| "Not recorded".to_owned(), capital),
        location: location.as_deref(),
        allergies,
    };
    html! {
        (patient_banner(&patient))
        @if !who.active || who.deceased {
            p.row {
                @if !who.active { (tag_with(Tone::Warn, Icon::Lock, "this chart is retired")) }
                @if who.deceased { (tag(Tone::Neutral, "deceased")) }
            }
        }
        (links(inside, of))
    }
}

fn links(inside: &Inside, of: &Banner) -> Markup {
    let own = |patient: &str| of.links.iter().any(|link| !link.from_other && link.patient == patient);
    html! {
        @for link in of.links.iter().filter(|link| !(link.from_other && own(&link.patient))) {
            @let name = link.name.as_deref().unwrap_or("another chart");
            @let other = html! {
                a href=(inside.to_chart(&link.patient, "summary")) { (name) }
                @if let Some(mrn) = &link.mrn { ", MRN " code { (mrn) } }
            };
            @let words = match (link.kind.as_str(), link.from_other) {
                ("replaced-by", false) => html! { p { "This chart was replaced by " (other) ". Write into that one." } },
                ("replaced-by", true) => html! { p { (other) " says that this chart replaces it." } },
                ("replaces", false) => html! { p { "This chart replaces " (other) "." } },
                ("replaces", true) => html! { p { (other) " says that it replaces this chart." } },
                (kind, false) => html! { p { "This chart is linked (" (kind) ") to " (other) "." } },
                (kind, true) => html! { p { (other) " is linked (" (kind) ") to this chart." } },
            };
            (notice(if link.kind == "replaced-by" && !link.from_other { Tone::Warn } else { Tone::Info }, None, &words))
        }
    }
}

/// The forms that make sense for this patient now.
fn doings(inside: &Inside, of: &Banner) -> Markup {
    let to = |form: &str| inside.to_chart(&of.identity.id, form);
    let is_staying = of.here.as_ref().is_some_and(|here| !here.emergency);
    html! {
        div.row {
            @if !is_staying { (link_button("Admit…", &to("admit"), Look::Plain)) }
            @if of.here.is_some() {
                (link_button("Transfer…", &to("transfer"), Look::Plain))
                (link_button("Discharge…", &to("discharge"), Look::Plain))
            }
            (link_button("Order…", &to("order"), Look::Plain))
            (link_button("Record vital signs…", &to("vitals"), Look::Plain))
            (link_button("Write a note…", &to("note"), Look::Plain))
        }
    }
}
