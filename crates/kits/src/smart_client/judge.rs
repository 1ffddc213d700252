//! What a good launch shows about an app.

use identity::pkce::{is_challenge, verifies};
use identity::scope::Scopes;

use super::launches::here;
use super::play::may_read;
use super::story::{Heard, Story};
use crate::model::Stop;
use crate::run::Step;

/// Fewest characters of a state that nobody guesses: 16 of letters and digits are 95 bits.
const STATE_MIN: usize = 16;

fn fail(what: impl Into<String>) -> Result<(), Stop> {
    Err(Stop::Fail(what.into()))
}

pub(super) fn discovers(step: &mut Step<'_>) -> Result<(), Stop> {
    let story = Story::of(step);
    let first = |path: &str| story.heard.iter().position(|heard| heard.path == path);
    match (first("fhir/.well-known/smart-configuration"), first("auth/authorize")) {
        (Some(found), Some(asked)) if found < asked => Ok(()),
        (Some(_), _) => fail("it asked for authorization before it looked where to"),
        (None, _) => fail("it never read .well-known/smart-configuration of the FHIR server it was given"),
    }
}

pub(super) fn state(step: &mut Step<'_>) -> Result<(), Stop> {
    match Story::of(step).said("state") {
        state if state.is_empty() => {
            fail("the request has no state, so that any answer is taken for its own")
        }
        state if state.len() < STATE_MIN => {
            fail(format!("the state has {} characters; fewer than {STATE_MIN} can be guessed", state.len()))
        }
        _ => Ok(()),
    }
}

pub(super) fn challenge(step: &mut Step<'_>) -> Result<(), Stop> {
    let story = Story::of(step);
    match (story.said("code_challenge"), story.said("code_challenge_method").as_str()) {
        (challenge, _) if challenge.is_empty() => fail("the request has no code_challenge"),
        (challenge, "S256") if is_challenge(&challenge) => Ok(()),
        (_, "S256") => fail("code_challenge is not what S256 makes: 43 characters of base64url"),
        (_, method) => fail(format!("code_challenge_method is '{method}', and must be S256")),
    }
}

pub(super) fn redirect(step: &mut Step<'_>) -> Result<(), Stop> {
    let (found, own) = (Story::of(step).said("redirect_uri"), step.value("redirect_uri"));
    if found == own { Ok(()) } else { fail(format!("redirect_uri is '{found}'; registered is {own}")) }
}

pub(super) fn audience(step: &mut Step<'_>) -> Result<(), Stop> {
    let (found, own) = (Story::of(step).said("aud"), format!("{}/fhir", here(step)));
    match found.trim_end_matches('/') == own {
        true => Ok(()),
        false => fail(format!("aud is '{found}'; the FHIR server is {own}")),
    }
}

pub(super) fn launch(step: &mut Step<'_>) -> Result<(), Stop> {
    if step.value("launch_url").is_empty() {
        return Err(Stop::Omit("the app is opened by itself".to_owned()));
    }
    let story = Story::of(step);
    let found = story.said("launch");
    if found.is_empty() {
        return fail("it was opened from a chart, and sends no launch");
    }
    if found != story.launch {
        return fail(format!("launch is '{found}', and was {}", story.launch));
    }
    match story.said("scope").split_whitespace().any(|word| word == "launch") {
        true => Ok(()),
        false => fail("it sends the launch handle, and does not ask for the scope launch"),
    }
}

pub(super) fn scopes(step: &mut Step<'_>) -> Result<(), Stop> {
    let said = Story::of(step).said("scope");
    let (known, unknown) = Scopes::read(&said);
    if let Some(word) = unknown.first() {
        return fail(format!("the scope '{word}' means nothing"));
    }
    if known.is_empty() { fail("the request has no scope") } else { Ok(()) }
}

/// The request that exchanged the code.
fn exchanged(story: &Story) -> Result<&Heard, Stop> {
    let found = story.at("auth/token").into_iter().find(|heard| heard.method == "POST");
    found.ok_or_else(|| Stop::Skip("the code was not exchanged".to_owned()))
}

pub(super) fn token_request(step: &mut Step<'_>) -> Result<(), Stop> {
    let (story, own) = (Story::of(step), step.value("redirect_uri"));
    let heard = exchanged(&story)?;
    if !heard.kind.starts_with("application/x-www-form-urlencoded") {
        return fail(format!("the token request is '{}', and must be a form", heard.kind));
    }
    let get = |name: &str| heard.form.get(name).map(String::as_str).unwrap_or_default();
    if get("grant_type") != "authorization_code" {
        return fail(format!("grant_type is '{}', and must be authorization_code", get("grant_type")));
    }
    if get("code") != story.code {
        return fail("the code is not the one that was given");
    }
    if get("redirect_uri") != own {
        return fail(format!("redirect_uri is '{}' here, and was {own} before", get("redirect_uri")));
    }
    if get("client_id").is_empty() && heard.authorization.is_empty() {
        return fail("it does not say which app it is: no client_id, no Authorization header");
    }
    Ok(())
}

pub(super) fn verifier(step: &mut Step<'_>) -> Result<(), Stop> {
    let story = Story::of(step);
    let heard = exchanged(&story)?;
    let verifier = heard.form.get("code_verifier").map(String::as_str).unwrap_or_default();
    match verifier {
        "" => fail("the token request has no code_verifier"),
        _ if verifies(&story.said("code_challenge"), verifier) => Ok(()),
        _ => fail("code_verifier does not fit the code_challenge"),
    }
}

pub(super) fn once(step: &mut Step<'_>) -> Result<(), Stop> {
    let story = Story::of(step);
    let posted = story.at("auth/token").into_iter().filter(|heard| heard.method == "POST").count();
    if posted <= 1 { Ok(()) } else { fail(format!("the code was sent {posted} times")) }
}

pub(super) fn bearer(step: &mut Step<'_>) -> Result<(), Stop> {
    let story = Story::of(step);
    let in_address = |heard: &&Heard| heard.query.values().any(|value| *value == story.access);
    if !story.access.is_empty() && story.heard.iter().any(|heard| in_address(&heard)) {
        return fail("the access token stands in an address, where every log keeps it");
    }
    let read: Vec<&Heard> =
        story.heard.iter().filter(|heard| heard.is_fhir() && heard.method == "GET").collect();
    match read.first() {
        None => Err(Stop::Skip("the app read nothing".to_owned())),
        Some(heard) if heard.authorization == format!("Bearer {}", story.access) => Ok(()),
        Some(_) => fail("a record was asked for without Authorization: Bearer and the access token"),
    }
}

pub(super) fn within(step: &mut Step<'_>) -> Result<(), Stop> {
    let story = Story::of(step);
    let read = story.heard.iter().filter(|heard| heard.is_fhir() && heard.method != "OPTIONS");
    for heard in read {
        let path = heard.path.trim_start_matches("fhir/");
        if heard.method != "GET" || !may_read(&story.granted, path) {
            return fail(format!(
                "{} {path} is not opened by what was granted: {}",
                heard.method, story.granted
            ));
        }
    }
    Ok(())
}
