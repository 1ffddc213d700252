use maud::{Markup, html};
use platform::ehr::chart::{Allergy, Contact, Immunization, Medication, Problem, Series, Stay, Summary};

use super::At;
use super::results::href;
use super::values::{curve, measured_at, value};
use crate::web::pages::words::{capital, chart_time};
use crate::web::ui::{Column, Icon, Look, Row, Tone, card, empty, facts, link_button, or_none, table, tag};

/// Vaccines on the summary.
const VACCINES: usize = 8;

/// What matters now.
pub(super) fn summary(at: &At<'_>, found: &Summary, contact: &Contact) -> Markup {
    if !at.inside.may("chart.view.clinical") {
        return front_desk(at, found, contact);
    }
    let all = |section: &str| html! { a href=(at.to(section)) { "All" } };
    html! {
        (vitals(&found.vitals))
        div.pair {
            div.stack {
                @if let Some(stay) = &found.current { (card("Here now", &all("stays"), &current(stay))) }
                (card("Problems", &link_button("Add…", &at.to("problem"), Look::Quiet), &problems(at, &found.problems)))
                (card("Medications in force", &all("medications"), &medications(&found.medications)))
                (card("Latest results", &all("results"), &results(at, &found.results)))
            }
            div.stack {
                (card("Contact", &html! {}, &contact_facts(contact)))
                (card("Allergies", &link_button("Record…", &at.to("allergy"), Look::Quiet), &allergies(at, &found.allergies)))
                (card("Immunisations", &html! {}, &immunizations(&found.immunizations)))
            }
        }
    }
}

/// What the front desk sees: who it is, and where.
fn front_desk(at: &At<'_>, found: &Summary, contact: &Contact) -> Markup {
    let all = html! { a href=(at.to("stays")) { "All" } };
    html! {
        div.pair {
            @if let Some(stay) = &found.current { (card("Here now", &all, &current(stay))) }
            (card("Contact", &html! {}, &contact_facts(contact)))
        }
        p.quiet.small { "Problems, results, drugs and notes are not shown to the role you work as." }
    }
}

fn vitals(signs: &[Series]) -> Markup {
    let curves: Vec<Markup> = signs.iter().filter_map(curve).collect();
    if curves.is_empty() {
        return html! { p.quiet { "No vital signs recorded." } };
    }
    html! { section.chart-vitals aria-label="Vital signs" { div.vitals { @for curve in &curves { (curve) } } } }
}

fn current(stay: &Stay) -> Markup {
    let places = stay.places.iter().filter(|place| place.active).map(|place| place.name.clone());
    facts(&[
        ("Where", or_none(places.reduce(|all, one| format!("{all}, {one}")).as_deref())),
        ("Since", chart_time(stay.start.as_ref())),
        ("Class", or_none(stay.class.as_deref().map(capital).as_deref())),
        ("Reason", or_none(stay.reason.as_deref())),
        ("Attending", or_none(stay.attending.as_deref())),
        ("Encounter", html! { code { (stay.id) } ", version " (stay.version) }),
    ])
}

fn problems(at: &At<'_>, problems: &[Problem]) -> Markup {
    let rows: Vec<Row> = problems
        .iter()
        .map(|one| {
            Row::new(vec![
                html! { a href={ (at.to("problem")) "?problem=" (one.id) } { (one.name) } },
                chart_time(one.since.as_ref()),
                or_none(one.status.as_deref()),
            ])
        })
        .collect();
    let columns = [Column::wide("Problem"), Column::text("Since"), Column::text("Status")];
    table("Problems", &columns, &rows, &nothing("No active problem is recorded."))
}

fn medications(medications: &[Medication]) -> Markup {
    let rows: Vec<Row> = medications
        .iter()
        .map(|one| {
            Row::new(vec![
                html! { (one.name) },
                or_none(one.dosage.as_deref()),
                chart_time(one.since.as_ref()),
            ])
        })
        .collect();
    let columns = [Column::wide("Drug"), Column::wide("Dose"), Column::text("Since")];
    table("Medications in force", &columns, &rows, &nothing("No drug is in force."))
}

fn results(at: &At<'_>, all: &[Series]) -> Markup {
    let row = |series: &Series| {
        let mut points = series.points.iter();
        let newest = points.next();
        Row::new(vec![
            html! { a href=(href(at, series)) { (series.label) } },
            html! { @if let Some(newest) = newest { (value(newest)) } },
            html! { @if let Some(newest) = newest { (measured_at(newest)) } },
            html! { @match points.next() { Some(before) => span.quiet { (value(before)) }, None => (or_none(None)) } },
        ])
    };
    let rows: Vec<Row> = all.iter().map(row).collect();
    let columns =
        [Column::wide("Test"), Column::text("Newest"), Column::text("When"), Column::text("Before")];
    table("Latest results", &columns, &rows, &nothing("No laboratory results."))
}

fn contact_facts(contact: &Contact) -> Markup {
    let mut rows: Vec<(String, Markup)> = Vec::new();
    rows.extend(contact.telecom.iter().map(|(kind, value)| (capital(kind), html! { (value) })));
    rows.extend(contact.addresses.iter().map(|address| ("Address".to_owned(), html! { (address) })));
    rows.extend(contact.other_names.iter().map(|name| ("Also called".to_owned(), html! { (name) })));
    rows.extend(contact.people.iter().map(|person| ("To call".to_owned(), html! { (person) })));
    if rows.is_empty() {
        return html! { p.quiet { "Neither telephone nor address is recorded." } };
    }
    let rows: Vec<(&str, Markup)> = rows.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    facts(&rows)
}

fn allergies(at: &At<'_>, allergies: &[Allergy]) -> Markup {
    if allergies.is_empty() {
        return html! { p.quiet { "Nothing is recorded. That is not the same as no allergies: ask." } };
    }
    html! {
        ul.plain.stack.stack-tight {
            @for one in allergies {
                li {
                    a href={ (at.to("allergy")) "?allergy=" (one.id) } { (one.substance) }
                    @if let Some(reaction) = &one.reaction { ": " (reaction) }
                    @if one.severe { " " (tag(Tone::Bad, "severe")) }
                }
            }
        }
    }
}

fn immunizations(given: &[Immunization]) -> Markup {
    if given.is_empty() {
        return html! { p.quiet { "None recorded." } };
    }
    html! {
        ul.plain.stack.stack-tight {
            @for one in given.iter().take(VACCINES) {
                li {
                    (one.vaccine) ", " span.quiet { (chart_time(one.given.as_ref())) }
                    @if one.status != "completed" { " " (tag(Tone::Warn, &one.status)) }
                }
            }
        }
        @if given.len() > VACCINES { p.quiet.small { (given.len() - VACCINES) " earlier ones stand on the timeline." } }
    }
}

fn nothing(why: &str) -> Markup {
    empty(Icon::Chart, "Nothing here", why, &html! {})
}
