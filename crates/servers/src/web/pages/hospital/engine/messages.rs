use std::collections::BTreeMap;

use axum::extract::{Query, State};
use maud::{Markup, html};
use platform::engine::{MessageQuery, MessageView, channels, find_messages};
use standards::hl7::message::Path;

use super::dashboard::state;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::{query_value, time};
use crate::web::ui::{
    Choice, Column, Field, Icon, Look, Row, Select, Tone, card, empty, link_button, notice, submit, table,
};

/// Messages on one page.
const PAGE: usize = 50;

/// States that can be asked for.
const STATES: [&str; 7] = ["RECEIVED", "TRANSFORMED", "FILTERED", "PENDING", "QUEUED", "SENT", "ERROR"];

/// `GET …/engine/messages`: the message browser.
pub(crate) async fn list(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Markup, Fault> {
    let given =
        |name: &str| asked.get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let query = MessageQuery {
        channel: given("channel"),
        state: given("state"),
        text: given("text"),
        kind: given("kind"),
        from_us: None,
        to_us: None,
        before: given("before").and_then(|id| id.parse().ok()),
        limit: PAGE,
    };
    let field = given("field");
    let path: Option<Result<Path, _>> = field.as_deref().map(str::parse);
    let wrong = path.as_ref().and_then(|path: &Result<Path, standards::hl7::message::PathError>| {
        path.as_ref().err().map(ToString::to_string)
    });
    let (path, value) = (path.and_then(Result::ok), given("value").unwrap_or_default());
    let load = inside.run(&app, move |_, access| {
        let found = find_messages(access, &query, path.as_ref().map(|path| (path, value.as_str())))?;
        let names: Vec<String> = channels(access)?.into_iter().map(|one| one.name).collect();
        Ok::<_, platform::engine::InterfaceError>((found, names))
    });
    let (found, names) = load.await?;
    let rows: Vec<Row> = found.iter().map(|one| row(&inside, one)).collect();
    let columns = [
        Column::number("Message"),
        Column::text("Received"),
        Column::text("Channel"),
        Column::text("Kind"),
        Column::text("Source"),
        Column::wide("Destinations"),
    ];
    let nothing = empty(Icon::Search, "No messages", "Nothing matches, or nothing came in yet.", &html! {});
    let older = found.last().filter(|_| found.len() == PAGE).map(|last| {
        let mut parts: Vec<String> = asked
            .iter()
            .filter(|(name, _)| name.as_str() != "before")
            .map(|(name, value)| format!("{name}={}", query_value(value)))
            .collect();
        parts.push(format!("before={}", last.message.id));
        inside.to(&format!("engine/messages?{}", parts.join("&")))
    });
    let body = html! {
        (search(&inside, &asked, &names, wrong.as_deref()))
        (table("What was found", &columns, &rows, &nothing))
        @if let Some(href) = older { p { (link_button("Older messages", &href, Look::Plain)) } }
    };
    let work =
        html! { p { a href=(inside.to("engine")) { "Channels" } } (card("Messages", &html! {}, &body)) };
    Ok(inside.page(Tab::Engine, "Messages", &work))
}

fn row(inside: &Inside, view: &MessageView) -> Row {
    let message = &view.message;
    Row::new(vec![
        html! { a href=(inside.to(&format!("engine/message?id={}", message.id))) { (message.id) } },
        time(message.received_us),
        html! { (message.channel) },
        html! { code { (message.kind) } },
        state(&message.state),
        html! { @for (at, one) in view.deliveries.iter().enumerate() { @if at > 0 { ", " } (one.destination) " " (state(&one.state)) } },
    ])
}

fn search(
    inside: &Inside,
    asked: &BTreeMap<String, String>,
    names: &[String],
    wrong: Option<&str>,
) -> Markup {
    let value = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    let any = Choice::new("", "any");
    let channels: Vec<Choice<'_>> =
        std::iter::once(any).chain(names.iter().map(|name| Choice::new(name, name))).collect();
    let states: Vec<Choice<'_>> =
        std::iter::once(any).chain(STATES.iter().map(|word| Choice::new(word, word))).collect();
    html! {
        @if let Some(wrong) = wrong { (notice(Tone::Warn, Some("The field is not looked for"), &html! { p { (wrong) } })) }
        form.form-grid method="get" action=(inside.to("engine/messages")) role="search" {
            (Select::new("channel", "Channel", &channels).chosen(value("channel")))
            (Select::new("state", "State", &states).chosen(value("state")))
            (Field::new("kind", "Kind").value(value("kind")).placeholder("ADT^A01"))
            (Field::new("text", "Text").value(value("text")))
            (Field::new("field", "Field").value(value("field")).placeholder("PID-3.1"))
            (Field::new("value", "Value of the field").value(value("value")))
            div.form-actions { (submit("Search", Look::Plain)) }
        }
    }
}
