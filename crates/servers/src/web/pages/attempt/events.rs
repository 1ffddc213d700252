use std::convert::Infallible;

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use platform::labs::{AttemptId, AttemptView};
use platform::people::Person;
use platform::watch::Happening;
use serde::Deserialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

use super::drawn::{Change, Drawn};
use crate::base_url::BaseUrl;
use crate::live;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::next_lab;
use crate::web::pages::visitor::Visitor;

#[derive(Deserialize)]
pub(crate) struct Seen {
    #[serde(default)]
    after: String,
}

/// `GET /attempts/{attempt}/events`: the cells of the workspace's left side, whenever they change.
///
/// An event's id is the number of what it shows (see [`Change::number`]), so a page that was away is told once what it
/// missed, and one that missed nothing is told nothing.
pub(crate) async fn events(
    State(app): State<App>,
    visitor: Visitor,
    Path(attempt): Path<String>,
    Query(seen): Query<Seen>,
    BaseUrl(server): BaseUrl,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let id = AttemptId::from(attempt.as_str());
    let (person, asked, base) = (visitor.person.clone(), id.clone(), server.clone());
    let view = app.run(move |platform| platform.view_attempt(&person, &asked, &base)).await?;
    let sandbox =
        view.sandbox.ok_or_else(|| Fault::Missing("The hospital of this attempt is gone.".to_owned()))?;
    let own = app.run({
        let (person, sandbox) = (visitor.person.clone(), sandbox.clone());
        move |platform| super::super::hospital::is_own(platform, &person, &sandbox)
    });
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).unwrap_or(&seen.after);
    let watching = Watching {
        heard: app.live.follow(&sandbox),
        last: last.parse().unwrap_or_default(),
        csrf: own.await?.then_some(visitor.csrf),
        person: visitor.person,
        before: None,
        look: true,
        app,
        id,
        server,
    };
    let events = stream::unfold(watching, |mut watching| async {
        let event = watching.next().await?;
        Some((Ok::<_, Infallible>(event), watching))
    });
    Ok(Sse::new(events).keep_alive(live::keep_alive()).into_response())
}

/// Somebody who watches an attempt.
struct Watching {
    app: App,
    person: Person,
    id: AttemptId,
    server: String,
    csrf: Option<String>,
    heard: Receiver<Happening>,
    /// The number of what the page shows.
    last: u64,
    /// What was drawn last in this stream: what is new since is read out.
    before: Option<AttemptView>,
    look: bool,
}

impl Watching {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if !self.look {
                self.wait().await?;
            }
            self.look = false;
            let change = self.draw().await?;
            let number = change.number();
            if number == self.last {
                continue;
            }
            self.last = number;
            let text = serde_json::to_string(&change).unwrap_or_default();
            return Some(Event::default().event("checks").id(number.to_string()).data(text));
        }
    }

    /// Waits until something has happened that the page may show. `None` means that nothing ever will.
    async fn wait(&mut self) -> Option<()> {
        loop {
            let mut matters = match self.heard.recv().await {
                Ok(happening) => concerns(&happening),
                Err(RecvError::Lagged(_)) => true,
                Err(RecvError::Closed) => return None,
            };
            loop {
                match self.heard.try_recv() {
                    Ok(happening) => matters |= concerns(&happening),
                    Err(TryRecvError::Lagged(_)) => matters = true,
                    Err(TryRecvError::Empty | TryRecvError::Closed) => break,
                }
            }
            if matters {
                return Some(());
            }
        }
    }

    /// The cells as they are now; `None` when the attempt can no longer be seen.
    async fn draw(&mut self) -> Option<Change> {
        let (person, id, server) = (self.person.clone(), self.id.clone(), self.server.clone());
        let seen = self.app.run(move |platform| {
            let view = platform.view_attempt(&person, &id, &server)?;
            let next = next_lab(platform, &view.lab);
            Ok::<_, platform::labs::LabError>((view, next))
        });
        let (view, next) = seen.await.ok()?;
        let root = format!("/attempts/{}", self.id);
        let drawn = Drawn { view: &view, root: &root, next: next.as_ref(), csrf: self.csrf.as_deref() };
        let mut change = drawn.change();
        change.say = self.before.as_ref().and_then(|before| news(before, &view));
        self.before = Some(view);
        Some(change)
    }
}

fn concerns(happening: &Happening) -> bool {
    happening.kind == "verdicts" || ["lab.", "sandbox."].iter().any(|it| happening.kind.starts_with(it))
}

/// What a listener should hear of the difference between two looks.
fn news(before: &AttemptView, now: &AttemptView) -> Option<String> {
    use platform::labs::Standing::{Failed, Passed, Tripped};
    if before.finished.is_none() && now.finished.is_some() {
        return Some("Lab finished: everything that had to be so, is so.".to_owned());
    }
    let flat =
        |view: &AttemptView| view.steps.iter().flat_map(|step| step.checks.clone()).collect::<Vec<_>>();
    let words = flat(before).into_iter().zip(flat(now)).filter(|(was, is)| was.standing != is.standing);
    let words: Vec<String> = words
        .filter_map(|(_, is)| match is.standing {
            Passed => Some(format!("Passed: {}", is.title)),
            Failed => Some(format!("Failed: {}", is.title)),
            Tripped => Some(format!("Safety trap: {}", is.title)),
            _ => None,
        })
        .collect();
    (!words.is_empty()).then(|| words.join(". "))
}
