use maud::{Markup, html};
use platform::ehr::chart::Medication;

use super::At;
use crate::web::pages::words::chart_time;
use crate::web::ui::{Column, Icon, Look, Row, Tone, empty, link_button, or_none, table, tag};

/// Drugs in force and those that were.
pub(super) fn medications(at: &At<'_>, all: &[Medication]) -> Markup {
    let columns = [
        Column::wide("Drug"),
        Column::wide("Dose"),
        Column::text("State"),
        Column::text("Since"),
        Column::text("Ordered by"),
        Column::text("Resource"),
    ];
    let rows: Vec<Row> = all.iter().map(row).collect();
    let why = "Nothing was ordered, and the patient is not said to take anything.";
    let nothing = empty(Icon::Pill, "No medications", why, &html! {});
    let reconcile = |when: &str| format!("{}?at={when}", at.to("reconcile"));
    html! {
        div.row {
            (link_button("Reconcile at admission…", &reconcile("admission"), Look::Plain))
            (link_button("Reconcile at discharge…", &reconcile("discharge"), Look::Plain))
        }
        div.table-frame { (table("Medications", &columns, &rows, &nothing)) }
    }
}

fn row(one: &Medication) -> Row {
    let who = if one.ordered {
        or_none(one.requester.as_deref())
    } else {
        html! { span.quiet { "taken at home" } }
    };
    Row::new(vec![
        html! { (one.name) },
        or_none(one.dosage.as_deref()),
        tag(if one.active { Tone::Good } else { Tone::Neutral }, &one.status),
        chart_time(one.since.as_ref()),
        who,
        html! { code { (one.reference) } },
    ])
}
