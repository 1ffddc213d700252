use axum::http::StatusCode;
use maud::{Markup, html};
use platform::cds_client::Hook;
use platform::ehr::chart::{Order, OrderState, Section, VerificationState};
use platform::ehr::commands::{Firing, Severity};

use super::At;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::advice::place;
use crate::web::pages::hospital::forms::{Filled, status};
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::words::{capital, chart_time};
use crate::web::ui::{
    Column, Field, Icon, Look, Row, Tone, card, empty, filtered, link_button, notice, or_none, post_form,
    submit, table, tag,
};

/// The section of orders, with what was said about the last try to sign some of them.
pub(in crate::web::pages::hospital) async fn orders_page(
    app: &App,
    inside: &Inside,
    patient: &str,
    filled: &Filled,
) -> Result<(StatusCode, Markup), Fault> {
    let at = At { app, inside, patient };
    let (banner, all) = at.load(Section::Orders, |chart| chart.orders()).await?;
    let advice = match all.iter().any(|order| order.state == OrderState::Draft) {
        true => place(app, inside, patient, Hook::OrderSign, "").await?,
        false => html! {},
    };
    let shown = html! { (advice) (orders(&at, &all, filled)) };
    Ok((status(filled), at.draw(&banner, "orders", &shown)))
}

fn orders(at: &At<'_>, all: &[Order], filled: &Filled) -> Markup {
    let of = |state: OrderState| all.iter().filter(move |order| order.state == state).collect::<Vec<_>>();
    let add =
        html! { @if at.inside.may("order.write") { (link_button("Order…", &at.to("order"), Look::Plain)) } };
    html! {
        (card("Not signed", &html! {}, &unsigned(at, &of(OrderState::Draft), filled)))
        (card("In force", &add, &in_force(at, &of(OrderState::Active))))
        (card("Over", &html! {}, &over(&of(OrderState::Over))))
    }
}

fn unsigned(at: &At<'_>, drafts: &[&Order], filled: &Filled) -> Markup {
    if drafts.is_empty() {
        return html! { p.quiet { "Nothing waits for signature." } };
    }
    let needs_reason = filled.firings.iter().any(|firing| firing.severity == Severity::Warning);
    let reason =
        Field::new("override_reason", "Why you sign it nevertheless").value(filled.value("override_reason"));
    let reason = reason.error(filled.error("override_reason")).autocomplete("off");
    let fields = html! {
        (filled.summary())
        (said_by_rules(&filled.firings))
        div.stack.stack-tight id="orders" { @for order in drafts { (draft(at, order, filled)) } }
        @if needs_reason { (reason) }
        @if at.inside.may("order.sign") { div.form-actions { (submit("Sign", Look::Primary)) } }
        @else { p.quiet { "They wait for somebody who may sign orders." } }
    };
    post_form(&at.to("sign"), &at.inside.visitor.csrf, &fields)
}

/// A draft with its box: ticked, unless the last try was about others.
fn draft(at: &At<'_>, order: &Order, filled: &Filled) -> Markup {
    let name = format!("order.{}", order.reference);
    let asked = filled.value("orders");
    let ticked = asked.is_empty() || asked.split(' ').any(|one| one == order.reference);
    let words = html! { (order.name) @if let Some(detail) = &order.detail { span.quiet { ", " (detail) } } (soon(order)) };
    html! {
        div.row.spread {
            @if at.inside.may("order.sign") {
                div.choice {
                    input type="checkbox" id=(name) name=(name) value="yes" checked[ticked];
                    label for=(name) { (words) }
                }
            } @else { span { (words) } }
            @if at.inside.may("order.write") { a href=(end(at, order)) aria-label={ "End the draft of " (order.name) } { "End…" } }
        }
    }
}

fn said_by_rules(firings: &[Firing]) -> Markup {
    let say = |firing: &Firing| {
        let tone = match firing.severity {
            Severity::Stop => Tone::Bad,
            Severity::Warning => Tone::Warn,
            Severity::Info => Tone::Info,
        };
        let remedy = match firing.severity {
            Severity::Stop => "It cannot be signed: end the draft, or untick it.",
            Severity::Warning => "Give a reason below, or untick it.",
            Severity::Info => "For information.",
        };
        let title = format!("{}: {}", firing.ordered, firing.title);
        notice(tone, Some(&title), &html! { p { (firing.message) " " (remedy) } })
    };
    html! { @if !firings.is_empty() { div.stack role="alert" { @for firing in firings { (say(firing)) } } } }
}

fn in_force(at: &At<'_>, orders: &[&Order]) -> Markup {
    let columns = [
        Column::wide("Order"),
        Column::wide("Dose or reason"),
        Column::text("Signed"),
        Column::text("By"),
        Column::text("Do"),
    ];
    let row = |order: &&Order| {
        Row::new(vec![
            html! { (order.name) (soon(order)) },
            html! { (or_none(order.detail.as_deref())) (verification(order)) },
            chart_time(order.signed.as_ref()),
            or_none(order.requester.as_deref()),
            html! {
                (decide(at, order))
                (carry_out(at, order)) " "
                @if at.inside.may("order.write") { a href=(end(at, order)) aria-label={ "End the order of " (order.name) } { "End…" } }
            },
        ])
    };
    let rows: Vec<Row> = orders.iter().map(row).collect();
    let nothing = empty(Icon::List, "Nothing in force", "Orders stand here once they are signed.", &html! {});
    table("Orders in force", &columns, &rows, &nothing)
}

/// Where the pharmacist's part of an order stands.
fn verification(order: &Order) -> Markup {
    let Some(one) = &order.verification else { return html! {} };
    let by = one.by.as_deref().unwrap_or("a pharmacist");
    html! {
        @match one.state {
            VerificationState::Waiting => { " " (tag(Tone::Warn, "not verified")) },
            VerificationState::Verified => { " " span.quiet.small { "verified by " (by) } },
            VerificationState::Returned => {
                " " (tag(Tone::Bad, "returned")) " " span.quiet.small { (one.reason.as_deref().unwrap_or_default()) }
            },
            VerificationState::Over => {},
        }
    }
}

/// What a pharmacist decides on, and what a prescriber answers.
fn decide(at: &At<'_>, order: &Order) -> Markup {
    let state = order.verification.as_ref().map(|one| one.state);
    let is_held = order.status == "on-hold";
    html! {
        @if state == Some(VerificationState::Waiting) && at.inside.may("medication.verify") {
            a href={ (at.to("verify")) "?order=" (order.reference) } aria-label={ "Verify " (order.name) } { "Verify…" } " "
        }
        @if state == Some(VerificationState::Returned) && is_held && at.inside.may("order.sign") {
            a href={ (at.to("sign-again")) "?order=" (order.reference) } aria-label={ "Answer the pharmacist about " (order.name) } { "Answer…" } " "
        }
    }
}

/// What is done about an order in force; nothing in the hospital about a medicine taken at home.
fn carry_out(at: &At<'_>, order: &Order) -> Markup {
    html! {
        @if order.status == "on-hold" { span.quiet { "on hold" } }
        @else if order.inpatient {
            @if at.inside.may("medication.administer") { a href=(at.to("administration")) aria-label={ "Give " (order.name) } { "Give…" } }
        }
        @else if order.is_medication { span.quiet { "at home" } }
        @else if at.inside.may("result.write") { a href={ (at.to("result")) "?order=" (order.reference) } aria-label={ "Report on " (order.name) } { "Report…" } }
    }
}

fn over(orders: &[&Order]) -> Markup {
    let columns = [
        Column::wide("Order"),
        Column::wide("Dose or reason"),
        Column::text("State"),
        Column::text("Signed"),
        Column::text("By"),
    ];
    let row = |order: &&Order| {
        Row::new(vec![
            html! { (order.name) },
            or_none(order.detail.as_deref()),
            tag(Tone::Neutral, &order.status),
            chart_time(order.signed.as_ref()),
            or_none(order.requester.as_deref()),
        ])
    };
    let rows: Vec<Row> = orders.iter().map(row).collect();
    let nothing =
        empty(Icon::List, "Nothing is over", "Orders that are done or ended stand here.", &html! {});
    if rows.is_empty() {
        return nothing;
    }
    filtered("filter-over", "Filter", rows.len(), &table("Orders that are over", &columns, &rows, &nothing))
}

/// How soon, where that is not as usual.
fn soon(order: &Order) -> Markup {
    let priority = order.priority.as_deref().filter(|priority| *priority != "routine");
    html! { @if let Some(priority) = priority { " " (tag(Tone::Warn, &capital(priority))) } }
}

fn end(at: &At<'_>, order: &Order) -> String {
    format!("{}?order={}", at.to("end-order"), order.reference)
}
