use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::drills::{DrillView, network};

use crate::base_url::BaseUrl;
use crate::state::App;
use crate::web::assets::href;
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::visitor::Visitor;
use crate::web::ui::{Icon, Link, Look, Tone, link_button, notice, qr, sheet, tag, tag_with};

/// `GET /drills/{drill}/labels`: a label for every machine and switch, to be printed, cut out and stuck on real equipment, a
/// shoebox or a wall. Whoever takes part and points a phone at one opens that machine.
pub(super) async fn labels(
    State(app): State<App>,
    visitor: Visitor,
    base: BaseUrl,
    Path(drill): Path<String>,
) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let view = app.run(move |platform| platform.view_drill(&person, &drill)).await?;
    let root = format!("/drills/{}", view.drill.id);
    let BaseUrl(base) = base;
    let content = html! {
        @if !is_reachable(&base) {
            (notice(Tone::Warn, Some("A phone cannot follow these labels"), &html! {
                p { "You opened this page as " code { (base) } ", an address that only this machine understands. Open it by the name or number that other devices reach it under, and print it then." }
            }))
        } @else if base.starts_with("http:") {
            (notice(Tone::Info, Some("The camera stays shut"), &html! {
                p { "Phones show their camera only to pages that came over HTTPS. Over this address the labels open their machines without the camera’s picture; " a href="/enrol" { "enrolling a device" } " says how a classroom gets HTTPS." }
            }))
        }
        div.labels {
            @for (id, title, place) in labelled() {
                section.label {
                    (qr(&format!("{base}{root}/at/{id}"), &format!("The address of {title} as a QR code")))
                    div { h2 { (title) } p.quiet { (place) } p.small { code { (id) } } p.small { a href={ (root) "/at/" (id) } { "Open it here" } } }
                }
            }
        }
    };
    let crumbs = [Link::to("Drills", "/drills"), Link::to(&view.scenario.title, &root)];
    let intro = "Print this page, cut it up, and stick each label where you would have the machine. Everybody who takes part in the drill can open it with a phone.";
    let page = sheet(&crumbs, "Labels", Some(intro), &content);
    Ok(framed(&visitor, Place::Drills, "Labels", None, &page))
}

/// Whether another device understands this address.
fn is_reachable(base: &str) -> bool {
    let host = base.split("://").nth(1).unwrap_or_default();
    !(host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]"))
}

/// Machines and switches: id, name, and where it stands.
fn labelled() -> Vec<(&'static str, &'static str, String)> {
    let at = |rack: &str, unit: u8| format!("Rack {rack}, unit {unit}");
    let hosts = network().hosts.iter().map(|host| {
        let place = host.rack.as_ref().map_or_else(|| "Outside".to_owned(), |rack| at(rack, host.unit));
        (host.id.as_str(), host.title.as_str(), place)
    });
    let switches =
        network().switches.iter().map(|one| (one.id.as_str(), one.title.as_str(), at(&one.rack, one.unit)));
    hosts.chain(switches).collect()
}

/// `GET /drills/{drill}/at/{thing}`: one machine on a phone, over its camera's picture where that is allowed.
pub(super) async fn at(
    State(app): State<App>,
    visitor: Visitor,
    Path((drill, thing)): Path<(String, String)>,
) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let view = app.run(move |platform| platform.view_drill(&person, &drill)).await?;
    let Some((id, title, place)) = labelled().into_iter().find(|(id, ..)| *id == thing) else {
        return Err(Fault::Missing(format!(
            "No machine of this hospital is called '{thing}'; its labels are out of date."
        )));
    };
    let root = format!("/drills/{}", view.drill.id);
    let content = html! {
        drill-glass.glass data-api={ "/api/drills/" (view.drill.id) } data-thing=(id) {
            p { (place) " " (health(&view, id)) }
            div.glass-view data-part="view" role="group" aria-label={ "The network around " (title) } {
                video data-part="camera" playsinline muted hidden aria-hidden="true" {}
                p.rooms-wait data-part="wait" role="status" { "The network is being drawn …" }
            }
            p.small.quiet data-part="why" {}
            div.row {
                button.button.button-primary type="button" data-part="look" { "Look through the camera" }
                button.button type="button" data-does="messages" { "Follow a message" }
                (link_button("Console", &root, Look::Plain))
                (link_button("Labels", &format!("{root}/labels"), Look::Quiet))
            }
            aside.glass-sheet data-part="sheet" aria-label="What is here" { p.quiet { "What can be done here stands on the " a href=(root) { "console" } " too." } }
        }
        script type="module" src=(href("rooms.js")) {}
    };
    let crumbs = [Link::to("Drills", "/drills"), Link::to(&view.scenario.title, &root)];
    let page = sheet(&crumbs, title, None, &content);
    Ok(framed(&visitor, Place::Drills, title, None, &page))
}

fn health(view: &DrillView, id: &str) -> Markup {
    let found = view.network.hosts.iter().find(|host| host.host == id);
    html! {
        @if let Some(host) = found {
            @match host.health {
                platform::drills::Health::Up => { (tag_with(Tone::Good, Icon::Check, host.health.word())) }
                _ => { (tag_with(Tone::Warn, Icon::Alert, host.health.word())) " " (host.why) }
            }
        } @else { (tag(Tone::Neutral, "switch")) }
    }
}

#[cfg(test)]
mod tests {
    use super::is_reachable;

    #[test]
    fn an_address_that_only_this_machine_understands_is_told_from_one_that_others_reach() {
        for base in ["http://127.0.0.1:8080", "https://localhost", "http://[::1]:80"] {
            assert!(!is_reachable(base), "{base}");
        }
        assert!(is_reachable("https://classroom.local:8443") && is_reachable("http://10.0.0.7"));
    }
}
