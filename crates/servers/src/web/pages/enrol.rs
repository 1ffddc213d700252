//! Enrolling a headset or a phone: the classroom's authority, its fingerprint, and how a device comes to trust it.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::fault::Fault;
use super::visitor::theme_of;
use crate::base_url::BaseUrl;
use crate::enrolment::Enrolment;
use crate::state::App;
use crate::web::ui::{Look, Page, Tone, card, link_button, notice, page, qr, sheet};

/// The authority's certificate, as devices install it.
const FILE: &str = "/enrol/authority.crt";

/// `GET /enrol`: for everybody, since a device that is not enrolled has nobody signed in.
pub(super) async fn enrol(State(app): State<App>, base: BaseUrl, headers: HeaderMap) -> Markup {
    let BaseUrl(base) = base;
    let content = app.enrolment.as_deref().map_or_else(without, |enrolment| with(enrolment, &base));
    let intro = "Headsets and phones open their camera and their picture of the room only to pages that come over HTTPS from somebody they trust.";
    let frame = Page { title: "Enrol a device", theme: theme_of(&headers), ..Page::default() };
    page(&frame, &sheet(&[], "Enrol a device", Some(intro), &content))
}

fn without() -> Markup {
    notice(
        Tone::Info,
        Some("There is nothing to enrol with"),
        &html! { p { "This Practicum speaks no TLS of its own, or has a certificate that devices trust already. Started with " code { "--tls" } ", it makes an authority for this classroom." } },
    )
}

fn with(enrolment: &Enrolment, base: &str) -> Markup {
    let port = base.rsplit(':').next().filter(|port| port.chars().all(|c| c.is_ascii_digit()));
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let addresses: Vec<String> =
        enrolment.hosts().into_iter().map(|host| format!("https://{host}{port}/enrol")).collect();
    let first = addresses.first().cloned().unwrap_or_default();
    html! {
        div.stack {
            (card("1 · Open this page on the device", &html! {}, &html! {
                div.enrol {
                    (qr(&first, "The address of this page as a QR code"))
                    div {
                        p { "It is at one of these addresses; the device must be in the same network." }
                        ul.plain { @for address in &addresses { li { code.wrap { (address) } } } }
                        p.quiet { "The device warns of a certificate that it does not know. That is right: it is what you are about to tell it. Go on to the page." }
                    }
                }
            }))
            (card("2 · Compare the fingerprint", &html! {}, &html! {
                p { "SHA-256 of the authority’s certificate. Compare it with what whoever runs this class shows you, before you install anything." }
                p { code.wrap { (in_pairs(enrolment.fingerprint())) } }
            }))
            (card("3 · Install the authority", &html! {}, &html! {
                p { (link_button("Download the certificate", FILE, Look::Primary)) }
                dl.facts {
                    div { dt { "Android, Quest" } dd { "Settings, Security, Encryption and credentials, Install a certificate, CA certificate: choose the file." } }
                    div { dt { "iPhone, iPad" } dd { "Settings, Profile downloaded, Install; then General, About, Certificate Trust Settings: switch it on." } }
                    div { dt { "A computer" } dd { "Open the file and trust it for websites; Firefox keeps authorities of its own, in its settings under Certificates." } }
                }
            }))
            (card("4 · Load this page again", &html! {}, &html! {
                p { "Without a warning now? The device is enrolled. Sign in, open a drill, and choose Rooms." }
                p.quiet { "The authority can certify names ending in .local and addresses of local networks, and nothing else: whoever had its key could not pretend to be a bank. Remove it from the device after the class all the same." }
            }))
        }
    }
}

/// A fingerprint whose lines end between two bytes, so that it can be compared pair by pair.
fn in_pairs(fingerprint: &str) -> Markup {
    html! { @for (place, pair) in fingerprint.split(':').enumerate() { @if place > 0 { ":" wbr; } (pair) } }
}

/// `GET /enrol/authority.crt`.
pub(super) async fn authority(State(app): State<App>) -> Result<Response, Fault> {
    let none = || Fault::Missing("This Practicum has no authority of its own.".to_owned());
    let enrolment = app.enrolment.ok_or_else(none)?;
    let mut response = enrolment.certificate().to_vec().into_response();
    let kind = HeaderValue::from_static("application/x-x509-ca-cert");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(response)
}
