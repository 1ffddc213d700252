use axum::extract::State;
use maud::{Markup, html};
use platform::engine::{ChannelView, channels};

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::query_value;
use crate::web::ui::{Column, Icon, Look, Row, Tone, card, csrf_field, empty, link_button, table, tag};

/// `GET …/engine`: every channel with its state and its counts.
pub(crate) async fn dashboard(State(app): State<App>, inside: Inside) -> Result<Markup, Fault> {
    let found = inside.run(&app, |_, access| channels(access)).await?;
    let rows: Vec<Row> = found.iter().map(|one| row(&inside, one)).collect();
    let columns = [
        Column::text("Channel"),
        Column::text("State"),
        Column::number("Received"),
        Column::number("Filtered"),
        Column::number("Queued"),
        Column::number("Sent"),
        Column::number("Errored"),
        Column::text("Act"),
    ];
    let nothing = empty(
        Icon::Send,
        "No channels",
        "Nothing is received or sent by this hospital's interface engine yet.",
        &link_button("Write the first channel", &inside.to("engine/channel"), Look::Primary),
    );
    let aside = html! {
        span.row {
            (link_button("Messages", &inside.to("engine/messages"), Look::Plain))
            @if inside.may("channel.manage") { (link_button("New channel…", &inside.to("engine/channel"), Look::Plain)) }
        }
    };
    let body = html! {
        p.quiet { "A message is received once and counted again for each destination that filters, queues, sends or fails it." }
        form method="post" action=(inside.to("engine/state")) {
            (csrf_field(&inside.visitor.csrf))
            (table("Channels", &columns, &rows, &nothing))
        }
    };
    Ok(inside.page(Tab::Engine, "Interface engine", &card("Channels", &aside, &body)))
}

fn row(inside: &Inside, channel: &ChannelView) -> Row {
    let name = query_value(&channel.name);
    let messages = |state: &str, count: u64| {
        let href = inside.to(&format!("engine/messages?channel={name}&state={state}"));
        html! { @if count == 0 { "0" } @else { a href=(href) { (count) } } }
    };
    let received = inside.to(&format!("engine/messages?channel={name}"));
    Row::new(vec![
        html! { a href=(inside.to(&format!("engine/channel?name={name}"))) { (channel.name) } @if channel.deployed.is_some_and(|number| number != channel.version) { " " (tag(Tone::Warn, "a newer version is saved")) } },
        state(&channel.state),
        html! { @if channel.received == 0 { "0" } @else { a href=(received) { (channel.received) } } },
        messages("FILTERED", channel.filtered),
        messages("QUEUED", channel.queued),
        messages("SENT", channel.sent),
        messages("ERROR", channel.errored),
        acts(inside, channel),
    ])
}

/// The state in a word, with the colours that engines have for it.
pub(super) fn state(word: &str) -> Markup {
    let tone = match word {
        "STARTED" | "SENT" | "TRANSFORMED" => Tone::Good,
        "PAUSED" | "QUEUED" | "PENDING" => Tone::Warn,
        "ERROR" => Tone::Bad,
        _ => Tone::Neutral,
    };
    tag(tone, word)
}

fn acts(inside: &Inside, channel: &ChannelView) -> Markup {
    let next: &[(&str, &str)] = match channel.state.as_str() {
        "STARTED" => &[("pause", "Pause"), ("stop", "Stop")],
        "PAUSED" => &[("start", "Start"), ("stop", "Stop")],
        "STOPPED" => &[("start", "Start"), ("undeploy", "Undeploy")],
        _ => &[("deploy", "Deploy")],
    };
    html! {
        @if inside.may("channel.manage") {
            span.row {
                @for (act, words) in next {
                    button.button.button-small type="submit" name="set" value={ (act) "." (channel.name) } aria-label={ (words) ": " (channel.name) } { (words) }
                }
            }
        }
    }
}
