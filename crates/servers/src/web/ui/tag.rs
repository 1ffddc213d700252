//! A state in a word.

use maud::{Markup, html};

use super::{icon::Icon, tone::Tone};

/// A small word with a ground, for example `inpatient`.
#[must_use]
pub fn tag(tone: Tone, words: &str) -> Markup {
    html! { span class={ "tag tag-" (tone.word()) } { (words) } }
}

/// The same with a picture, where the shape should tell it before the word is read.
#[must_use]
pub fn tag_with(tone: Tone, icon: Icon, words: &str) -> Markup {
    html! { span class={ "tag tag-" (tone.word()) } { (icon) (words) } }
}
