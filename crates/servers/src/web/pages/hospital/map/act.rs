//! What can be done on the map: the clock, the others' work, the doors, stopping and starting an interface, sending again.

use axum::extract::{Path, State};
use axum::response::Response;
use platform::live::{InterfaceChange, Remedy};
use platform::sandboxes::{ClockChange, SandboxError};

use super::interface::named;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::forms::Fields;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;

/// `POST …/map/clock`.
pub(super) async fn clock(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    let change = match field(&form, "do") {
        "pause" => ClockChange::Pause,
        "hour" => ClockChange::AdvanceSeconds(3600),
        "next" => ClockChange::NextEvent,
        rate => ClockChange::Rate(rate.parse().map_err(|_| Fault::Unreadable)?),
    };
    let clock = inside.run(&app, move |platform, access| platform.change_clock(access, change)).await?;
    let words = match (change, clock.rate) {
        (ClockChange::AdvanceSeconds(_), _) => "An hour has passed.".to_owned(),
        (ClockChange::NextEvent, _) => "The clock stands at the next event.".to_owned(),
        (_, 0) => "The clock stands still.".to_owned(),
        (_, rate) => format!("The clock runs {rate} times as fast as real time."),
    };
    Ok(Said::well(words).at(&inside.to("map")))
}

/// `POST …/map/living`.
pub(super) async fn living(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    let living = field(&form, "living") == "on";
    inside.run(&app, move |platform, access| platform.set_living(access, living)).await?;
    let words =
        if living { "The other systems work by themselves." } else { "The other systems wait for you." };
    Ok(Said::well(words).at(&inside.to("map")))
}

/// `POST …/map/playing`.
pub(super) async fn playing(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    let playing = field(&form, "playing") == "on";
    inside.run(&app, move |platform, access| platform.set_playing(access, playing)).await?;
    let words =
        if playing { "Patients come, are treated and leave." } else { "Nobody comes or goes by themselves." };
    Ok(Said::well(words).at(&inside.to("map")))
}

/// `POST …/map/{interface}`.
pub(super) async fn interface(
    State(app): State<App>,
    inside: Inside,
    Path(asked): Path<Vec<(String, String)>>,
    form: Fields,
) -> Result<Response, Fault> {
    let id = named(&asked);
    let remedy = Remedy::ALL.into_iter().find(|one| one.word() == field(&form, "repair"));
    let (change, words) = match (field(&form, "do"), field(&form, "resend").parse()) {
        _ if remedy.is_some() => {
            (remedy.map_or(InterfaceChange::Start, InterfaceChange::Repair), "Mended. Messages move again.")
        }
        ("stop", _) => (InterfaceChange::Stop, "Stopped. Messages wait in its queue."),
        ("start", _) => (InterfaceChange::Start, "Started."),
        (_, Ok(message)) => (InterfaceChange::Resend(message), "The message is sent again."),
        _ => return Err(Fault::Unreadable),
    };
    let to = inside.to(&format!("map/{id}"));
    let done = inside.run(&app, move |platform, access| {
        platform.change_interface(access, &id, &change)?;
        Ok::<_, SandboxError>(())
    });
    done.await?;
    Ok(Said::well(words).at(&to))
}

fn field<'a>(form: &'a Fields, name: &str) -> &'a str {
    form.fields.get(name).map(String::as_str).unwrap_or_default()
}
