use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::ehr::chart::{Banner, Chart, Section, Ward, wards};
use platform::ehr::commands::{CommandError, CommandOutcome, EhrError, run_command};
use platform::fhir::{Context, FhirError, Refusal};
use serde_json::Value;

use super::filled::Filled;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::chart::banner;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::ui::{Tone, card, notice, post_form};

/// A form as it comes from the page.
pub(in crate::web::pages::hospital) type Fields = PageForm<BTreeMap<String, String>>;

/// A patient with a form open about them.
pub(super) struct Opened {
    pub(super) banner: Banner,
    pub(super) wards: Vec<Ward>,
}

/// Opens what a form about a patient shows.
pub(super) async fn about(app: &App, inside: &Inside, patient: &str) -> Result<Opened, Fault> {
    Ok(about_part(app, inside, patient, Section::Summary, |_| Ok(())).await?.0)
}

/// The same with a part of the chart that the form is about: the chart is opened once.
pub(super) async fn about_part<T: Send + 'static>(
    app: &App,
    inside: &Inside,
    patient: &str,
    section: Section,
    part: impl FnOnce(&Chart<'_>) -> Result<T, FhirError> + Send + 'static,
) -> Result<(Opened, T), Fault> {
    let patient = patient.to_owned();
    let open = inside.run(app, move |_, access| {
        let chart = Chart::open(access, &patient, section)?;
        let opened = Opened { banner: chart.banner()?, wards: wards(access)? };
        Ok::<_, FhirError>((opened, part(&chart)?))
    });
    open.await
}

impl Opened {
    /// A page with the patient's banner and a form that is sent back to where it stands.
    pub(super) fn page(
        &self,
        inside: &Inside,
        filled: &Filled,
        title: &str,
        form: &str,
        fields: &Markup,
    ) -> Response {
        self.page_below(inside, filled, title, form, fields, &html! {})
    }

    /// The same with something above the form.
    pub(super) fn page_below(
        &self,
        inside: &Inside,
        filled: &Filled,
        title: &str,
        form: &str,
        fields: &Markup,
        above: &Markup,
    ) -> Response {
        let action = inside.to_chart(&self.banner.identity.id, form);
        let body = html! {
            (outdated(filled))
            (filled.summary())
            (post_form(&action, &inside.visitor.csrf, fields))
        };
        let work = html! { (banner(inside, &self.banner)) (above) (card(title, &html! {}, &body)) };
        let page = inside.page(Tab::Chart, &format!("{title}: {}", self.banner.identity.name), &work);
        (status(filled), page).into_response()
    }

    /// A page with the patient's banner and something to choose from.
    pub(super) fn plain(&self, inside: &Inside, title: &str, body: &Markup) -> Response {
        let work = html! { (banner(inside, &self.banner)) (body) };
        inside.page(Tab::Chart, &format!("{title}: {}", self.banner.identity.name), &work).into_response()
    }
}

/// A refused form is answered as one that cannot be processed.
pub(in crate::web::pages::hospital) fn status(filled: &Filled) -> StatusCode {
    if filled.is_refused() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }
}

pub(in crate::web::pages::hospital) fn outdated(filled: &Filled) -> Markup {
    let words = html! { p { "Somebody wrote into this stay while the form was open. It shows what is there now; look at it, then send the form again if it still fits." } };
    html! { @if filled.outdated { div role="alert" { (notice(Tone::Warn, Some("The chart has changed"), &words)) } } }
}

/// Carries a command out with the fields of a form: what was done, or the form with what was wrong.
pub(in crate::web::pages::hospital) async fn run(
    app: &App,
    inside: &Inside,
    name: &'static str,
    mut fields: BTreeMap<String, String>,
) -> Result<Result<CommandOutcome, Filled>, Fault> {
    fields.remove("csrf");
    let form: Value =
        fields.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect();
    let (enter, base_url) = (inside.access(), inside.fhir());
    let done = app.run(move |platform| {
        let access = enter(platform)?;
        let context = Context {
            access: &access,
            base_url: &base_url,
            entropy: platform.entropy(),
            limits: &platform.limits().json,
        };
        Ok::<_, Fault>(run_command(&context, name, &form))
    });
    match done.await? {
        Ok(outcome) => Ok(Ok(outcome)),
        Err(error) => refused(fields, error).map(Err),
    }
}

/// The form with what was wrong with it; an error that is not about the form is a fault.
fn refused(fields: BTreeMap<String, String>, error: CommandError) -> Result<Filled, Fault> {
    let mut filled = Filled { fields, ..Filled::default() };
    match error {
        CommandError::Refused(EhrError::Fields(problems)) => {
            filled.problems = problems.into_iter().map(Into::into).collect();
        }
        CommandError::Refused(EhrError::Duplicate(alike)) => filled.alike = alike,
        CommandError::Refused(EhrError::Support(firings)) => filled.firings = firings,
        CommandError::Fhir(error) if error.refusal == Refusal::VersionMismatch => {
            filled.outdated = true;
            // What the form is drawn with anew is the version that is there now.
            filled.fields.remove("expected_version");
        }
        CommandError::Denied(denied) => return Err(denied.into()),
        CommandError::Fhir(error) => return Err(error.into()),
        unknown @ CommandError::Unknown { .. } => return Err(Fault::Missing(unknown.to_string())),
    }
    Ok(filled)
}
