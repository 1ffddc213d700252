use axum::extract::{Query, State};
use maud::{Markup, html};
use platform::flow::{Emergency, FlowTrouble, Origin, Overview, Played, Rota, Wish, hour_name};
use serde::Deserialize;

use super::words::number;
use super::{played, rota};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::ui::{Mark, card, failure, line};

/// What is asked of the page: a roster that does something, or the saved one played.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) margin: String,
    pub(super) at_least: String,
    pub(super) paid_hours: String,
    /// The seed of the weeks to play.
    pub(super) play: String,
}

/// What the page shows.
pub(super) struct Shown {
    pub(super) overview: Overview,
    /// The roster that was asked for, or why there is none.
    pub(super) proposed: Option<Result<Rota, String>>,
    /// What was played, or why nothing was.
    pub(super) played: Option<Result<Played, String>>,
}

/// `GET …/flow`.
pub(super) async fn flow(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<Asked>,
) -> Result<Markup, Fault> {
    let wanted = asked.clone();
    let looked = inside.run(&app, move |platform, access| {
        let overview = match platform.flow(access) {
            Err(FlowTrouble::Store(error)) => return Err(FlowTrouble::Store(error)),
            Err(trouble) => return Ok(Err(trouble.to_string())),
            Ok(overview) => overview,
        };
        let proposed = wish(&wanted).map(|wish| {
            wish.and_then(|wish| platform.propose_flow(access, wish).map_err(|why| why.to_string()))
        });
        let played = (!wanted.play.trim().is_empty()).then(|| {
            let seed = wanted.play.trim().parse().map_err(|_| "a seed is a whole number".to_owned())?;
            platform.play_flow(access, seed).map_err(|why| why.to_string())
        });
        Ok(Ok(Shown { overview, proposed, played }))
    });
    let work = match looked.await? {
        Ok(shown) => drawn(&inside, &shown, &asked),
        Err(why) => {
            html! { div.flow-page { h2 { "Flow" } (failure("Nothing can be planned yet", &format!("{why}."), &to_process(&inside))) } }
        }
    };
    Ok(inside.page(Tab::Flow, "Flow", &work))
}

/// What a roster should do, if one is asked for.
fn wish(asked: &Asked) -> Option<Result<Wish, String>> {
    let (margin, at_least, paid_hours) =
        (asked.margin.trim(), asked.at_least.trim(), asked.paid_hours.trim());
    if margin.is_empty() && at_least.is_empty() && paid_hours.is_empty() {
        return None;
    }
    let read = || {
        let margin = if margin.is_empty() { Some(1.0) } else { margin.parse().ok() };
        let margin = margin.ok_or("the margin is a number, such as 1 or 0.5")?;
        let at_least = if at_least.is_empty() { Some(1) } else { at_least.parse().ok() };
        let at_least = at_least.ok_or("the fewest in any hour is a whole number")?;
        let paid_hours = match paid_hours {
            "" => None,
            hours => Some(hours.parse().map_err(|_| "the hours that may be paid are a whole number")?),
        };
        Ok(Wish { margin, at_least, paid_hours })
    };
    Some(read().map_err(|what: &str| what.to_owned()))
}

fn drawn(inside: &Inside, shown: &Shown, asked: &Asked) -> Markup {
    let emergency = &shown.overview.emergency;
    html! {
        div.flow-page {
            header.flow-head {
                div { h2 { "Flow" } p.quiet { (who_comes(emergency)) } }
                (to_process(inside))
            }
            (demand(emergency))
            (card("Roster of providers", &html! {}, &rota::rota(inside, shown, asked)))
            (card("What it would do", &html! {}, &played::played(inside, shown, asked)))
        }
    }
}

fn to_process(inside: &Inside) -> Markup {
    html! { a.button href=(inside.to("flow/process")) { "Process map" } }
}

fn who_comes(emergency: &Emergency) -> String {
    let visits = number(emergency.demand.visits_per_day());
    let (rooms, beds) = (emergency.department.rooms, emergency.department.beds);
    match emergency.demand.origin {
        Origin::Measured { visits: counted, weeks, stay_median_minutes, .. } => format!(
            "{visits} visits a day to the emergency department, counted from {counted} stays of the last {weeks} weeks, half of them no longer than {} minutes. It has {rooms} rooms, and the wards keep {beds} beds for its patients.",
            number(stay_median_minutes)
        ),
        Origin::Forecast => format!(
            "{visits} visits a day to the emergency department are forecast. It has {rooms} rooms, and the wards keep {beds} beds for its patients."
        ),
    }
}

/// Arrivals and the load that they bring, hour by hour.
fn demand(emergency: &Emergency) -> Markup {
    html! {
        div.flow-pair {
            (by_hour("Arrivals an hour, Monday to Sunday", &emergency.demand.arrivals_per_hour))
            (by_hour("Providers at work if nobody waited", &emergency.load))
        }
    }
}

/// A line over the hours of the week.
pub(super) fn by_hour(caption: &str, values: &[f64]) -> Markup {
    let labels: Vec<(String, String)> = values
        .iter()
        .enumerate()
        .map(|(hour, value)| (hour_name(hour, values.len()), number(*value)))
        .collect();
    let marks: Vec<Mark<'_>> = labels
        .iter()
        .zip(values)
        .map(|((label, shown), value)| Mark { label, value: *value, shown })
        .collect();
    line(caption, &marks)
}
