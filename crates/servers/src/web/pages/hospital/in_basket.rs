use std::collections::BTreeMap;

use axum::extract::{Query, State};
use maud::{Markup, html};
use platform::ehr::chart::{InBasket, InBasketQuery, Waiting, WaitingKind, in_basket as waiting};

use super::chart::value;
use super::forms::review::{alerts, allergies, egfr};
use super::inside::{Inside, Tab};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::words::{capital, chart_time};
use crate::web::ui::{
    Choice, Column, Icon, Look, Row, Select, Tone, card, empty, or_none, submit, table, tag,
};

/// `GET …/in-basket`: what waits for the role worked as; with `?unit=` and `?attending=` for some of its patients only.
pub(crate) async fn in_basket(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Markup, Fault> {
    let named = |name: &str| asked.get(name).filter(|value| !value.is_empty()).cloned();
    let query = InBasketQuery { unit: named("unit"), attending: named("attending") };
    let of = query.clone();
    let found = inside.run(&app, move |_, access| waiting(access, &of)).await?;
    let work = html! {
        h2 { "In-basket" }
        @if found.kinds.is_empty() {
            (empty(Icon::Check, "Nothing comes to you", "No work of this kind waits for the role you work as.", &html! {}))
        } @else {
            (whose(&query, &found))
            @for kind in &found.kinds { (section(&inside, &found, *kind)) }
        }
    };
    Ok(inside.page(Tab::InBasket, "In-basket", &work))
}

/// For whose patients: all, those of a unit, those of an attending.
fn whose(query: &InBasketQuery, found: &InBasket) -> Markup {
    let select = |name, label, all, names: &[String], chosen: &Option<String>| {
        let gone = chosen.iter().filter(|one| !names.contains(one));
        let names = names.iter().chain(gone).map(|name| Choice::new(name, name));
        let choices: Vec<Choice<'_>> = std::iter::once(Choice::new("", all)).chain(names).collect();
        html! { (Select::new(name, label, &choices).chosen(chosen.as_deref().unwrap_or_default())) }
    };
    html! {
        form.search method="get" aria-label="Whose patients" {
            (select("unit", "Unit", "Every unit", &found.units, &query.unit))
            (select("attending", "Attending", "Everybody", &found.attendings, &query.attending))
            (submit("Show", Look::Plain))
        }
    }
}

fn section(inside: &Inside, found: &InBasket, kind: WaitingKind) -> Markup {
    let all: Vec<&Waiting> = found.waiting.iter().filter(|one| one.kind == kind).collect();
    let words = words(kind);
    let (columns, rows): (Vec<Column<'static>>, Vec<Row>) = match kind {
        WaitingKind::Verify => {
            let heads = [Column::wide("Patient"), Column::wide("Order"), Column::text("Do")];
            let facts = ["Rules", "Allergies", "eGFR"].map(Column::text);
            let columns = heads.into_iter().chain(facts).chain(since_columns());
            (columns.collect(), all.iter().map(|one| to_verify(inside, one)).collect())
        }
        _ => {
            let heads = [Column::wide("Patient"), Column::wide(words.about), Column::text("Do")];
            let columns = heads.into_iter().chain(since_columns());
            (columns.collect(), all.iter().map(|one| row(inside, one)).collect())
        }
    };
    let body = if all.is_empty() {
        html! { p.quiet { (words.nothing) } }
    } else {
        html! { div.table-frame { (table(words.title, &columns, &rows, &html! {})) } }
    };
    card(words.title, &html! { @if !all.is_empty() { (tag(Tone::Accent, &all.len().to_string())) } }, &body)
}

/// How a kind of work is called.
struct Words {
    title: &'static str,
    about: &'static str,
    nothing: &'static str,
    act: &'static str,
    form: &'static str,
}

fn words(kind: WaitingKind) -> Words {
    let words = |title, about, nothing, act, form| Words { title, about, nothing, act, form };
    match kind {
        WaitingKind::Acknowledge => words(
            "Critical results",
            "Result",
            "Every critical result has been read back.",
            "Acknowledge",
            "acknowledge?observation=",
        ),
        WaitingKind::Verify => words(
            "Orders to verify",
            "Order",
            "Every order of a medicine is verified.",
            "Verify",
            "verify?order=",
        ),
        WaitingKind::Returned => words(
            "Returned by the pharmacist",
            "Order and reason",
            "The pharmacist returned no order.",
            "Answer",
            "sign-again?order=MedicationRequest/",
        ),
        WaitingKind::Sign => {
            words("Orders to sign", "Order", "No draft waits for signature.", "Sign", "orders?draft=")
        }
        WaitingKind::Cosign => words(
            "Orders to countersign",
            "Order and reason",
            "The pharmacist changed no order.",
            "Countersign",
            "cosign?order=",
        ),
    }
}

fn since_columns() -> [Column<'static>; 5] {
    [
        Column::text("Waits"),
        Column::text("Since"),
        Column::text("Unit"),
        Column::text("Ordered by"),
        Column::text("MRN"),
    ]
}

fn row(inside: &Inside, one: &Waiting) -> Row {
    let about = html! {
        (one.name)
        @if let Some(point) = &one.point { " " (value(point)) }
        @else if let Some(detail) = &one.detail { span.quiet { ", " (detail) } }
        (soon(one))
    };
    Row::new([vec![patient(inside, one), about, act(inside, one)], since(one)].concat())
}

fn to_verify(inside: &Inside, one: &Waiting) -> Row {
    let order =
        html! { (one.name) @if let Some(dose) = &one.detail { span.quiet { ", " (dose) } } (soon(one)) };
    let facts = match &one.review {
        Some(review) => vec![alerts(&review.firings), allergies(review), egfr(review.egfr, "")],
        None => vec![html! { span.quiet { "the chart is restricted" } }, html! {}, html! {}],
    };
    Row::new([vec![patient(inside, one), order, act(inside, one)], facts, since(one)].concat())
}

fn patient(inside: &Inside, one: &Waiting) -> Markup {
    html! { a href=(inside.to_chart(&one.patient.id, "summary")) { (one.patient.name) } }
}

fn act(inside: &Inside, one: &Waiting) -> Markup {
    let words = words(one.kind);
    let id = one.about.rsplit('/').next().unwrap_or_default();
    let href = inside.to_chart(&one.patient.id, &format!("{}{id}", words.form));
    html! { a href=(href) aria-label={ (words.act) " " (one.name) " of " (one.patient.name) } { (words.act) "…" } }
}

fn since(one: &Waiting) -> Vec<Markup> {
    // A critical result is to be known within the half hour.
    let is_late = |minutes: i64| one.kind == WaitingKind::Acknowledge && minutes >= 30;
    let waits = |minutes: i64| tag(if is_late(minutes) { Tone::Bad } else { Tone::Warn }, &duration(minutes));
    vec![
        html! { @if let Some(minutes) = one.minutes { (waits(minutes)) } },
        chart_time(one.since.as_ref()),
        or_none(one.unit.as_deref()),
        or_none(one.owner.as_deref()),
        html! { @if let Some(mrn) = &one.patient.mrn { code { (mrn) } } },
    ]
}

/// Minutes as people say them.
fn duration(minutes: i64) -> String {
    match minutes {
        ..120 => format!("{minutes} min"),
        120..2880 => format!("{} h", minutes / 60),
        _ => format!("{} days", minutes / 1440),
    }
}

fn soon(one: &Waiting) -> Markup {
    let priority = one.priority.as_deref().filter(|priority| *priority != "routine");
    html! { @if let Some(priority) = priority { " " (tag(Tone::Warn, &capital(priority))) } }
}
