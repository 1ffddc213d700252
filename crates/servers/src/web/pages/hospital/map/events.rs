use std::collections::BTreeMap;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use platform::live::{HospitalMap, map as draw};
use platform::people::Person;
use platform::watch::Happening;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

use super::cells::cells;
use crate::live;
use crate::state::App;
use crate::web::pages::change::Change;
use crate::web::pages::hospital::inside::Inside;

/// What happens within this time is shown at once: a fast hospital delivers hundreds of messages a second.
const TOGETHER: Duration = Duration::from_millis(250);

/// `GET …/map/events`: the cells of the map that look differently, whenever messages move.
pub(super) async fn events(State(app): State<App>, inside: Inside) -> Response {
    let watching = Watching {
        heard: app.live.follow(&inside.sandbox),
        person: inside.visitor.person.clone(),
        sandbox: inside.sandbox.clone(),
        shown: BTreeMap::new(),
        closed: None,
        first: true,
        app,
    };
    let events = stream::unfold(watching, |mut watching| async {
        let event = watching.next().await?;
        Some((Ok::<_, Infallible>(event), watching))
    });
    Sse::new(events).keep_alive(live::keep_alive()).into_response()
}

/// Somebody who watches the map.
struct Watching {
    app: App,
    person: Person,
    sandbox: String,
    heard: Receiver<Happening>,
    /// The cells as they were sent last.
    shown: BTreeMap<String, String>,
    /// The interfaces that were down then.
    closed: Option<Vec<String>>,
    first: bool,
}

impl Watching {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if !std::mem::take(&mut self.first) {
                self.wait().await?;
                tokio::time::sleep(TOGETHER).await;
                self.forget_the_rest();
            }
            let map = self.look().await?;
            let now = cells(&map);
            let changed = now.iter().filter(|(id, html)| self.shown.get(*id) != Some(html));
            let changed: BTreeMap<String, String> =
                changed.map(|(id, html)| (id.clone(), html.clone())).collect();
            let say = self.news(&map);
            self.shown = now;
            if !changed.is_empty() {
                let text = serde_json::to_string(&Change { cells: changed, say }).unwrap_or_default();
                return Some(Event::default().event("checks").data(text));
            }
        }
    }

    /// Waits until something has happened that the map may show. `None` means that nothing ever will.
    async fn wait(&mut self) -> Option<()> {
        loop {
            match self.heard.recv().await {
                Ok(happening) if !concerns(&happening) => {}
                Ok(_) | Err(RecvError::Lagged(_)) => return Some(()),
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// What happened meanwhile is seen by the next look.
    fn forget_the_rest(&mut self) {
        while matches!(self.heard.try_recv(), Ok(_) | Err(TryRecvError::Lagged(_))) {}
    }

    /// The map as it is now; `None` when it can no longer be seen.
    async fn look(&self) -> Option<HospitalMap> {
        let (person, sandbox) = (self.person.clone(), self.sandbox.clone());
        let seen = self.app.run(move |platform| {
            let access = platform.enter(&person, &sandbox, "page")?;
            Ok::<_, platform::sandboxes::SandboxError>(draw(&access)?)
        });
        seen.await.ok()
    }

    /// What a listener should hear: interfaces that went down or came up. Counts are for the eye.
    fn news(&mut self, map: &HospitalMap) -> Option<String> {
        let down = map.interfaces.iter().filter(|one| one.standing != "up");
        let down: Vec<String> = down.map(|one| format!("{} is {}", one.id, one.standing)).collect();
        let before = self.closed.replace(down.clone())?;
        if before == down {
            return None;
        }
        Some(if down.is_empty() {
            "Every interface is up.".to_owned()
        } else {
            format!("{}.", down.join(", "))
        })
    }
}

fn concerns(happening: &Happening) -> bool {
    ["hl7.", "interface.", "sandbox.", "command"].iter().any(|kind| happening.kind.starts_with(kind))
}
