//! Things to press.

use maud::{Markup, html};

use super::icon::Icon;

/// How much a button wants to be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// One of several things to do.
    #[default]
    Plain,
    /// The next step. At most one in sight.
    Primary,
    /// Takes something away.
    Danger,
    /// Almost a link.
    Quiet,
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Primary => "button button-primary",
            Self::Danger => "button button-danger",
            Self::Quiet => "button button-quiet",
        }
    }
}

/// Sends the form around it.
#[must_use]
pub fn submit(label: &str, look: Look) -> Markup {
    html! { button class=(look.class()) type="submit" { (label) } }
}

/// Sends the form around it, saying which of its buttons was pressed.
#[must_use]
pub fn submit_as(label: &str, look: Look, name: &str, value: &str) -> Markup {
    html! { button class=(look.class()) type="submit" name=(name) value=(value) { (label) } }
}

/// Sends the form around it; with a picture before the words.
#[must_use]
pub fn submit_with(icon: Icon, label: &str, look: Look) -> Markup {
    html! { button class=(look.class()) type="submit" { (icon) (label) } }
}

/// A link that looks like a button.
#[must_use]
pub fn link_button(label: &str, href: &str, look: Look) -> Markup {
    html! { a class=(look.class()) href=(href) { (label) } }
}

/// Opens the dialog beside it; see [`dialog`](super::dialog).
#[must_use]
pub(super) fn opener(label: &str, icon: Option<Icon>, look: Look) -> Markup {
    html! { button class=(look.class()) type="button" data-open aria-haspopup="dialog" { @if let Some(icon) = icon { (icon) } (label) } }
}
