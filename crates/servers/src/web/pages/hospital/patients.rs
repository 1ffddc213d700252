use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use platform::ehr::chart::{PatientPage, PatientQuery, PatientRow, Similar, Ward, patients as find, wards};
use platform::fhir::FhirError;
use serde::Deserialize;

use super::inside::{Inside, Tab};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::words::{capital, date};
use crate::web::ui::{
    Choice, Column, Field, Icon, Look, Pages, Row, Select, Takes, Tone, empty, grouped, link_button, or_none,
    pagination, submit_with, table, tag, tag_with,
};

/// Patients on a page.
const PAGE: usize = 25;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// What was typed.
    q: String,
    /// Empty for everyone, `in` for those in the house, otherwise the id of a ward.
    at: String,
    /// Where the page starts.
    cursor: Option<String>,
    /// The number of its first patient, from 1.
    first: Option<usize>,
}

impl Asked {
    fn query(&self) -> PatientQuery {
        PatientQuery {
            text: self.q.clone(),
            inpatients: !self.at.is_empty(),
            ward: (!self.at.is_empty() && self.at != "in").then(|| self.at.clone()),
            cursor: self.cursor.clone().filter(|cursor| !cursor.is_empty()),
            count: Some(PAGE),
        }
    }

    fn first(&self) -> usize {
        self.first.filter(|_| self.cursor.is_some()).unwrap_or(1).max(1)
    }

    fn href(&self, more: &str) -> String {
        let coded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        format!("?q={}&at={}{more}", coded(&self.q), coded(&self.at))
    }
}

/// `GET …/patients`. A role that has no business in charts but changes the Build is led there: every hospital is entered by
/// this page.
pub(crate) async fn patients(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    if !inside.may("chart.view") && inside.may("build.change") {
        return Ok(Redirect::to(&inside.to("build")).into_response());
    }
    let query = asked.query();
    let found =
        inside.run(&app, move |_, access| Ok::<_, FhirError>((find(access, &query)?, wards(access)?)));
    let (page, wards) = found.await?;
    let work = html! {
        div.spread {
            h2 { "Patients" }
            @if inside.may("patient.register") { (link_button("Register a patient", &inside.to("register"), Look::Plain)) }
        }
        (search(&asked, &wards))
        div.table-frame { (list(&inside, &asked, &page)) }
        (turn(&asked, &page))
        (similar(&inside, &page.similar))
    };
    Ok(inside.page(Tab::Patients, "Patients", &work).into_response())
}

fn search(asked: &Asked, wards: &[Ward]) -> Markup {
    let labels: Vec<String> = wards.iter().map(|ward| format!("{} ({})", ward.name, ward.label)).collect();
    let mut choices = vec![Choice::new("", "Everyone"), Choice::new("in", "In the hospital now")];
    choices.extend(wards.iter().zip(&labels).map(|(ward, label)| Choice::new(&ward.id, label)));
    html! {
        form.search method="get" role="search" aria-label="Patients" {
            (Field::new("q", "Name, MRN or date of birth").takes(Takes::Search).value(&asked.q).autocomplete("off"))
            (Select::new("at", "Who", &choices).chosen(&asked.at))
            (submit_with(Icon::Search, "Search", Look::Plain))
        }
    }
}

fn list(inside: &Inside, asked: &Asked, page: &PatientPage) -> Markup {
    let rows: Vec<Row> = page.rows.iter().map(|patient| row(inside, patient)).collect();
    let nobody = if asked.q.is_empty() {
        empty(Icon::Bed, "Nobody here", "No patient is there at the moment.", &html! {})
    } else {
        let why = "Try the MRN, a date of birth as YYYY-MM-DD, or fewer letters of the name.";
        empty(Icon::Search, "Nobody fits", why, &link_button("Show everyone", "?", Look::Plain))
    };
    table("Patients", &columns(), &rows, &nobody)
}

fn row(inside: &Inside, patient: &PatientRow) -> Row {
    let who = &patient.identity;
    Row::new(vec![
        html! {
            a href=(inside.to_chart(&who.id, "summary")) { (who.name) }
            @if who.restricted { " " (tag_with(Tone::Warn, Icon::Lock, "restricted")) }
            @if !who.active { " " (tag(Tone::Warn, "retired chart")) }
            @if who.deceased { " " (tag(Tone::Neutral, "deceased")) }
        },
        html! { @match &who.mrn { Some(mrn) => code { (mrn) }, None => (or_none(None)) } },
        html! { @match &who.birth_date { Some(born) => { (date(born)) @if let Some(age) = &who.age { span.quiet { ", " (age) } } }, None => (or_none(None)) } },
        or_none(who.sex.as_deref().map(capital).as_deref()),
        html! { @match &patient.place { Some(place) => (tag_with(Tone::Accent, Icon::Bed, place)), None => span.quiet { "not in hospital" } } },
    ])
}

/// Those who are nearly what was typed.
fn similar(inside: &Inside, found: &[Similar]) -> Markup {
    let rows: Vec<Row> = found.iter().map(|one| row(inside, &one.row)).collect();
    html! {
        @if !rows.is_empty() {
            h3 { "Nearly the same" }
            p.quiet.small { "A letter or a digit apart from what you typed, the most like first." }
            div.table-frame { (table("Nearly the same", &columns(), &rows, &html! {})) }
        }
    }
}

fn columns() -> [Column<'static>; 5] {
    [
        Column::text("Name"),
        Column::text("MRN"),
        Column::text("Born"),
        Column::text("Sex"),
        Column::text("Where"),
    ]
}

fn turn(asked: &Asked, page: &PatientPage) -> Markup {
    let total = usize::try_from(page.total).unwrap_or(usize::MAX);
    if page.rows.is_empty() {
        return html! {};
    }
    let first = asked.first();
    let last = first + page.rows.len() - 1;
    if first == 1 && page.next.is_none() {
        return html! { p.quiet.small { (grouped(total)) @if total == 1 { " patient" } @else { " patients" } } };
    }
    let next = page.next.as_ref().map(|cursor| {
        let cursor = utf8_percent_encode(cursor, NON_ALPHANUMERIC);
        asked.href(&format!("&cursor={cursor}&first={}", last + 1))
    });
    let begin = asked.href("");
    html! {
        @if first > 1 { p { (link_button("Back to the first page", &begin, Look::Quiet)) } }
        (pagination(&Pages { what: "patients", first, last, total, previous: None, next: next.as_deref() }))
    }
}
