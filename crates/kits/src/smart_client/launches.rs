//! Launches, good and bad, and waiting for the app to come.

use std::time::Duration;

use super::play::{Manner, Play};
use super::story::Story;
use crate::form::with_query;
use crate::model::Stop;
use crate::run::Step;
use crate::smart::secret;

/// The kit's own address.
pub(super) fn here(step: &Step<'_>) -> String {
    step.value("here").trim_end_matches('/').to_owned()
}

/// Plays one launch until the app has read a record, or kept silent for as long as it may.
fn play(step: &mut Step<'_>, manner: Manner, what: &str) -> Result<Story, Stop> {
    let here = here(step);
    let handle = secret();
    let mut play = Play {
        here: here.clone(),
        redirect_uri: step.value("redirect_uri"),
        manner,
        secret: secret(),
        story: Story { launch: handle.clone(), ..Story::default() },
    };
    let fields = [("iss".to_owned(), format!("{here}/fhir")), ("launch".to_owned(), handle)];
    let to_do = match step.value("launch_url") {
        url if url.is_empty() => {
            format!("{what}Open the app by itself, with {here}/fhir as its FHIR server.")
        }
        url => format!("{what}Open the app at this address: {}", with_query(&url, &fields)),
    };
    let (wait_s, quiet_s) = (seconds(step, "wait", 300), seconds(step, "quiet", 3));
    // Until the first call a person may take their time; after a refusal silence is the right answer, and is short.
    let came = step.serve(&to_do, Duration::from_secs(wait_s), &mut |call| {
        let (said, has_read) = play.answer(call);
        let is_over = has_read || play.story.asked().is_some() && manner != Manner::Sound;
        (said, is_over)
    })?;
    if came && manner != Manner::Sound {
        step.serve(&to_do, Duration::from_secs(quiet_s), &mut |call| (play.answer(call).0, false))?;
    }
    Ok(play.story)
}

fn seconds(step: &Step<'_>, name: &str, usual: u64) -> u64 {
    step.value(name).parse().unwrap_or(usual)
}

/// The good launch.
pub(super) fn comes(step: &mut Step<'_>) -> Result<(), Stop> {
    let story = play(step, Manner::Sound, "")?;
    if story.heard.is_empty() {
        return Err(Stop::Skip("the app did not come".to_owned()));
    }
    step.give("story", serde_json::to_string(&story).unwrap_or_default());
    if story.asked().is_none() {
        return Err(Stop::Fail("the app came, and never asked for authorization".to_owned()));
    }
    if story.at("auth/token").is_empty() {
        return Err(Stop::Fail(
            "the app asked for authorization, and never came back with the code".to_owned(),
        ));
    }
    match story.heard.iter().any(|heard| heard.is_fhir() && heard.status == 200) {
        true => Ok(()),
        false => Err(Stop::Fail("the app has a token, and has read nothing with it".to_owned())),
    }
}

/// A launch of this manner, if the app comes at all.
fn bad(step: &mut Step<'_>, manner: Manner, what: &str) -> Result<Story, Stop> {
    let story = play(step, manner, what)?;
    match story.asked().is_some() {
        true => Ok(story),
        false => Err(Stop::Skip("the app did not come once more".to_owned())),
    }
}

/// The person says no.
pub(super) fn denied(step: &mut Step<'_>) -> Result<(), Stop> {
    let story = bad(step, Manner::Denies, "This time the person says no. ")?;
    match story.at("auth/token").len() {
        0 => Ok(()),
        _ => Err(Stop::Fail(
            "the answer was an error, and the app went to the token endpoint all the same".to_owned(),
        )),
    }
}

/// The answer is somebody else's.
pub(super) fn mixed(step: &mut Step<'_>) -> Result<(), Stop> {
    let story = bad(step, Manner::MixesState, "This time the answer has another state. ")?;
    match story.at("auth/token").len() {
        0 => Ok(()),
        _ => Err(Stop::Fail(
            "the state was not the one that was sent, and the app exchanged the code".to_owned(),
        )),
    }
}

/// The token has ended.
pub(super) fn ended(step: &mut Step<'_>) -> Result<(), Stop> {
    const TRIES_MAX: usize = 5;
    let story = bad(step, Manner::Ends, "This time the token ends at once. ")?;
    let tries = story.heard.iter().filter(|heard| heard.is_fhir()).count();
    match tries {
        0 => Err(Stop::Skip("the app read nothing".to_owned())),
        _ if tries > TRIES_MAX => {
            Err(Stop::Fail(format!("the token had ended, and the app tried {tries} times with it")))
        }
        _ => Ok(()),
    }
}
