use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use platform::people::Person;
use platform::watch::Happening;
use platform::workshops::channel_of;
use serde::Deserialize;
use tokio::sync::broadcast::Receiver;

use super::drawn::Drawn;
use crate::live;
use crate::state::App;
use crate::web::pages::change::Change;
use crate::web::pages::fault::Fault;
use crate::web::pages::visitor::Visitor;

/// How often a quiet page is drawn: the timer goes on, and who looks is there.
const STILL_THERE: Duration = Duration::from_secs(15);

#[derive(Deserialize)]
pub(super) struct Seen {
    #[serde(default)]
    after: String,
}

/// `GET /workshops/{workshop}/events`: the cells of the room, whenever they change for this reader. An event's id is the number of what it
/// shows, so a page that was away is told once what it missed.
pub(super) async fn events(
    State(app): State<App>,
    visitor: Visitor,
    Path(workshop): Path<String>,
    Query(seen): Query<Seen>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let (person, asked) = (visitor.person.clone(), workshop.clone());
    let view = app.run(move |platform| platform.view_workshop(&person, &asked)).await?;
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).unwrap_or(&seen.after);
    let watching = Watching {
        heard: app.live.follow(&channel_of(&workshop)),
        last: last.parse().unwrap_or_default(),
        told: view.seen.happened.len(),
        csrf: visitor.csrf,
        person: visitor.person,
        look: true,
        app,
        workshop,
    };
    let events = stream::unfold(watching, |mut watching| async {
        let event = watching.next().await?;
        Some((Ok::<_, Infallible>(event), watching))
    });
    Ok(Sse::new(events).keep_alive(live::keep_alive()).into_response())
}

/// Somebody who watches a workshop.
struct Watching {
    app: App,
    person: Person,
    workshop: String,
    csrf: String,
    heard: Receiver<Happening>,
    /// The number of what the page shows.
    last: u64,
    /// How many events of the case were read out.
    told: usize,
    look: bool,
}

impl Watching {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if !self.look
                && let Ok(heard) = tokio::time::timeout(STILL_THERE, live::next(&mut self.heard)).await
            {
                drop(heard?);
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

    /// The cells as they are now; `None` when the workshop can no longer be seen.
    async fn draw(&mut self) -> Option<Change> {
        let (person, workshop) = (self.person.clone(), self.workshop.clone());
        let view = self.app.run(move |platform| platform.view_workshop(&person, &workshop)).await.ok()?;
        let happened = &view.seen.happened;
        let new = happened.iter().skip(self.told);
        let said: Vec<String> =
            new.map(|one| format!("{}, {}: {} {}", one.from, one.medium, one.title, one.says)).collect();
        // After a step back there are fewer.
        self.told = happened.len();
        let say = (!said.is_empty()).then(|| said.join(" "));
        Some(Change { cells: Drawn { view: &view, csrf: &self.csrf }.cells(), say })
    }
}
