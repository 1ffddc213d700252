use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use platform::ehr::chart::{Administered, Dose, DoseState, Sheet, VerificationState};

use super::At;
use crate::web::pages::words::{chart_time, moment_words};
use crate::web::ui::{Icon, Look, Tone, card, empty, link_button, tag};

/// Doses shown as recorded for each medicine.
const RECORDED: usize = 5;

/// What it takes to give a dose.
const GIVE: &str = "medication.administer";

/// The administration record: each inpatient medicine in force, when its doses are due, and what became of them.
pub(super) fn administration(at: &At<'_>, sheets: &[Sheet]) -> Markup {
    if sheets.is_empty() {
        let order = html! { @if at.inside.may("order.write") { (link_button("Order…", &at.to("order"), Look::Plain)) } };
        let why = "Medicines ordered for a stay stand here once they are signed.";
        return html! { div.card { (empty(Icon::Pill, "Nothing to give", why, &order)) } };
    }
    html! { div.stack { @for sheet in sheets { (card(&sheet.name, &give(at, sheet, None), &body(at, sheet))) } } }
}

fn body(at: &At<'_>, sheet: &Sheet) -> Markup {
    html! {
        p { (sheet.dosage.as_deref().unwrap_or("No dose is written.")) @if let Some(code) = &sheet.product { span.quiet { " Package " code { (code) } "." } } }
        @if sheet.verification.as_ref().is_some_and(|one| one.state == VerificationState::Waiting) {
            p { (tag(Tone::Warn, "not verified")) " " span.quiet { "A pharmacist has to look at this order before it is given." } }
        }
        @if sheet.as_needed { p.quiet { "Given as needed: no dose is due by the clock." } }
        @if !sheet.as_needed && !sheet.scheduled { p.quiet { "The order does not say when: ask, or go by its words." } }
        @if !sheet.doses.is_empty() { ul.row.plain aria-label="Doses" { @for one in &sheet.doses { li { (dose(at, sheet, one)) } } } }
        @if !sheet.recorded.is_empty() {
            ul.plain.stack.stack-tight.small aria-label="Recorded" { @for one in sheet.recorded.iter().take(RECORDED) { (recorded(one)) } }
        }
    }
}

fn dose(at: &At<'_>, sheet: &Sheet, dose: &Dose) -> Markup {
    let words = moment_words(&dose.due);
    let time = words.rsplit(' ').next().unwrap_or(&words);
    let (tone, state) = match dose.state {
        DoseState::Later => return html! { span.nowrap { (time) " " span.quiet.small { "later" } } },
        DoseState::Now => (Tone::Accent, "due now"),
        DoseState::Overdue => (Tone::Bad, "overdue"),
        DoseState::Given => (Tone::Good, "given"),
        DoseState::NotGiven => (Tone::Warn, "not given"),
    };
    let open = matches!(dose.state, DoseState::Now | DoseState::Overdue) && at.inside.may(GIVE);
    html! {
        span.nowrap {
            @if open { a href=(href(at, sheet, Some(dose))) aria-label={ "Give the dose of " (words) } { (time) } } @else { (time) }
            " " (tag(tone, state))
        }
    }
}

fn recorded(one: &Administered) -> Markup {
    html! {
        li {
            (chart_time(one.at.as_ref())) ": " (if one.given { "given" } else { "not given" })
            @if let Some(detail) = &one.detail { ", " (detail) }
            @if let Some(by) = &one.by { ", " (by) }
            @if let Some(note) = &one.note { span.quiet { " (" (note) ")" } }
        }
    }
}

fn give(at: &At<'_>, sheet: &Sheet, dose: Option<&Dose>) -> Markup {
    html! { @if at.inside.may(GIVE) { a.button href=(href(at, sheet, dose)) aria-label={ "Give " (sheet.name) } { "Give…" } } }
}

fn href(at: &At<'_>, sheet: &Sheet, dose: Option<&Dose>) -> String {
    let due = dose.map(|dose| format!("&due={}", utf8_percent_encode(&dose.due.text, NON_ALPHANUMERIC)));
    format!("{}?order={}{}", at.to("give"), sheet.order, due.unwrap_or_default())
}
