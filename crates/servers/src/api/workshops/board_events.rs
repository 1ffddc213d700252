use std::convert::Infallible;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::sse::{Event as Sent, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use platform::watch::Happening;
use platform::workshops::{BoardView, board_channel_of};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use tokio::sync::broadcast::Receiver;

use super::board;
use crate::api::call::{Call, Caller};
use crate::live;
use crate::problem::Problem;
use crate::signed_in::SignedIn;
use crate::state::App;

/// How often a quiet board is looked at: somebody may have gone, and who waits is there.
const STILL_THERE: Duration = Duration::from_secs(15);

/// How a board stands, without what stands on it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(super) struct BoardNow {
    /// The number of the newest update.
    seq: u64,
    /// Whether nobody but the facilitator may write.
    locked: bool,
    /// Why the caller may not write; nothing, if they may.
    why_not: Option<&'static str>,
    /// Who has it open.
    here: Vec<BoardLooker>,
}

/// A window that somebody has open.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(super) struct BoardLooker {
    /// A person's id.
    who: String,
    name: String,
    window: String,
    /// The field in which they are.
    at: String,
}

impl From<BoardView> for BoardNow {
    fn from(view: BoardView) -> Self {
        let looker = |one: platform::workshops::Looker| BoardLooker {
            who: one.who,
            name: one.name,
            window: one.window,
            at: one.at,
        };
        let here = view.here.into_iter().map(looker).collect();
        Self { seq: view.seq, locked: view.locked, why_not: view.why_not, here }
    }
}

pub(super) fn now(call: &Call<'_>) -> Result<BoardNow, Problem> {
    Ok(board::view(call)?.into())
}

/// Somebody who follows a board.
struct Following {
    app: App,
    who: SignedIn,
    workshop: String,
    heard: Receiver<Happening>,
    sent: Option<BoardNow>,
}

/// How a board stands, as `board`, whenever that has changed. What was written is asked for by who lacks it.
pub(super) fn follow(app: App, caller: &Caller) -> Response {
    let Ok(who) = caller.signed_in().cloned() else { return StatusCode::UNAUTHORIZED.into_response() };
    let workshop = caller.part("workshop").to_owned();
    let heard = app.live.follow(&board_channel_of(&workshop));
    let following = Following { app, who, workshop, heard, sent: None };
    let events = stream::unfold(following, |mut following| async {
        let now = following.next().await?;
        let event = Sent::default().event("board").id(now.seq.to_string()).data(json!(now).to_string());
        Some((Ok::<_, Infallible>(event), following))
    });
    Sse::new(events).keep_alive(live::keep_alive()).into_response()
}

impl Following {
    async fn next(&mut self) -> Option<BoardNow> {
        loop {
            if self.sent.is_some()
                && let Ok(heard) = tokio::time::timeout(STILL_THERE, live::next(&mut self.heard)).await
            {
                drop(heard?);
            }
            let (who, workshop) = (self.who.clone(), self.workshop.clone());
            let view =
                self.app.run(move |platform| platform.view_board(&who.person, &workshop)).await.ok()?;
            let now = BoardNow::from(view);
            if self.sent.as_ref() != Some(&now) {
                self.sent = Some(now.clone());
                return Some(now);
            }
        }
    }
}
