use maud::{Markup, html};
use platform::ehr::chart::{Banner, Section};

use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::{capital, date};
use crate::web::ui::{
    Allergies, Icon, Link, Look, Patient, Tone, link_button, notice, patient_banner, tabs, tag, tag_with,
};

/// The sections, by address and name. Those that the role worked as may not see are left out.
const SECTIONS: [(&str, &str, Section); 11] = [
    ("summary", "Summary", Section::Summary),
    ("timeline", "Timeline", Section::Timeline),
    ("results", "Results", Section::Results),
    ("imaging", "Imaging", Section::Imaging),
    ("orders", "Orders", Section::Orders),
    ("medications", "Medications", Section::Medications),
    ("administration", "Administration", Section::Administration),
    ("notes", "Notes", Section::Notes),
    ("stays", "Stays", Section::Encounters),
    ("journal", "Who looked", Section::Audit),
    ("fhirpath", "FHIRPath", Section::Fhirpath),
];

/// A page of a chart: whose it is, what can be done for them, the sections, and one of these.
pub(in crate::web::pages::hospital) fn patient_page(
    inside: &Inside,
    of: &Banner,
    section: &str,
    body: &Markup,
) -> Markup {
    let id = &of.identity.id;
    let may_see = |seen: &&(_, _, Section)| seen.2.permissions().iter().all(|one| inside.may(one));
    let shown: Vec<(String, &str, bool)> = SECTIONS
        .iter()
        .filter(may_see)
        .map(|(address, label, _)| (inside.to_chart(id, address), *label, *address == section))
        .collect();
    let links: Vec<Link<'_>> =
        shown.iter().map(|(href, label, current)| Link::to(label, href).current(*current)).collect();
    let name = SECTIONS.iter().find(|one| one.0 == section).map_or("Chart", |one| one.1);
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
        _ if !inside.may("chart.view.clinical") => Allergies::Hidden,
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

/// The forms that make sense for this patient now, and that the role worked as may send.
fn doings(inside: &Inside, of: &Banner) -> Markup {
    let is_staying = of.here.as_ref().is_some_and(|here| !here.emergency);
    let is_here = of.here.is_some();
    let is_replaced = of.links.iter().any(|link| !link.from_other && link.kind == "replaced-by");
    let all = [
        ("Admit…", "admit", "patient.admit", !is_staying),
        ("Transfer…", "transfer", "patient.transfer", is_here),
        ("Discharge…", "discharge", "patient.discharge", is_here),
        ("Order…", "order", "order.write", true),
        ("Record vital signs…", "vitals", "vitals.record", true),
        ("Write a note…", "note", "note.write", true),
        ("Merge…", "merge", "patient.merge", !is_replaced),
        ("Unmerge…", "unmerge", "patient.merge", is_replaced),
        ("Open an app…", "launch", "chart.view.clinical", true),
    ];
    let to = |form: &str| inside.to_chart(&of.identity.id, form);
    html! {
        div.row {
            @for (label, form, permission, fits) in all {
                @if fits && inside.may(permission) { (link_button(label, &to(form), Look::Plain)) }
            }
        }
    }
}
