//! Who this chart belongs to.

use maud::{Markup, html};

use super::{
    icon::Icon,
    tag::{tag, tag_with},
    tone::Tone,
};

/// What the chart says about allergies. Silence and "none known" are not the same thing.
#[derive(Debug, Clone, Copy)]
pub enum Allergies<'a> {
    /// Nobody has asked, or nobody has written it down.
    NotRecorded,
    /// Asked, and none known.
    NoneKnown,
    /// Whoever looks may not see them.
    Hidden,
    /// These.
    Known(&'a [&'a str]),
}

/// The facts that name a patient beyond doubt, in words.
#[derive(Debug, Clone, Copy)]
pub struct Patient<'a> {
    /// Family name first, for example `Whitcombe, Rosalind`.
    pub name: &'a str,
    /// Medical record number.
    pub mrn: &'a str,
    /// Date of birth, for example `12 Jul 1958`.
    pub born: &'a str,
    /// Age, for example `72 y` or `9 mo`.
    pub age: &'a str,
    /// Administrative sex.
    pub sex: &'a str,
    /// Where they are now, for example `Ward 3 East, bed 12`; none when they are not in the hospital.
    pub location: Option<&'a str>,
    /// Allergies and intolerances.
    pub allergies: Allergies<'a>,
}

/// The banner on top of every page of a chart.
#[must_use]
pub fn patient_banner(patient: &Patient<'_>) -> Markup {
    html! {
        section.patient aria-label={ "Patient " (patient.name) } {
            div.patient-name {
                h1 { (patient.name) }
                @if let Some(location) = patient.location { (tag_with(Tone::Accent, Icon::Bed, location)) }
                @else { (tag(Tone::Neutral, "not in hospital")) }
            }
            dl {
                div { dt { "MRN" } dd { code { (patient.mrn) } } }
                div { dt { "Born" } dd { (patient.born) " (" (patient.age) ")" } }
                div { dt { "Sex" } dd { (patient.sex) } }
            }
            (allergies(patient.allergies))
        }
    }
}

fn allergies(allergies: Allergies<'_>) -> Markup {
    html! {
        p.patient-allergies {
            span { "Allergies" }
            @match allergies {
                Allergies::NotRecorded => { (tag(Tone::Warn, "not recorded")) }
                Allergies::Hidden => { (tag(Tone::Neutral, "not shown to this role")) }
                Allergies::NoneKnown => { (tag(Tone::Good, "none known")) }
                Allergies::Known(list) => { @for it in list { (tag_with(Tone::Bad, Icon::Alert, it)) } }
            }
        }
    }
}
