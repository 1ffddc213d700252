use maud::{Markup, html};
use platform::cds_client::Hook;

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::loading;

/// Where advice at a moment of work comes to stand; nothing where no service wants to be asked. `about` is what more is known of
/// the moment, as parameters of an address: `&orderable=ID`.
pub(in crate::web::pages::hospital) async fn place(
    app: &App,
    inside: &Inside,
    patient: &str,
    hook: Hook,
    about: &str,
) -> Result<Markup, Fault> {
    if !inside.may("chart.view.clinical") {
        return Ok(html! {});
    }
    let known = inside.run(app, |platform, access| platform.called_services(access)).await?;
    if !known.iter().any(|service| service.offer.hook == hook) {
        return Ok(html! {});
    }
    let from = inside.to_chart(patient, &format!("advice?hook={}{about}", hook.word()));
    Ok(html! {
        section.advice aria-label="Decision support" {
            h2.visually-hidden { "Decision support" }
            div.advice-said aria-live="polite" hx-get=(from) hx-trigger="load" hx-swap="innerHTML" {
                (loading("Asking the decision support services…"))
                noscript { p { a href=(from) { "Ask the decision support services" } } }
            }
        }
    })
}
