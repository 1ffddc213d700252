use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use platform::ehr::chart::{BedCensus, Occupant, WardCensus, census};

use super::forms::{Fields, run};
use super::inside::{Inside, Tab};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::said::Said;
use crate::web::pages::words::chart_time;
use crate::web::ui::{Column, Icon, Row, Tone, csrf_field, empty, figures, or_none, table, tag, tag_with};

/// `GET …/beds`: the bed board, ward by ward.
pub(crate) async fn beds(State(app): State<App>, inside: Inside) -> Result<Markup, Fault> {
    let census = inside.run(&app, |_, access| census(access)).await?;
    let beds: usize = census.wards.iter().map(|ward| ward.beds.len()).sum();
    let taken: usize = census.wards.iter().map(|ward| ward.taken).sum();
    let ready = census.wards.iter().flat_map(|ward| &ward.beds).filter(|bed| is_ready(bed)).count();
    let numbers = [
        census.occupants.to_string(),
        taken.to_string(),
        ready.to_string(),
        (beds - taken - ready).to_string(),
    ];
    let work = html! {
        h2 { "Beds" }
        (figures(&[("In the hospital", &numbers[0], None), ("Beds taken", &numbers[1], None), ("Beds ready", &numbers[2], None), ("Beds not ready", &numbers[3], None)]))
        @if census.wards.is_empty() {
            div.card { (empty(Icon::Bed, "No wards", "This hospital has no beds.", &html! {})) }
        }
        nav.row aria-label="Wards" {
            @for ward in &census.wards { a.button.button-small href={ "#ward-" (ward.id) } { (ward.label) " " span.quiet { (ward.taken) "/" (ward.beds.len()) } } }
        }
        @if beds > taken + ready {
            p.quiet.small { "A bed that somebody left is dirty until it has been cleaned; nobody is put into a bed that is not clean." }
        }
        form method="post" action=(inside.to("beds")) {
            (csrf_field(&inside.visitor.csrf))
            div.stack { @for ward in &census.wards { (ward_section(&inside, ward)) } }
        }
        @if !census.elsewhere.is_empty() { (elsewhere(&inside, &census.elsewhere)) }
    };
    Ok(inside.page(Tab::Beds, "Beds", &work))
}

fn ward_section(inside: &Inside, ward: &WardCensus) -> Markup {
    let mut rows: Vec<Row> = ward.beds.iter().flat_map(|bed| bed_rows(inside, bed)).collect();
    let on_ward = ward.without_bed.iter().map(|one| occupied(inside, &html! { "no bed" }, one));
    rows.extend(on_ward);
    let nothing = empty(Icon::Bed, "No beds", "Nobody is on this ward, and it has no beds.", &html! {});
    html! {
        section.card id={ "ward-" (ward.id) } aria-label=(ward.name) {
            header.card-head { h3 { (ward.name) " " code.quiet { (ward.label) } } span.quiet.small { (ward.taken) " of " (ward.beds.len()) " beds taken" } }
            (table(&format!("Beds of {}", ward.name), &columns(), &rows, &nothing))
        }
    }
}

fn columns() -> [Column<'static>; 5] {
    [
        Column::text("Bed"),
        Column::text("Patient"),
        Column::text("MRN"),
        Column::text("Since"),
        Column::wide("Why"),
    ]
}

fn bed_rows(inside: &Inside, bed: &BedCensus) -> Vec<Row> {
    let label = html! {
        code { (bed.label) }
        @if bed.occupants.len() > 1 { " " (tag_with(Tone::Bad, Icon::Alert, "two people")) }
    };
    if bed.occupants.is_empty() {
        return vec![Row::new(vec![label, state(bed), html! {}, html! {}, steps(inside, bed)])];
    }
    bed.occupants.iter().map(|occupant| occupied(inside, &label, occupant)).collect()
}

/// Whether a free bed can be used now.
fn is_ready(bed: &BedCensus) -> bool {
    bed.open && bed.state == "clean" && bed.occupants.is_empty()
}

fn state(bed: &BedCensus) -> Markup {
    match bed.state {
        _ if !bed.open => tag(Tone::Neutral, "out of use"),
        "dirty" => tag(Tone::Bad, "dirty"),
        "cleaning" => tag(Tone::Warn, "being cleaned"),
        "closed" => tag(Tone::Neutral, "closed"),
        _ => tag(Tone::Good, "free"),
    }
}

/// What can be said next of a free bed: the state, and the words on its button.
fn steps(inside: &Inside, bed: &BedCensus) -> Markup {
    let next: &[(&str, &str)] = match bed.state {
        "dirty" => &[("cleaning", "Begin cleaning"), ("closed", "Close")],
        "cleaning" => &[("clean", "Clean now"), ("dirty", "Dirty again")],
        "closed" => &[("dirty", "Open")],
        _ => &[("dirty", "Dirty"), ("closed", "Close")],
    };
    html! {
        @if inside.may("bed.manage") && bed.open {
            span.row {
                @for (status, words) in next {
                    button.button.button-small type="submit" name="set" value={ (bed.id) "." (status) } aria-label={ (words) ": " (bed.label) } { (words) }
                }
            }
        }
    }
}

/// `POST …/beds`: another state for a bed, given as `ID.status`.
pub(crate) async fn send(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    let set = form.fields.get("set").cloned().unwrap_or_default();
    let (bed, status) = set.rsplit_once('.').unwrap_or((&set, ""));
    let fields = [("bed", bed), ("status", status)].map(|(name, value)| (name.to_owned(), value.to_owned()));
    let said = match run(&app, &inside, "set_bed_status", BTreeMap::from(fields)).await? {
        Ok(done) => Said::well(done.message),
        Err(_) => Said::badly("Somebody lies in that bed, or there is no such bed. Look at the board again."),
    };
    Ok(said.at(&inside.to("beds")))
}

fn occupied(inside: &Inside, label: &Markup, occupant: &Occupant) -> Row {
    let (name, mrn) = match &occupant.patient {
        Some(who) => (
            html! { a href=(inside.to_chart(&who.id, "summary")) { (who.name) } @if who.restricted { " " (tag_with(Tone::Warn, Icon::Lock, "restricted")) } },
            html! { @if let Some(mrn) = &who.mrn { code { (mrn) } } },
        ),
        None => (tag(Tone::Warn, "an encounter without a patient"), html! {}),
    };
    let why = or_none(occupant.reason.as_deref());
    Row::new(vec![label.clone(), name, mrn, chart_time(occupant.since.as_ref()), why])
}

fn elsewhere(inside: &Inside, others: &[Occupant]) -> Markup {
    let rows: Vec<Row> = others.iter().map(|one| occupied(inside, &html! { "–" }, one)).collect();
    html! {
        section.card aria-label="No ward" {
            header.card-head { h3 { "In the hospital, but on no ward" } }
            (table("In the hospital, but on no ward", &columns(), &rows, &html! {}))
        }
    }
}
