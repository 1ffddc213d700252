//! What long work shows on a terminal. Elsewhere it is silent, so that logs and pipes stay clean.

use std::io::Write as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on standard error while it lives.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// A bar for work called `what`, of a length told by the first [`Progress::set`].
    pub(crate) fn new(what: &str) -> Self {
        Self::with(what, "{msg} [{bar:30}] {human_pos}/{human_len} {eta}")
    }

    /// A sign of life for work whose length nobody knows.
    pub(crate) fn unmeasured(what: &str) -> Self {
        Self::with(what, "{spinner} {msg} {elapsed}")
    }

    fn with(what: &str, template: &str) -> Self {
        // Hidden by indicatif itself where standard error is no terminal.
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template(template).expect("the templates above are right");
        bar.set_style(style.progress_chars("=> "));
        bar.set_message(what.to_owned());
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }

    /// Says something that a person has to read, above the bar; on standard error, whether or not that is a terminal.
    pub(crate) fn say(&self, text: &str) {
        // A terminal that is gone reads nothing, and stops nobody.
        self.0.suspend(|| drop(writeln!(std::io::stderr(), "{text}")));
    }

    /// `done` of `total` are done.
    pub(crate) fn set(&self, done: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(done);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
