use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use maud::{Markup, html};
use platform::ehr::chart::{Banner, Chart, Section};
use platform::identity::{Client, Code, IdentityError, Refusal, redirect};
use serde::Deserialize;

use crate::identity::sent_on;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::chart::{OfPatient, banner};
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::ui::{Icon, Look, csrf_field, empty, link_button, submit};

#[derive(Debug, Deserialize)]
pub(super) struct Chosen {
    client: String,
}

/// `GET …/patients/{patient}/launch`: the apps that can be opened from this chart.
pub(super) async fn choose(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
) -> Result<Markup, Fault> {
    let patient = of.patient.clone();
    let of_chart =
        inside.run(&app, move |_, access| Chart::open(access, &patient, Section::Summary)?.banner());
    let of_chart: Banner = of_chart.await?;
    let apps = inside.run(&app, |platform, access| platform.apps(access)).await?;
    let apps: Vec<Client> = apps.into_iter().filter(|app| app.launch_url.is_some()).collect();
    let action = inside.to_chart(&of.patient, "launch");
    let next = link_button("Register an app", &inside.to("apps"), Look::Plain);
    let why = "An app that opens from a chart is registered with an address to open.";
    let work = html! {
        (banner(&inside, &of_chart))
        h2 { "Open an app" }
        @if apps.is_empty() { (empty(Icon::Shield, "No app opens from a chart", why, &next)) }
        @for app in &apps {
            form.row method="post" action=(action) {
                (csrf_field(&inside.visitor.csrf))
                input type="hidden" name="client" value=(app.id);
                (submit(&format!("Open {}", app.name), Look::Primary))
                span.muted { (redirect::origin(app.launch_url.as_deref().unwrap_or_default())) }
            }
        }
    };
    Ok(inside.page(Tab::Chart, "Open an app", &work))
}

/// `POST …/patients/{patient}/launch`: hands over to an app, with a handle for this chart and the stay, if there is one.
pub(super) async fn send(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    headers: HeaderMap,
    form: PageForm<Chosen>,
) -> Result<Response, Fault> {
    let (patient, client) = (of.patient, form.fields.client);
    let looked = patient.clone();
    let of_chart =
        inside.run(&app, move |_, access| Chart::open(access, &looked, Section::Summary)?.banner());
    let of_chart: Banner = of_chart.await?;
    let encounter = of_chart.here.map(|here| here.encounter);
    let done = inside.run(&app, move |platform, access| {
        let found = platform.app(access, &client)?;
        let Some((app, url)) = found.and_then(|app| app.launch_url.clone().map(|url| (app, url))) else {
            return Err(IdentityError::from(Refusal::new(
                Code::InvalidRequest,
                "this app does not open from a chart",
            )));
        };
        let handle = platform.launch_app(access, &app, &patient, encounter.as_deref())?;
        Ok((app, url, handle))
    });
    let (client, url, handle) = done.await?;
    let fhir = inside.fhir();
    let given = [("iss", fhir.as_str()), ("launch", handle.as_str())];
    Ok(sent_on(&headers, &client.name, &redirect::with_parameters(&url, &given), &given))
}
