use std::convert::Infallible;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::sse::{Event as Sent, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use platform::watch::Happening;
use platform::workshops::{
    AfterAction, Case, Projection, RatingSeen, Workshop, WorkshopView, channel_of, shelf,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use standards::fhir::instant;
use tokio::sync::broadcast::Receiver;

use crate::api::call::{Call, Caller};
use crate::live;
use crate::problem::Problem;
use crate::signed_in::SignedIn;
use crate::state::App;

/// How often somebody who follows counts as seen.
const STILL_THERE: Duration = Duration::from_secs(20);

/// The cases there are.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CaseList {
    cases: Vec<CaseItem>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CaseItem {
    id: &'static str,
    title: &'static str,
    summary: &'static str,
    /// `foundation`, `practitioner` or `expert`.
    level: &'static str,
    /// Of a person.
    minutes: u32,
    roles: Vec<&'static str>,
}

pub(super) fn cases(_: &Call<'_>) -> Result<CaseList, Problem> {
    let item = |one: &'static Case| CaseItem {
        id: &one.id,
        title: &one.title,
        summary: &one.summary,
        level: &one.level,
        minutes: one.minutes(),
        roles: one.roles.iter().map(|role| role.id.as_str()).collect(),
    };
    Ok(CaseList { cases: shelf().map(item).collect() })
}

/// A workshop in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct WorkshopItem {
    id: String,
    case: String,
    /// What others join it by.
    code: String,
    begins: String,
    minutes: u32,
    cancelled: bool,
    /// The hospital it plays in, once it has begun.
    sandbox: Option<String>,
    ended: Option<String>,
}

pub(super) fn item(one: &Workshop) -> WorkshopItem {
    WorkshopItem {
        id: one.id.clone(),
        case: one.case.clone(),
        code: one.code.clone(),
        begins: instant::format(one.begins_us),
        minutes: one.minutes,
        cancelled: one.cancelled,
        sandbox: one.sandbox.as_ref().map(ToString::to_string),
        ended: one.ended_us.map(instant::format),
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct WorkshopList {
    /// The latest first.
    workshops: Vec<WorkshopItem>,
}

pub(super) fn list(call: &Call<'_>) -> Result<WorkshopList, Problem> {
    let workshops = call.platform().workshops_of(call.person()?)?;
    Ok(WorkshopList { workshops: workshops.iter().map(item).collect() })
}

/// A workshop as the caller may see it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct WorkshopRead {
    workshop: WorkshopItem,
    /// The hospital's time; nothing before it has begun.
    now: Option<String>,
    /// Whether its clock runs.
    runs: bool,
    /// Everybody who takes part: id, name, and whether they are there.
    people: Vec<(String, String, bool)>,
    seen: Projection,
    /// How the rating of the team stands, if the caller rates it or facilitates.
    rating: Option<RatingSeen>,
}

fn seen(call: &Call<'_>) -> Result<WorkshopView, Problem> {
    Ok(call.platform().view_workshop(call.person()?, call.part("workshop"))?)
}

pub(super) fn read(call: &Call<'_>) -> Result<WorkshopRead, Problem> {
    let view = seen(call)?;
    Ok(WorkshopRead {
        workshop: item(&view.workshop),
        now: view.now_us.map(instant::format),
        runs: view.runs,
        people: view.people.into_iter().map(|one| (one.id, one.name, one.is_there)).collect(),
        seen: view.seen,
        rating: view.rating,
    })
}

pub(super) fn report(call: &Call<'_>) -> Result<AfterAction, Problem> {
    Ok(call.platform().workshop_report(call.person()?, call.part("workshop"))?)
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct After {
    /// Only numbers above this one are streamed.
    #[serde(default)]
    after: u64,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct WorkshopNewest {
    /// The number of the newest event.
    seq: u64,
}

pub(super) fn newest(call: &Call<'_>, given: &After) -> Result<WorkshopNewest, Problem> {
    Ok(WorkshopNewest { seq: seen(call)?.seen.seq.max(given.after) })
}

/// Somebody who follows a workshop.
struct Following {
    app: App,
    who: SignedIn,
    workshop: String,
    heard: Receiver<Happening>,
    /// The number that was sent last.
    sent: u64,
    look: bool,
}

/// The number of a workshop's newest event, as `workshop`, whenever it has grown.
pub(super) fn follow(app: App, caller: &Caller) -> Response {
    let Ok(who) = caller.signed_in().cloned() else { return StatusCode::UNAUTHORIZED.into_response() };
    let asked = crate::api::given::query::<After>(caller.query.as_deref()).map_or(0, |given| given.after);
    let sent = caller.last_event().and_then(|last| u64::try_from(last).ok()).unwrap_or(asked);
    let workshop = caller.part("workshop").to_owned();
    let heard = app.live.follow(&channel_of(&workshop));
    let following = Following { app, who, workshop, heard, sent, look: true };
    let events = stream::unfold(following, |mut following| async {
        let seq = following.next().await?;
        let event =
            Sent::default().event("workshop").id(seq.to_string()).data(json!({"seq": seq}).to_string());
        Some((Ok::<_, Infallible>(event), following))
    });
    Sse::new(events).keep_alive(live::keep_alive()).into_response()
}

impl Following {
    async fn next(&mut self) -> Option<u64> {
        loop {
            if !self.look {
                // Who waits is there; looking again says so.
                if let Ok(heard) = tokio::time::timeout(STILL_THERE, live::next(&mut self.heard)).await {
                    drop(heard?);
                }
            }
            self.look = false;
            let (who, workshop) = (self.who.clone(), self.workshop.clone());
            let looked =
                self.app.run(move |platform| platform.view_workshop(&who.person, &workshop)).await.ok()?;
            if looked.seen.seq > self.sent {
                self.sent = looked.seen.seq;
                return Some(self.sent);
            }
        }
    }
}
