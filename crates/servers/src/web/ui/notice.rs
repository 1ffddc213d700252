//! Something the reader should know before going on.

use maud::{Markup, html};

use super::{icon::Icon, tone::Tone};

/// A note with a picture, an optional first line in bold, and a body. It is not read out by itself: put it into an
/// element with `role="alert"` when it answers something the reader just did.
#[must_use]
pub fn notice(tone: Tone, title: Option<&str>, body: &Markup) -> Markup {
    let icon = match tone {
        Tone::Good => Icon::Check,
        Tone::Warn | Tone::Bad => Icon::Alert,
        Tone::Neutral | Tone::Accent | Tone::Info => Icon::Info,
    };
    html! {
        div class={ "notice notice-" (tone.word()) } {
            (icon)
            div { @if let Some(title) = title { strong { (title) } } (body) }
        }
    }
}
