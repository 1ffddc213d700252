use std::convert::Infallible;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use platform::watch::Happening;
use tokio::sync::{broadcast, watch};

use super::state::written;
use crate::api::call::Caller;
use crate::live::{self, Pose};
use crate::signed_in::SignedIn;
use crate::state::App;

/// Between two events at least: a hospital on a busy night has many happenings a second, and a room of people many steps.
const APART: Duration = Duration::from_millis(200);

/// Somebody who is in a drill's rooms.
struct Following {
    app: App,
    who: SignedIn,
    drill: String,
    heard: Option<broadcast::Receiver<Happening>>,
    team: watch::Receiver<Vec<Pose>>,
    /// The state as it was sent last.
    sent: String,
}

/// How a drill stands, as an event named `state` at every change, and where the people in its rooms stand, as one named `team`.
/// Each says everything, so a stream that is taken up again has missed nothing.
pub(super) fn follow(app: App, caller: &Caller) -> Response {
    let Ok(who) = caller.signed_in().cloned() else { return StatusCode::UNAUTHORIZED.into_response() };
    let drill = caller.part("drill").to_owned();
    let team = app.team.follow(&drill);
    let following = Following { app, who, drill, heard: None, team, sent: String::new() };
    let events = stream::unfold(following, |mut following| async {
        let event = following.next().await?;
        Some((Ok::<_, Infallible>(event), following))
    });
    Sse::new(events).keep_alive(live::keep_alive()).into_response()
}

impl Following {
    async fn next(&mut self) -> Option<Event> {
        if self.heard.is_none() {
            return self.begin().await;
        }
        tokio::time::sleep(APART).await;
        loop {
            let heard = self.heard.as_mut()?;
            tokio::select! {
                happened = live::next(heard) => {
                    happened?;
                    let state = self.look().await?.1;
                    if state != self.sent {
                        self.sent.clone_from(&state);
                        return Some(Event::default().event("state").data(state));
                    }
                }
                moved = self.team.changed() => {
                    moved.ok()?;
                    let team = serde_json::to_string(&*self.team.borrow_and_update()).ok()?;
                    return Some(Event::default().event("team").data(team));
                }
            }
        }
    }

    /// Begins to listen, and looks then, so that nothing falls between.
    async fn begin(&mut self) -> Option<Event> {
        let (sandbox, _) = self.look().await?;
        self.heard = Some(self.app.live.follow(&sandbox));
        let (_, state) = self.look().await?;
        self.sent.clone_from(&state);
        Some(Event::default().event("state").data(state))
    }

    /// The hospital, and how the drill stands; `None` when it can no longer be seen.
    async fn look(&self) -> Option<(String, String)> {
        let (who, drill) = (self.who.clone(), self.drill.clone());
        let look = move |platform: &platform::Platform| {
            let view = platform.view_drill(&who.person, &drill).ok()?;
            let state = serde_json::to_string(&written(&view, &who.person.login)).ok()?;
            Some((view.drill.sandbox.as_str().to_owned(), state))
        };
        self.app.run(look).await
    }
}
