use std::collections::VecDeque;
use std::convert::Infallible;

use axum::http::StatusCode;
use axum::response::sse::{Event as Sent, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use platform::drills::{Drill, DrillView, Event, shelf};
use platform::watch::Happening;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use standards::fhir::instant;
use tokio::sync::broadcast::Receiver;

use super::state::seen;
use crate::api::call::{Call, Caller};
use crate::live;
use crate::problem::Problem;
use crate::signed_in::SignedIn;
use crate::state::App;

/// The scenarios there are.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ScenarioList {
    scenarios: Vec<ScenarioItem>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ScenarioItem {
    id: &'static str,
    title: &'static str,
    summary: &'static str,
    /// `foundation`, `practitioner` or `expert`.
    level: &'static str,
    /// Of a person.
    minutes: u32,
    roles: Vec<&'static str>,
}

pub(super) fn scenarios(_: &Call<'_>) -> Result<ScenarioList, Problem> {
    let item = |one: &'static platform::drills::Scenario| ScenarioItem {
        id: &one.id,
        title: &one.title,
        summary: &one.summary,
        level: &one.level,
        minutes: one.minutes,
        roles: one.roles.iter().map(|role| role.id.as_str()).collect(),
    };
    Ok(ScenarioList { scenarios: shelf().iter().map(item).collect() })
}

/// A drill in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DrillItem {
    id: String,
    scenario: String,
    /// The hospital it plays in.
    sandbox: String,
    /// What others join it by.
    code: String,
    assessed: bool,
    began: String,
    ended: Option<String>,
    /// Of a hundred, when it is over.
    points: Option<u32>,
    passed: Option<bool>,
}

pub(super) fn item(drill: &Drill) -> DrillItem {
    DrillItem {
        id: drill.id.clone(),
        scenario: drill.scenario.clone(),
        sandbox: drill.sandbox.to_string(),
        code: drill.code.clone(),
        assessed: drill.assessed,
        began: instant::format(drill.began_us),
        ended: drill.ended.map(|(ended_us, ..)| instant::format(ended_us)),
        points: drill.ended.map(|(_, points, _)| points),
        passed: drill.ended.map(|(.., passed)| passed),
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DrillList {
    /// Newest first.
    drills: Vec<DrillItem>,
}

pub(super) fn list(call: &Call<'_>) -> Result<DrillList, Problem> {
    let drills = call.platform().drills_of(call.person()?)?;
    Ok(DrillList { drills: drills.iter().map(item).collect() })
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct After {
    /// Only events with a higher number.
    #[serde(default)]
    after: u64,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DrillEvents {
    /// In order, numbered without gaps.
    events: Vec<Value>,
}

pub(super) fn events(call: &Call<'_>, given: &After) -> Result<DrillEvents, Problem> {
    let events = seen(call)?.events;
    let later = events.iter().filter(|event| event.seq > given.after);
    Ok(DrillEvents { events: later.map(|event| json!(event)).collect() })
}

/// Somebody who follows a drill.
struct Following {
    app: App,
    who: SignedIn,
    drill: String,
    heard: Option<Receiver<Happening>>,
    /// The number of the newest event that was sent.
    sent: u64,
    waiting: VecDeque<Event>,
}

/// The events of a drill, named `drill`, whose ids are their numbers: those after the one the client has seen last, then each as it
/// happens.
pub(super) fn follow(app: App, caller: &Caller) -> Response {
    let Ok(who) = caller.signed_in().cloned() else { return StatusCode::UNAUTHORIZED.into_response() };
    let asked = crate::api::given::query::<After>(caller.query.as_deref()).map_or(0, |given| given.after);
    let sent = caller.last_event().and_then(|last| u64::try_from(last).ok()).unwrap_or(asked);
    let drill = caller.part("drill").to_owned();
    let following = Following { app, who, drill, heard: None, sent, waiting: VecDeque::new() };
    let events = stream::unfold(following, |mut following| async {
        let event = following.next().await?;
        let text = json!(event).to_string();
        Some((
            Ok::<_, Infallible>(Sent::default().event("drill").id(event.seq.to_string()).data(text)),
            following,
        ))
    });
    Sse::new(events).keep_alive(live::keep_alive()).into_response()
}

impl Following {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                self.sent = event.seq;
                return Some(event);
            }
            match &mut self.heard {
                Some(heard) => drop(live::next(heard).await?),
                // One listens first and looks then, so that nothing falls between.
                None => {
                    let sandbox = self.look().await?.drill.sandbox;
                    self.heard = Some(self.app.live.follow(sandbox.as_str()));
                }
            }
            let events = self.look().await?.events;
            self.waiting = events.into_iter().filter(|event| event.seq > self.sent).collect();
        }
    }

    async fn look(&self) -> Option<DrillView> {
        let (who, drill) = (self.who.clone(), self.drill.clone());
        self.app.run(move |platform| platform.view_drill(&who.person, &drill)).await.ok()
    }
}
