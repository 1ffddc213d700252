use axum::extract::State;
use axum::response::Response;
use platform::engine::{
    InterfaceError, Origin, ReplayOf, StateChange, receive, replay as replay_message, retry as retry_message,
    roll_back as roll_back_channel, set_state,
};

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::forms::Fields;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::pages::words::{counted, query_value};

fn field(form: &Fields, name: &str) -> String {
    form.fields.get(name).cloned().unwrap_or_default()
}

/// `POST …/engine/state`: another state for a channel, given as `act.NAME`.
pub(crate) async fn state(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    let set = field(&form, "set");
    let (act, name) = set.split_once('.').unwrap_or((&set, ""));
    let known = [
        ("deploy", StateChange::Deploy, "is deployed"),
        ("undeploy", StateChange::Undeploy, "is out of service"),
        ("start", StateChange::Start, "is started"),
        ("pause", StateChange::Pause, "is paused: it sends what is queued and receives nothing"),
        ("stop", StateChange::Stop, "is stopped"),
    ];
    let wanted = known.iter().find(|(word, ..)| *word == act);
    let (_, change, words) = wanted.ok_or_else(|| Fault::Refused(format!("There is no act '{act}'.")))?;
    let (change, said, name) = (*change, format!("{name} {words}."), name.to_owned());
    inside.run(&app, move |_, access| set_state(access, &name, change)).await?;
    Ok(Said::well(said).at(&inside.to("engine")))
}

/// `POST …/engine/roll-back`: an older version becomes the newest.
pub(crate) async fn roll_back(
    State(app): State<App>,
    inside: Inside,
    form: Fields,
) -> Result<Response, Fault> {
    let (name, number) = (field(&form, "channel"), field(&form, "version").parse().unwrap_or(0));
    let back = inside.to(&format!("engine/channel?name={}", query_value(&name)));
    let done =
        inside.run(&app, move |platform, access| roll_back_channel(platform, access, &name, number)).await?;
    Ok(Said::well(format!("Version {number} runs again, as version {}.", done.number)).at(&back))
}

/// `POST …/engine/send`: a message for a channel.
pub(crate) async fn send(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    let (name, raw) = (field(&form, "channel"), field(&form, "raw"));
    // A form sends CR LF; HL7 v2 ends a segment with CR.
    let raw = raw.trim_end().replace("\r\n", "\r").replace('\n', "\r") + "\r";
    let back = inside.to(&format!("engine/channel?name={}", query_value(&name)));
    let sent = inside.run(&app, move |platform, access| {
        let origin = Origin { system: access.actor().to_owned(), ..Origin::default() };
        match receive(platform, access, &name, raw.as_bytes(), &origin) {
            Err(error @ InterfaceError::NotStarted { .. }) => Ok(Err(error.to_string())),
            other => other.map(Ok),
        }
    });
    Ok(match sent.await? {
        Ok(receipt) => {
            let said = format!("Message {}: {} at the source.", receipt.message, receipt.state.word());
            Said::well(said).at(&inside.to(&format!("engine/message?id={}", receipt.message)))
        }
        Err(why) => Said::badly(format!("It was not taken: {why}.")).at(&back),
    })
}

/// `POST …/engine/replay`: a message taken in again.
pub(crate) async fn replay(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    let message = field(&form, "message").parse().unwrap_or(0);
    let at = inside.to(&format!("engine/message?id={message}"));
    let done = inside.run(&app, move |platform, access| {
        match replay_message(platform, access, ReplayOf { message }) {
            Err(error @ InterfaceError::NotStarted { .. }) => Ok(Err(error.to_string())),
            other => other.map(Ok),
        }
    });
    Ok(match done.await? {
        Ok(receipt) => Said::well(format!("Taken in again as message {}.", receipt.message))
            .at(&inside.to(&format!("engine/message?id={}", receipt.message))),
        Err(why) => Said::badly(format!("It was not taken in again: {why}.")).at(&at),
    })
}

/// `POST …/engine/retry`: dead letters back into their queues.
pub(crate) async fn retry(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    let message = field(&form, "message").parse().unwrap_or(0);
    let count = inside.run(&app, move |_, access| retry_message(access, message)).await?;
    let words = counted(count, "delivery waits", "deliveries wait");
    Ok(Said::well(format!("{words} to be sent.")).at(&inside.to(&format!("engine/message?id={message}"))))
}
