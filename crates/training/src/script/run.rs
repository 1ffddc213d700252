//! Playing a script.

use serde_json::Value;

use super::{Action, ActionKind, BodyError, Call, Interaction, Reply, Script};
use crate::lab::Role;
use crate::problem::{Place, Problem};
use crate::text::{Escape, UnknownValue, Values, fill, fill_json, look_up, placeholders};

/// How often an action is tried whose reply says that it is not done yet.
const TRIES_MAX: usize = 500;

/// Why a script could not be played to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct ScriptError {
    /// The action that failed.
    pub place: Place,
    /// What happened.
    pub what: String,
}

impl ScriptError {
    /// As a problem of the file the action stands in.
    #[must_use]
    pub fn problem(&self) -> Problem {
        self.place.problem(&self.what, "play the action by hand against a fresh sandbox and compare")
    }
}

impl From<UnknownValue> for Unfilled {
    fn from(error: UnknownValue) -> Self {
        Self(error.to_string())
    }
}

impl From<BodyError> for Unfilled {
    fn from(error: BodyError) -> Self {
        Self(error.to_string())
    }
}

/// Why an action could not be made concrete.
struct Unfilled(String);

/// Plays a script: turns its actions into calls, in order, and gives each to `player`.
///
/// `solutions` are the scripts a `play` action may name. A saved reply is the body; for a created resource it is what
/// the server sent back.
///
/// # Errors
/// The first action that cannot be made concrete, fails to play, or gets another status than it expects.
pub fn run(
    script: &Script,
    solutions: &[Script],
    values: &Values,
    player: &mut dyn FnMut(&Call) -> Result<Reply, String>,
) -> Result<(), ScriptError> {
    let mut values = values.clone();
    play_all(&script.actions, &[], solutions, &mut values, player)
}

fn play_all(
    actions: &[Action],
    without: &[String],
    solutions: &[Script],
    values: &mut Values,
    player: &mut dyn FnMut(&Call) -> Result<Reply, String>,
) -> Result<(), ScriptError> {
    for action in actions {
        let variant = values.get("variant").and_then(Value::as_str).unwrap_or_default();
        let is_left_out = action.id.as_ref().is_some_and(|id| without.contains(id));
        if is_left_out || !action.plays_in(variant) {
            continue;
        }
        if let ActionKind::Play { solution, without } = &action.kind {
            let named = solutions.iter().find(|script| script.id == *solution);
            let actions = named.map_or(&[][..], |script| &script.actions);
            // A solution plays no other script, which the content reader holds; so this goes one level deep.
            play_all(actions, without, &[], values, player)?;
        } else {
            play_one(action, values, player)?;
        }
    }
    Ok(())
}

fn play_one(
    action: &Action,
    values: &mut Values,
    player: &mut dyn FnMut(&Call) -> Result<Reply, String>,
) -> Result<(), ScriptError> {
    let fail = |what: String| ScriptError { place: action.place.clone(), what };
    let items = match &action.for_each {
        Some(path) => Some(items_at(path, values).map_err(fail)?),
        None => None,
    };
    let rounds = items.as_ref().map_or(1, Vec::len);
    for round in 0..rounds {
        if let Some(items) = &items {
            values.insert("each".to_owned(), items[round].clone());
        }
        let call = call(&action.kind, values).map_err(|error| fail(error.0))?;
        let mut reply = player(&call).map_err(fail)?;
        for _ in 1..TRIES_MAX {
            if action.again_on != Some(reply.status) {
                break;
            }
            reply = player(&call).map_err(fail)?;
        }
        expect_status(action.status, &call, &reply).map_err(fail)?;
        if let Some(name) = &action.save {
            values.insert(name.clone(), reply.body);
        }
        if let Some(name) = &action.save_place {
            let place = reply.place.ok_or_else(|| fail("the reply names no address".to_owned()))?;
            values.insert(name.clone(), Value::from(place));
        }
    }
    values.remove("each");
    Ok(())
}

fn items_at(path: &str, values: &Values) -> Result<Vec<Value>, String> {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let found = values
        .get(name)
        .and_then(|value| rest.map_or_else(|| Some(value.clone()), |rest| look_up(value, rest)));
    match found {
        Some(Value::Array(items)) => Ok(items),
        Some(one) => Ok(vec![one]),
        None => Err(format!("there is no value `{path}` to go through")),
    }
}

fn expect_status(expected: Option<u16>, call: &Call, reply: &Reply) -> Result<(), String> {
    let fits = expected.map_or((200..300).contains(&reply.status), |status| status == reply.status);
    if fits {
        return Ok(());
    }
    let wanted = expected.map_or_else(|| "2xx".to_owned(), |status| status.to_string());
    let what = match call {
        Call::Http { method, path, .. } => format!("{method} {path}"),
        Call::Hl7 { system, .. } => format!("the message to {system}"),
        Call::Rpc { method, .. } => method.clone(),
        Call::Dicom { calling, deed, .. } => format!("{} of {calling}", deed.word()),
        Call::Serve(served) => format!("the service `{}`", served.id),
        Call::App(_) => "what the app asked".to_owned(),
        Call::Answer { check, .. } => format!("the answer to `{check}`"),
        Call::Advance { .. } => "waiting".to_owned(),
    };
    let said: String = reply.body.to_string().chars().take(400).collect();
    Err(format!("{what} came back with status {}, expected {wanted}: {said}", reply.status))
}

fn call(kind: &ActionKind, values: &Values) -> Result<Call, Unfilled> {
    Ok(match kind {
        ActionKind::Http { role, method, path, headers, body } => Call::Http {
            role: *role,
            method: method.clone(),
            path: fill(path, values, Escape::Url)?,
            headers: headers
                .iter()
                .map(|(name, value)| Ok((name.clone(), fill(value, values, Escape::Plain)?)))
                .collect::<Result<_, UnknownValue>>()?,
            body: body.as_ref().map(|body| body.make(values)).transpose()?,
        },
        ActionKind::Fhir(interaction) => fhir(interaction, values)?,
        ActionKind::Command { name, with } => {
            post(&format!("/commands/{name}"), Some(fill_json(with, values)?))
        }
        ActionKind::Hl7 { to, message } => {
            let message = fill(message, values, Escape::Hl7)?;
            let segments = message.lines().map(str::trim_end).filter(|line| !line.is_empty());
            Call::Hl7 { system: to.clone(), message: segments.map(|line| format!("{line}\r")).collect() }
        }
        ActionKind::Rpc { method, params } => Call::Rpc {
            method: method.clone(),
            params: params.iter().map(|param| fill_json(param, values)).collect::<Result<_, _>>()?,
        },
        ActionKind::Dicom { calling, deed, fields } => Call::Dicom {
            calling: fill(calling, values, Escape::Plain)?,
            deed: *deed,
            fields: fields
                .iter()
                .map(|(name, value)| Ok((name.clone(), fill(value, values, Escape::Plain)?)))
                .collect::<Result<_, UnknownValue>>()?,
        },
        ActionKind::Service(served) => Call::Serve(served.filled(values)?),
        ActionKind::App(act) => Call::App(act.filled(values)?),
        ActionKind::Answer { check, value } => {
            Call::Answer { check: check.clone(), value: fill(value, values, Escape::Plain)? }
        }
        ActionKind::Advance(duration) => Call::Advance { us: duration.us },
        // `play_all` has replaced these by what they name.
        ActionKind::Play { .. } => Call::Advance { us: 0 },
    })
}

fn fhir(interaction: &Interaction, values: &Values) -> Result<Call, Unfilled> {
    let at = |path: &str| address(path, values);
    let matching = |version: &Option<String>| -> Result<Vec<(String, String)>, Unfilled> {
        let Some(version) = version else { return Ok(Vec::new()) };
        Ok(vec![("If-Match".to_owned(), format!("W/\"{}\"", fill(version, values, Escape::Plain)?))])
    };
    let http = |method: &str, path, headers, body| Call::Http {
        role: Role::Learner,
        method: method.to_owned(),
        path,
        headers,
        body,
    };
    Ok(match interaction {
        Interaction::Read(path) | Interaction::Search(path) => http("GET", at(path)?, Vec::new(), None),
        Interaction::Create { at: path, body } => post(&at(path)?, Some(body.make(values)?)),
        Interaction::Update { at: path, body, if_match } => {
            http("PUT", at(path)?, matching(if_match)?, Some(body.make(values)?))
        }
        Interaction::Delete { at: path, if_match } => http("DELETE", at(path)?, matching(if_match)?, None),
        Interaction::Batch(body) => post("/fhir", Some(body.make(values)?)),
    })
}

/// A path below the sandbox. A text that is one placeholder may hold a whole link, such as a Bundle's next page.
fn address(path: &str, values: &Values) -> Result<String, Unfilled> {
    let raw = fill(path, values, Escape::Plain)?;
    let is_one = matches!(placeholders(path).as_slice(), [only] if only.start == 0 && only.end == path.len());
    match raw.split_once("/fhir") {
        Some((before, rest)) if is_one && before.contains("://") => Ok(format!("/fhir{rest}")),
        _ => Ok(format!("/fhir/{}", fill(path, values, Escape::Url)?)),
    }
}

fn post(path: &str, body: Option<Value>) -> Call {
    Call::Http {
        role: Role::Learner,
        method: "POST".to_owned(),
        path: path.to_owned(),
        headers: Vec::new(),
        body,
    }
}
