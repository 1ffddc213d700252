use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use platform::cds_client::Hook;
use platform::ehr::chart::{ItemKind, Section};
use serde::Deserialize;

use super::imaging::Shown;
use super::orders::orders_page;
use super::{At, administration, imaging, journal, medications, notes, results, stays, summary, timeline};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::advice::place as advice;
use crate::web::pages::hospital::forms::Filled;
use crate::web::pages::hospital::inside::{CHART_COOKIE, Inside};

#[derive(Deserialize)]
pub(crate) struct OfPatient {
    pub(crate) patient: String,
}

#[derive(Deserialize)]
pub(crate) struct Of {
    patient: String,
    section: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// The page of a long section, from 1.
    page: Option<usize>,
    /// The only kind of thing to show on the timeline.
    kind: Option<ItemKind>,
    /// The test whose values to show.
    test: Option<String>,
    /// The imaging study to show, its picture from 1, and the window to see it through.
    study: Option<String>,
    picture: Option<usize>,
    center: Option<f64>,
    width: Option<f64>,
    /// A window by its name, as `center,width`; it wins over the two numbers.
    preset: Option<String>,
}

impl Asked {
    fn shown(self) -> Shown {
        let named = self.preset.as_deref().and_then(|preset| {
            let (center, width) = preset.split_once(',')?;
            Some((center.parse().ok()?, width.parse().ok()?))
        });
        let window = named.or(self.center.zip(self.width)).filter(|(_, width)| *width >= 1.0);
        Shown { study: self.study, picture: self.picture, window }
    }
}

/// `GET …/patients/{patient}`.
pub(crate) async fn begin(inside: Inside, Path(of): Path<OfPatient>) -> Redirect {
    Redirect::to(&inside.to_chart(&of.patient, "summary"))
}

/// `GET …/patients/{patient}/{section}`.
pub(crate) async fn section(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<Of>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let page = asked.page.unwrap_or(1);
    let at = At { app: &app, inside: &inside, patient: &of.patient };
    let shown: Markup = match of.section.as_str() {
        "summary" => {
            let (banner, (summary, contact)) =
                at.load(Section::Summary, |chart| Ok((chart.summary()?, chart.contact()))).await?;
            let advice = advice(&app, &inside, &of.patient, Hook::PatientView, "").await?;
            let shown = html! { (advice) (summary::summary(&at, &summary, &contact)) };
            at.draw(&banner, "summary", &shown)
        }
        "timeline" => {
            let kinds: Vec<ItemKind> = asked.kind.into_iter().collect();
            let (banner, found) =
                at.load(Section::Timeline, move |chart| chart.timeline(&kinds, page)).await?;
            at.draw(&banner, "timeline", &timeline::timeline(&at, &found, asked.kind))
        }
        "results" => {
            let test = asked.test;
            let (banner, (all, one, told)) = at
                .load(Section::Results, move |chart| {
                    let one = test.as_deref().map(|test| chart.series(test)).transpose()?.flatten();
                    Ok((chart.results()?, one, chart.acknowledged()?))
                })
                .await?;
            at.draw(&banner, "results", &results::results(&at, &all, one.as_ref(), &told))
        }
        "medications" => {
            let (banner, all) = at.load(Section::Medications, |chart| chart.medications()).await?;
            at.draw(&banner, "medications", &medications::medications(&at, &all))
        }
        "imaging" => {
            let (banner, all) = at.load(Section::Imaging, |chart| chart.imaging()).await?;
            at.draw(&banner, "imaging", &imaging::imaging(&at, &all, &asked.shown()))
        }
        "orders" => {
            let (_, page) = orders_page(&app, &inside, &of.patient, &Filled::default()).await?;
            page
        }
        "administration" => {
            let (banner, all) = at.load(Section::Administration, |chart| chart.administration()).await?;
            at.draw(&banner, "administration", &administration::administration(&at, &all))
        }
        "notes" => {
            let (banner, all) = at.load(Section::Notes, |chart| chart.notes()).await?;
            at.draw(&banner, "notes", &notes::notes(&at, &all))
        }
        "stays" => {
            let (banner, all) = at.load(Section::Encounters, |chart| chart.encounters()).await?;
            at.draw(&banner, "stays", &stays::stays(&all))
        }
        "journal" => {
            let (banner, trail) = at.load(Section::Audit, move |chart| chart.audit(page)).await?;
            at.draw(&banner, "journal", &journal::journal(&trail))
        }
        other => return Err(Fault::Missing(format!("A chart has no section '{other}'."))),
    };
    Ok(remembered(&inside, &of.patient, shown))
}

/// The page, and a cookie by which the tab finds its way back.
fn remembered(inside: &Inside, patient: &str, shown: Markup) -> Response {
    let id = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    if !patient.chars().all(id) {
        return shown.into_response();
    }
    let cookie = format!("{CHART_COOKIE}={}.{patient}; Path=/; HttpOnly; SameSite=Lax", inside.sandbox);
    ([(header::SET_COOKIE, cookie)], shown).into_response()
}
