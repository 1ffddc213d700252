use std::collections::VecDeque;
use std::convert::Infallible;

use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use platform::labs::{AttemptId, AttemptView, CheckView};
use platform::watch::Happening;
use serde_json::json;
use tokio::sync::broadcast::Receiver;

use super::hub;
use super::keep_alive::keep_alive;
use crate::signed_in::SignedIn;
use crate::state::App;

/// Somebody who follows an attempt.
struct Following {
    app: App,
    who: SignedIn,
    attempt: AttemptId,
    server: String,
    heard: Option<Receiver<Happening>>,
    /// The attempt as it was sent last.
    sent: Option<AttemptView>,
    waiting: VecDeque<Event>,
}

/// An attempt as an event named `attempt`; then, whenever a check or the attempt itself stands differently, an event named
/// `checks` with the checks that do. A stream that is taken up again begins with the whole attempt, so nothing is missed.
pub(crate) fn attempt(app: App, who: SignedIn, attempt: AttemptId, server: String) -> Response {
    let following =
        Following { app, who, attempt, server, heard: None, sent: None, waiting: VecDeque::new() };
    let events = stream::unfold(following, |mut following| async {
        let event = following.next().await?;
        Some((Ok::<_, Infallible>(event), following))
    });
    Sse::new(events).keep_alive(keep_alive()).into_response()
}

impl Following {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            match &mut self.heard {
                Some(heard) => wait(heard).await?,
                None => self.begin().await?,
            }
            self.look().await?;
        }
    }

    /// Begins to listen where the work is done. An attempt that was given up has no such place, and its stream ends.
    async fn begin(&mut self) -> Option<()> {
        if self.sent.is_some() {
            return None;
        }
        let sandbox = self.read().await?.sandbox;
        self.heard = sandbox.map(|sandbox| self.app.live.follow(&sandbox));
        Some(())
    }

    async fn look(&mut self) -> Option<()> {
        let view = self.read().await?;
        match &self.sent {
            None => self.waiting.push_back(event("attempt", &json!(view))),
            Some(sent) => self.waiting.extend(change(sent, &view)),
        }
        if view.sandbox.is_none() {
            self.heard = None;
        }
        self.sent = Some(view);
        Some(())
    }

    async fn read(&self) -> Option<AttemptView> {
        let (who, attempt, server) = (self.who.clone(), self.attempt.clone(), self.server.clone());
        let read = self.app.run(move |platform| platform.view_attempt(&who.person, &attempt, &server));
        read.await.ok()
    }
}

/// Waits for something that can make an attempt look different. Verdicts are told of when they are given, so what they rest
/// on need not be looked at.
async fn wait(heard: &mut Receiver<Happening>) -> Option<()> {
    let quiet = |happening: &Happening| happening.kind.starts_with("fhir.") || happening.kind == "command";
    loop {
        let happenings = hub::next(heard).await?;
        if happenings.is_empty() || !happenings.iter().all(quiet) {
            return Some(());
        }
    }
}

/// What stands differently in an attempt, if anything does.
fn change(before: &AttemptView, after: &AttemptView) -> Option<Event> {
    let known = |check: &CheckView| before.steps.iter().any(|step| step.checks.contains(check));
    let checks: Vec<&CheckView> =
        after.steps.iter().flat_map(|step| &step.checks).filter(|check| !known(check)).collect();
    if checks.is_empty() && before.state == after.state && before.green == after.green {
        return None;
    }
    let AttemptView { state, green, musts, tripped, score, .. } = after;
    let change = json!({
        "checks": checks, "state": state, "green": green, "musts": musts, "tripped": tripped, "score": score,
    });
    Some(event("checks", &change))
}

fn event(name: &str, data: &serde_json::Value) -> Event {
    Event::default().event(name).data(data.to_string())
}
