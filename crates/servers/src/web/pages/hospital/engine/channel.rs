use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::engine::{
    ChannelVersion, ChannelView, InterfaceError, SaveChannel, channel, channel_versions, save_channel,
    starters,
};

use super::dashboard::state;
use super::example;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::forms::Fields;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::said::Said;
use crate::web::pages::words::{counted, query_value, time};
use crate::web::ui::{
    Field, Icon, Look, Takes, Tone, card, code_block, csrf_field, link_button, notice, post_form, submit,
};

/// A channel file in its editor.
struct Edited<'a> {
    text: &'a str,
    note: &'a str,
    refused: Option<&'a InterfaceError>,
}

/// `GET …/engine/channel`: the editor; with `?name=` of a channel, with `&version=` an older text of it, with `?from=` a new
/// one that begins as a channel of the content.
pub(crate) async fn form(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let Some(name) = asked.get("name").cloned() else {
        return Ok(begun(&inside, asked.get("from").map(String::as_str)));
    };
    let number = asked.get("version").and_then(|number| number.parse().ok());
    let load = inside.run(&app, move |_, access| {
        let (view, version) = channel(access, &name, number)?;
        Ok::<_, InterfaceError>((view, version, channel_versions(access, &name)?))
    });
    let (view, version, versions) = load.await?;
    let edited = Edited { text: &version.text, note: "", refused: None };
    Ok(shown(&inside, Some((&view, &versions)), &edited))
}

/// The editor of a new channel, with the file of the one to begin with.
fn begun(inside: &Inside, from: Option<&str>) -> Response {
    let chosen = starters().iter().find(|one| Some(one.slug.as_str()) == from).or(starters().first());
    let text = chosen.map_or("", |one| one.text.as_str());
    let edited = Edited { text, note: "", refused: None };
    let others = html! {
        ul.plain.stack {
            @for one in starters() {
                li {
                    @if chosen == Some(one) { b { (one.name) } }
                    @else { a href=(inside.to(&format!("engine/channel?from={}", one.slug))) { (one.name) } }
                    p.quiet { (one.description) }
                }
            }
        }
    };
    let work = html! {
        p { a href=(inside.to("engine")) { "Channels" } }
        (card("Begin with", &html! {}, &others))
        (card("New channel", &html! {}, &editor(inside, "", &edited)))
    };
    inside.page(Tab::Engine, "New channel", &work).into_response()
}

/// `POST …/engine/channel`: the next version, if the file has no problems.
pub(crate) async fn send(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    let field = |name: &str| form.fields.get(name).cloned().unwrap_or_default();
    let (name, text, note) = (field("name"), field("text").replace("\r\n", "\n"), field("note"));
    let (given, written, why) = (name.clone(), text.clone(), note.clone());
    let saved = inside.run(&app, move |platform, access| {
        let save = SaveChannel {
            name: Some(given.as_str()).filter(|name| !name.is_empty()),
            text: &written,
            note: &why,
            deploy: true,
        };
        let saved = save_channel(platform, access, &save);
        // Problems of the file are shown beside it; anything else is a fault.
        match saved {
            Err(error @ (InterfaceError::Problems(_) | InterfaceError::OtherName { .. })) => Ok(Err(error)),
            other => other.map(Ok),
        }
    });
    match saved.await? {
        Ok(version) => {
            let said = format!("Version {} of {} is saved and runs.", version.number, version.name);
            Ok(Said::well(said)
                .at(&inside.to(&format!("engine/channel?name={}", query_value(&version.name)))))
        }
        Err(error) => {
            let load = inside.run(&app, move |_, access| {
                let known = channel(access, &name, None).ok().map(|(view, _)| view);
                let versions = channel_versions(access, &name).unwrap_or_default();
                Ok::<_, InterfaceError>((known, versions))
            });
            let (known, versions) = load.await?;
            let edited = Edited { text: &text, note: &note, refused: Some(&error) };
            Ok(shown(&inside, known.as_ref().map(|view| (view, versions.as_slice())), &edited))
        }
    }
}

/// `GET …/engine/channel/file?name=`: the file itself, to be kept or imported elsewhere.
pub(crate) async fn file(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let name = asked.get("name").cloned().unwrap_or_default();
    let load = inside.run(&app, move |_, access| channel(access, &name, None));
    let (_, version) = load.await?;
    let plain: String =
        version.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let headers = [
        (header::CONTENT_TYPE, "application/toml; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{plain}.toml\"")),
    ];
    Ok((headers, version.text).into_response())
}

fn shown(inside: &Inside, known: Option<(&ChannelView, &[ChannelVersion])>, edited: &Edited<'_>) -> Response {
    let name = known.map_or("", |(view, _)| view.name.as_str());
    let title = if name.is_empty() { "New channel" } else { name };
    let aside = html! {
        @if let Some((view, _)) = known {
            span.row {
                (state(&view.state))
                (link_button("Messages", &inside.to(&format!("engine/messages?channel={}", query_value(name))), Look::Quiet))
                (link_button("Export", &inside.to(&format!("engine/channel/file?name={}", query_value(name))), Look::Quiet))
            }
        }
    };
    let work = html! {
        p { a href=(inside.to("engine")) { "Channels" } }
        (card(title, &aside, &editor(inside, name, edited)))
        @if let Some((_, versions)) = known {
            (try_card(inside, name))
            (versions_card(inside, name, versions))
        }
    };
    let status = if edited.refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    (status, inside.page(Tab::Engine, title, &work)).into_response()
}

fn editor(inside: &Inside, name: &str, edited: &Edited<'_>) -> Markup {
    let fields = html! {
        input type="hidden" name="name" value=(name);
        div.field {
            label for="text" { "Channel file" }
            textarea.control.control-mono #text name="text" rows="30" spellcheck="false" required aria-describedby="text-hint" { "\n" (edited.text) }
            p.field-hint #text-hint { "TOML. Scripts see msg, tmp, channelMap, sourceMap, destinationSet, logger, validate, lookup, v2ToFhir and fhirToV2." }
        }
        (Field::new("note", "What changed").value(edited.note).hint("Shown in the list of versions."))
        div.form-actions { (submit("Save and deploy", Look::Primary)) (link_button("Back", &inside.to("engine"), Look::Quiet)) }
    };
    html! {
        @if let Some(error) = edited.refused { div role="alert" { (problems(error)) } }
        @if inside.may("channel.manage") {
            (post_form(&inside.to("engine/channel"), &inside.visitor.csrf, &fields))
        } @else {
            (code_block("text", "Channel file", edited.text))
        }
    }
}

fn problems(error: &InterfaceError) -> Markup {
    let InterfaceError::Problems(problems) = error else {
        return notice(Tone::Bad, Some("Nothing was saved"), &html! { p { (error) } });
    };
    let title = format!("Nothing was saved: {}", counted(problems.len(), "problem", "problems"));
    notice(
        Tone::Bad,
        Some(&title),
        &html! {
            ol.plain { @for problem in problems { li { b { "Line " (problem.line) } ": " (problem.what) ". " span.quiet { (problem.remedy) "." } } } }
        },
    )
}

fn try_card(inside: &Inside, name: &str) -> Markup {
    let fields = html! {
        input type="hidden" name="channel" value=(name);
        (Field::new("raw", "Message").takes(Takes::Block).value(example::RESULT).hint("It is taken in as if it had come over the wire. One segment a line."))
        div.form-actions { (submit("Send to the channel", Look::Plain)) }
    };
    html! {
        @if inside.may("channel.manage") {
            (card("Try a message", &html! {}, &post_form(&inside.to("engine/send"), &inside.visitor.csrf, &fields)))
        }
    }
}

fn versions_card(inside: &Inside, name: &str, versions: &[ChannelVersion]) -> Markup {
    let newest = versions.first().map_or(0, |version| version.number);
    let name_in = query_value(name);
    let body = html! {
        ol.plain.stack {
            @for version in versions {
                li.row.spread {
                    span {
                        b { "Version " (version.number) } ", " (time(version.saved_us)) ", " (version.author)
                        @if !version.note.is_empty() { ": " (version.note) }
                    }
                    span.row {
                        @let before = version.number - 1;
                        a.button.button-small href=(inside.to(&format!("engine/difference?name={name_in}&old={before}&new={}", version.number))) aria-label={ "What changed in version " (version.number) } { "What changed" }
                        @if version.number != newest && inside.may("channel.manage") { (roll_back(inside, name, version.number)) }
                    }
                }
            }
        }
    };
    card("Versions", &html! {}, &body)
}

fn roll_back(inside: &Inside, name: &str, number: u64) -> Markup {
    html! {
        form method="post" action=(inside.to("engine/roll-back")) {
            (csrf_field(&inside.visitor.csrf))
            input type="hidden" name="channel" value=(name);
            input type="hidden" name="version" value=(number);
            button.button.button-small type="submit" aria-label={ "Roll back to version " (number) } { (Icon::Undo) "Roll back" }
        }
    }
}
