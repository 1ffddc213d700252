use axum::extract::State;
use maud::{Markup, html};
use platform::ehr::chart::{BedCensus, Occupant, WardCensus, census};

use super::inside::{Inside, Tab};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::words::chart_time;
use crate::web::ui::{Column, Icon, Row, Tone, empty, figures, or_none, table, tag, tag_with};

/// `GET …/beds`: the bed board, ward by ward.
pub(crate) async fn beds(State(app): State<App>, inside: Inside) -> Result<Markup, Fault> {
    let census = inside.run(&app, |_, access| census(access)).await?;
    let beds: usize = census.wards.iter().map(|ward| ward.beds.len()).sum();
    let taken: usize = census.wards.iter().map(|ward| ward.taken).sum();
    let numbers = [census.occupants.to_string(), taken.to_string(), (beds - taken).to_string()];
    let work = html! {
        h2 { "Beds" }
        (figures(&[("In the hospital", &numbers[0], None), ("Beds taken", &numbers[1], None), ("Beds free", &numbers[2], None)]))
        @if census.wards.is_empty() {
            div.card { (empty(Icon::Bed, "No wards", "This hospital has no beds.", &html! {})) }
        }
        nav.row aria-label="Wards" {
            @for ward in &census.wards { a.button.button-small href={ "#ward-" (ward.id) } { (ward.label) " " span.quiet { (ward.taken) "/" (ward.beds.len()) } } }
        }
        @for ward in &census.wards { (ward_section(&inside, ward)) }
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
        let state = if bed.open { tag(Tone::Good, "free") } else { tag(Tone::Neutral, "closed") };
        return vec![Row::new(vec![label, state, html! {}, html! {}, html! {}])];
    }
    bed.occupants.iter().map(|occupant| occupied(inside, &label, occupant)).collect()
}

fn occupied(inside: &Inside, label: &Markup, occupant: &Occupant) -> Row {
    let (name, mrn) = match &occupant.patient {
        Some(who) => (
            html! { a href=(inside.to_chart(&who.id, "summary")) { (who.name) } },
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
