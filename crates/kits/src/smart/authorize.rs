//! Requests that a server refuses before it asks anybody.

use super::ask::{Answered, Way, test};
use crate::model::{Group, Stop};
use crate::run::Step;

/// The group.
pub(super) fn group() -> Group {
    let one = |id: &str, title: &str, work, requirement| {
        test(&format!("authorize/{id}"), title, work).of(&[requirement]).needs(&["smart", "client"])
    };
    Group {
        id: "smart/authorize".to_owned(),
        title: "Requests that must be refused".to_owned(),
        about: "Each is a sound request with one thing wrong. Whoever shows a page of consent for it has been fooled already."
            .to_owned(),
        tests: vec![
            one("sound", "A sound request is not refused", sound, "smart.pkce"),
            one("pkce-missing", "A request without a challenge is refused", no_challenge, "smart.pkce"),
            one("pkce-plain", "A challenge in plain is refused", plain, "smart.pkce"),
            one("redirect-unknown", "A browser is not sent to a stranger", stranger, "oauth.redirect"),
            one("redirect-near", "An address that only begins like a registered one is none", near, "oauth.redirect"),
            one("audience", "A request meant for another FHIR server is refused", audience, "smart.audience"),
            one("implicit", "No token comes in the browser's address", implicit, "oauth.implicit"),
        ],
        ..Group::default()
    }
}

fn sound(step: &mut Step<'_>) -> Result<(), Stop> {
    match Way::new(step).ask(step)? {
        Answered::Refused(status) => Err(Stop::Fail(format!("it was answered with {status}"))),
        Answered::Back(fields) if fields.contains_key("error") => {
            Err(Stop::Fail(format!("it came back with {}", fields["error"])))
        }
        _ => Ok(()),
    }
}

/// Whether a request was refused: on the spot, or by sending the browser back with an error.
fn refused(step: &mut Step<'_>, way: &Way) -> Result<(), Stop> {
    match way.ask(step)? {
        Answered::Refused(_) => Ok(()),
        Answered::Back(fields) if fields.contains_key("error") => Ok(()),
        Answered::Back(_) => Err(Stop::Fail("it came back with a code".to_owned())),
        Answered::Elsewhere(place) => {
            Err(Stop::Fail(format!("it was not refused; the browser was sent to {place}")))
        }
        Answered::Page => {
            Err(Stop::Fail("it was not refused; a page was shown as for a sound request".to_owned()))
        }
    }
}

fn no_challenge(step: &mut Step<'_>) -> Result<(), Stop> {
    let way = Way::new(step).without("code_challenge").without("code_challenge_method");
    refused(step, &way)
}

fn plain(step: &mut Step<'_>) -> Result<(), Stop> {
    let way = Way::new(step);
    let verifier = way.verifier.clone();
    refused(step, &way.with("code_challenge", &verifier).with("code_challenge_method", "plain"))
}

/// Whether the browser stays where it is: whatever else a server does, it sends nobody to this address.
fn not_sent_to(step: &mut Step<'_>, address: &str) -> Result<(), Stop> {
    let way = Way::new(step).with("redirect_uri", address);
    match way.ask(step)? {
        Answered::Elsewhere(place) if place.starts_with(address) => {
            Err(Stop::Fail(format!("the browser was sent to {place}, which nobody registered")))
        }
        Answered::Back(_) => Err(Stop::Fail(format!(
            "the browser was sent on although the request says {address}, which nobody registered"
        ))),
        Answered::Refused(_) => Ok(()),
        Answered::Elsewhere(_) | Answered::Page => Err(Stop::Fail(format!(
            "it was not refused; {address} would learn the code once somebody agrees"
        ))),
    }
}

fn stranger(step: &mut Step<'_>) -> Result<(), Stop> {
    not_sent_to(step, "https://stranger.example/callback")
}

fn near(step: &mut Step<'_>) -> Result<(), Stop> {
    let callback = step.value("callback");
    for more in ["/more", "?more=1", ".stranger.example"] {
        not_sent_to(step, &format!("{callback}{more}"))?;
    }
    Ok(())
}

fn audience(step: &mut Step<'_>) -> Result<(), Stop> {
    let way = Way::new(step).with("aud", "https://another.example/fhir");
    refused(step, &way)
}

fn implicit(step: &mut Step<'_>) -> Result<(), Stop> {
    let way = Way::new(step).with("response_type", "token");
    refused(step, &way)
}
