//! What a pharmacist weighs an order by: beside every form about it, and in the list of orders to verify.

use maud::{Markup, html};
use platform::ehr::chart::{Review, Section};
use platform::ehr::commands::{Firing, Severity};

use super::{Opened, about_part};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Tone, facts, notice, or_none, tag};

/// Opens what a form about one order of a medicine shows.
pub(super) async fn of_review(
    app: &App,
    inside: &Inside,
    patient: &str,
    order: &str,
) -> Result<(Opened, Review), Fault> {
    let order = order.strip_prefix("MedicationRequest/").unwrap_or(order).to_owned();
    let find = about_part(app, inside, patient, Section::Orders, move |chart| chart.review(&order));
    let (opened, review) = find.await?;
    let missing = || Fault::Missing("This patient has no such order of a medicine.".to_owned());
    Ok((opened, review.ok_or_else(missing)?))
}

/// The order, and all that speaks for or against it; the order's name goes along as a hidden field.
pub(super) fn weighed(review: &Review) -> Markup {
    let rows = [
        (
            "Order",
            html! { b { (review.name) } ", " (review.dosage.as_deref().unwrap_or("no dose is written")) },
        ),
        ("Ordered by", or_none(review.requester.as_deref())),
        ("Why", or_none(review.reason.as_deref())),
        ("Allergies", allergies(review)),
        ("eGFR", egfr(review.egfr, " mL/min/1.73 m²")),
        ("Beside it", beside(review)),
    ];
    html! {
        (facts(&rows))
        @for words in &review.notes { p.quiet { (words) } }
        (said(&review.firings))
        input type="hidden" name="order" value=(review.order);
        input type="hidden" name="expected_version" value=(review.version);
    }
}

/// The substances a patient must not get.
pub(in crate::web::pages::hospital) fn allergies(review: &Review) -> Markup {
    html! {
        @if review.allergies.is_empty() { span.quiet { "none known" } }
        @for (at, one) in review.allergies.iter().enumerate() {
            @if at > 0 { ", " }
            @if one.severe { (tag(Tone::Bad, &one.substance)) } @else { (one.substance) }
        }
    }
}

/// The filtration rate of the kidneys with its unit, marked where many doses have to be smaller (below 60 mL/min per 1.73 m²).
pub(in crate::web::pages::hospital) fn egfr(rate: Option<f64>, unit: &str) -> Markup {
    let words = |rate: f64| format!("{rate:.0}{unit}");
    html! {
        @match rate {
            None => span.quiet { "not known" },
            Some(rate) if rate < 60.0 => (tag(if rate < 30.0 { Tone::Bad } else { Tone::Warn }, &words(rate))),
            Some(rate) => (words(rate)),
        }
    }
}

/// How loudly rules speak against an order, in the words of their titles.
pub(in crate::web::pages::hospital) fn alerts(firings: &[Firing]) -> Markup {
    html! {
        @if firings.is_empty() { span.quiet { "none" } }
        @for one in firings { (tag(tone(one.severity), &one.title)) " " }
    }
}

fn said(firings: &[Firing]) -> Markup {
    html! {
        @for one in firings { (notice(tone(one.severity), Some(&one.title), &html! { p { (one.message) } })) }
    }
}

fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Stop => Tone::Bad,
        Severity::Warning => Tone::Warn,
        Severity::Info => Tone::Info,
    }
}

fn beside(review: &Review) -> Markup {
    html! { @if review.beside.is_empty() { span.quiet { "no other medicine in force" } } @else { (review.beside.join(", ")) } }
}
