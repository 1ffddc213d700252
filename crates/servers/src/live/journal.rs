use std::collections::VecDeque;
use std::convert::Infallible;

use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use platform::sandboxes::{Entry, Filter, Follower, SandboxError};
use platform::watch::Happening;
use tokio::sync::broadcast::Receiver;

use super::hub;
use super::keep_alive::keep_alive;
use crate::api::EntryView;
use crate::signed_in::SignedIn;
use crate::state::App;

/// Somebody who follows a journal.
struct Following {
    app: App,
    who: SignedIn,
    sandbox: String,
    follower: Follower,
    heard: Receiver<Happening>,
    waiting: VecDeque<Entry>,
    /// Whether there may be entries that nobody has looked for yet.
    look: bool,
}

/// The entries of a sandbox's journal that match `filter`, as events named `entry` whose ids are their places: those there
/// are, then each as it is written, until the sandbox is deleted.
pub(crate) fn journal(app: App, who: SignedIn, sandbox: String, filter: Filter) -> Response {
    let heard = app.live.follow(&sandbox);
    let follower = Follower::new(filter);
    let following = Following { app, who, sandbox, follower, heard, waiting: VecDeque::new(), look: true };
    let events = stream::unfold(following, |mut following| async {
        let entry = following.next().await?;
        Some((Ok::<_, Infallible>(event(entry)), following))
    });
    Sse::new(events).keep_alive(keep_alive()).into_response()
}

fn event(entry: Entry) -> Event {
    let event = Event::default().event("entry").id(entry.seq.to_string());
    let text = serde_json::to_string(&EntryView::from(entry)).unwrap_or_default();
    event.data(text)
}

impl Following {
    async fn next(&mut self) -> Option<Entry> {
        loop {
            if let Some(entry) = self.waiting.pop_front() {
                return Some(entry);
            }
            if !self.look {
                hub::next(&mut self.heard).await?;
            }
            self.waiting = self.read().await.ok()?.into();
            self.look = !self.waiting.is_empty();
        }
    }

    /// Looks for more. The way in is asked for each time: it may have been closed meanwhile, and a quiet follower must not
    /// keep a sandbox open.
    async fn read(&mut self) -> Result<Vec<Entry>, SandboxError> {
        let (who, sandbox, mut follower) = (self.who.clone(), self.sandbox.clone(), self.follower.clone());
        let read = self.app.run(move |platform| {
            let access = platform.enter(&who.person, &sandbox, who.source)?;
            let entries = follower.read(access.sandbox())?;
            Ok::<_, SandboxError>((follower, entries))
        });
        let (follower, entries) = read.await?;
        self.follower = follower;
        Ok(entries)
    }
}
