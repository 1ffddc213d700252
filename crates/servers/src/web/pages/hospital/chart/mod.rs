//! One patient's chart: the banner that says whose it is, and its sections.

mod frame;
mod journal;
mod medications;
mod notes;
mod results;
mod stays;
mod summary;
mod timeline;
mod values;

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;
use platform::ehr::chart::{Banner, Chart, ItemKind, Section};
use platform::fhir::FhirError;
use serde::Deserialize;

pub(super) use frame::{banner, patient_page};

use super::inside::{CHART_COOKIE, Inside};
use crate::state::App;
use crate::web::pages::fault::Fault;

#[derive(Deserialize)]
pub(crate) struct OfPatient {
    pub(super) patient: String,
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
            at.draw(&banner, "summary", &summary::summary(&at, &summary, &contact))
        }
        "timeline" => {
            let kinds: Vec<ItemKind> = asked.kind.into_iter().collect();
            let (banner, found) =
                at.load(Section::Timeline, move |chart| chart.timeline(&kinds, page)).await?;
            at.draw(&banner, "timeline", &timeline::timeline(&at, &found, asked.kind))
        }
        "results" => {
            let test = asked.test;
            let (banner, (all, one)) = at
                .load(Section::Results, move |chart| {
                    let one = test.as_deref().map(|test| chart.series(test)).transpose()?.flatten();
                    Ok((chart.results()?, one))
                })
                .await?;
            at.draw(&banner, "results", &results::results(&at, &all, one.as_ref()))
        }
        "medications" => {
            let (banner, all) = at.load(Section::Medications, |chart| chart.medications()).await?;
            at.draw(&banner, "medications", &medications::medications(&all))
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

/// A chart that is being shown.
pub(super) struct At<'a> {
    app: &'a App,
    inside: &'a Inside,
    patient: &'a str,
}

impl At<'_> {
    /// The address of a section, or of a form, of this chart.
    fn to(&self, section: &str) -> String {
        self.inside.to_chart(self.patient, section)
    }

    async fn load<T: Send + 'static>(
        &self,
        section: Section,
        work: impl FnOnce(&Chart<'_>) -> Result<T, FhirError> + Send + 'static,
    ) -> Result<(Banner, T), Fault> {
        let patient = self.patient.to_owned();
        let load = self.inside.run(self.app, move |_, access| {
            let chart = Chart::open(access, &patient, section)?;
            Ok::<_, FhirError>((chart.banner()?, work(&chart)?))
        });
        load.await
    }

    fn draw(&self, banner: &Banner, section: &str, body: &Markup) -> Markup {
        patient_page(self.inside, banner, section, body)
    }
}
