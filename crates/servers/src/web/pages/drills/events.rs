use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use platform::people::Person;
use platform::watch::Happening;
use serde::Deserialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

use super::drawn::Drawn;
use super::told::aloud;
use crate::live;
use crate::state::App;
use crate::web::pages::change::Change;
use crate::web::pages::fault::Fault;
use crate::web::pages::visitor::Visitor;

/// Between two drawings: a hospital on a busy night has many happenings a second, and a person one pair of eyes.
const APART: Duration = Duration::from_millis(250);

#[derive(Deserialize)]
pub(super) struct Seen {
    #[serde(default)]
    after: String,
}

/// `GET /drills/{drill}/events`: the cells of the console, whenever they change. An event's id is the number of what it shows, so
/// a page that was away is told once what it missed.
pub(super) async fn events(
    State(app): State<App>,
    visitor: Visitor,
    Path(drill): Path<String>,
    Query(seen): Query<Seen>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let (person, asked) = (visitor.person.clone(), drill.clone());
    let view = app.run(move |platform| platform.view_drill(&person, &asked)).await?;
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).unwrap_or(&seen.after);
    let watching = Watching {
        heard: app.live.follow(view.drill.sandbox.as_str()),
        last: last.parse().unwrap_or_default(),
        told: view.run.seq,
        csrf: visitor.csrf,
        person: visitor.person,
        look: true,
        app,
        drill,
    };
    let events = stream::unfold(watching, |mut watching| async {
        let event = watching.next().await?;
        Some((Ok::<_, Infallible>(event), watching))
    });
    Ok(Sse::new(events).keep_alive(live::keep_alive()).into_response())
}

/// Somebody who watches a drill.
struct Watching {
    app: App,
    person: Person,
    drill: String,
    csrf: String,
    heard: Receiver<Happening>,
    /// The number of what the page shows.
    last: u64,
    /// The number of the newest event that was read out.
    told: u64,
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

    /// Waits until something has happened. `None` means that nothing ever will.
    async fn wait(&mut self) -> Option<()> {
        match self.heard.recv().await {
            Ok(_) | Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return None,
        }
        tokio::time::sleep(APART).await;
        loop {
            match self.heard.try_recv() {
                Ok(_) | Err(TryRecvError::Lagged(_)) => {}
                Err(TryRecvError::Empty | TryRecvError::Closed) => return Some(()),
            }
        }
    }

    /// The cells as they are now; `None` when the drill can no longer be seen.
    async fn draw(&mut self) -> Option<Change> {
        let (person, drill) = (self.person.clone(), self.drill.clone());
        let view = self.app.run(move |platform| platform.view_drill(&person, &drill)).await.ok()?;
        let say = aloud(&view, self.told);
        self.told = view.run.seq;
        Some(Change { cells: Drawn { view: &view, csrf: &self.csrf }.cells(), say })
    }
}
