use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use platform::watch::{Happening, Watch};
use tokio::sync::broadcast::{self, Receiver, Sender};

/// Happenings a follower may be behind. One who falls further behind is told so, and looks all the same.
const BEHIND_MAX: usize = 64;

/// Who follows which sandbox.
#[derive(Clone, Default)]
pub(crate) struct Live {
    senders: Arc<Mutex<HashMap<String, Sender<Happening>>>>,
}

impl Live {
    /// Passes on what `watch` tells, from now on.
    pub(crate) fn over(watch: &Watch) -> Self {
        let live = Self::default();
        let hub = live.clone();
        watch.listen(move |happening| hub.pass_on(happening));
        live
    }

    /// Hears of everything that happens in a sandbox from now on.
    pub(crate) fn follow(&self, sandbox: &str) -> Receiver<Happening> {
        let mut senders = self.senders.lock().unwrap_or_else(PoisonError::into_inner);
        senders.entry(sandbox.to_owned()).or_insert_with(|| broadcast::channel(BEHIND_MAX).0).subscribe()
    }

    /// A sandbox that nobody follows any more is forgotten the next time something happens there.
    fn pass_on(&self, happening: &Happening) {
        let mut senders = self.senders.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(sender) = senders.get(&happening.sandbox) else { return };
        if sender.send(happening.clone()).is_err() {
            senders.remove(&happening.sandbox);
        }
    }
}

/// Waits until something has happened, and takes everything that happened by then. `None` means that nothing ever will.
pub(crate) async fn next(heard: &mut Receiver<Happening>) -> Option<Vec<Happening>> {
    use broadcast::error::{RecvError, TryRecvError};
    let mut happenings = Vec::new();
    match heard.recv().await {
        Ok(happening) => happenings.push(happening),
        Err(RecvError::Lagged(_)) => {}
        Err(RecvError::Closed) => return None,
    }
    loop {
        match heard.try_recv() {
            Ok(happening) => happenings.push(happening),
            Err(TryRecvError::Lagged(_)) => {}
            Err(TryRecvError::Empty | TryRecvError::Closed) => return Some(happenings),
        }
    }
}

/// Waits until the security desk may have done something about who is connected. Where nothing will ever happen, for ever.
pub(crate) async fn measure_taken(heard: &mut Receiver<Happening>) {
    loop {
        match next(heard).await {
            // Whoever fell behind looks all the same.
            Some(happenings) if happenings.is_empty() => return,
            Some(happenings) if happenings.iter().any(|one| one.kind == "response.taken") => return,
            Some(_) => {}
            None => std::future::pending().await,
        }
    }
}
