use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use platform::cds_client::{ClientError, Registration, Service};
use serde::Deserialize;

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::ui::{Column, Field, Icon, Look, Row, Tone, card, empty, post_form, submit, table, tag};

/// The permission that changes which services are called.
const PERMISSION: &str = "build.change";

/// Services that the hospital calls, and the form that registers more.
pub(super) fn services_card(inside: &Inside, services: &[Service], now_us: i64) -> Markup {
    let columns = [
        Column::wide("Service"),
        Column::text("Hook"),
        Column::text("State"),
        Column::number("Calls"),
        Column::number("Failed"),
        Column::number("Cards"),
        Column::number("Accepted"),
        Column::number("Overridden"),
    ];
    let rows: Vec<Row> = services.iter().map(|service| row(inside, service, now_us)).collect();
    let why =
        "A program of your own can advise whoever works here: register where it answers (CDS Hooks 2.0).";
    let nothing = empty(Icon::Send, "No services are called", why, &html! {});
    let form = html! {
        (Field::new("url", "Address").placeholder("http://127.0.0.1:3000").autocomplete("off").required()
            .hint("Where /cds-services is answered, or the address of one service. Registering again reads its discovery anew."))
        div.form-actions { (submit("Register", Look::Plain)) }
    };
    let body = html! {
        (table("Decision support services", &columns, &rows, &nothing))
        @if inside.may(PERMISSION) {
            (post_form(&inside.to("build/services"), &inside.visitor.csrf, &form))
        }
    };
    card("Decision support services", &html! {}, &body)
}

fn row(inside: &Inside, service: &Service, now_us: i64) -> Row {
    let counts = service.counts;
    let name = html! {
        a href=(inside.to(&format!("build/service?name={}", service.key))) { (service.offer.title) }
        " " code.quiet.small { (service.url()) }
    };
    let numbers = [counts.calls, counts.failed, counts.cards, counts.accepted, counts.overridden];
    let mut cells = vec![name, html! { code { (service.offer.hook.word()) } }, state(service, now_us)];
    cells.extend(numbers.map(|number| html! { (number) }));
    Row::new(cells)
}

/// How a service stands, in a word or two.
pub(super) fn state(service: &Service, now_us: i64) -> Markup {
    let standing = service.standing;
    if standing.is_resting(now_us) {
        let left_s = (standing.rests_until_us - now_us).div_euclid(1_000_000) + 1;
        return tag(Tone::Bad, &format!("rests for {left_s} s"));
    }
    match standing.failures_in_row {
        0 => tag(Tone::Good, "called"),
        failures => tag(Tone::Warn, &format!("{failures} failed in a row")),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct NewServices {
    url: String,
}

/// `POST …/build/services`.
pub(super) async fn register(
    State(app): State<App>,
    inside: Inside,
    form: PageForm<NewServices>,
) -> Result<Response, Fault> {
    let url = form.fields.url;
    let done =
        inside.run_dialling(&app, move |platform, access| match platform.register_services(access, &url) {
            Err(ClientError::Invalid(problems)) => Ok(Err(problems)),
            other => other.map(Ok),
        });
    let back = inside.to("build");
    Ok(match done.await? {
        Ok(Registration { services, problems }) => {
            let names: Vec<&str> = services.iter().map(|service| service.offer.title.as_str()).collect();
            let but =
                if problems.is_empty() { String::new() } else { format!(" But: {}.", problems.join("; ")) };
            Said::well(format!("Called from now on: {}.{but}", names.join(", "))).at(&back)
        }
        Err(problems) => Said::badly(format!("Nothing is registered: {}.", problems.join("; "))).at(&back),
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct OldService {
    name: String,
}

/// `POST …/build/services/remove`.
pub(super) async fn remove(
    State(app): State<App>,
    inside: Inside,
    form: PageForm<OldService>,
) -> Result<Response, Fault> {
    let name = form.fields.name;
    inside.run(&app, move |platform, access| platform.remove_service(access, &name)).await?;
    Ok(Said::well("The service is called no more.").at(&inside.to("build")))
}
