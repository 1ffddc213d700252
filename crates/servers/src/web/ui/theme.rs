//! Light, dark, or whatever the device says.

use maud::{Markup, html};

use super::icon::Icon;

/// The reader's choice of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the device is set.
    #[default]
    Auto,
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

impl Theme {
    /// The name of the cookie that holds the choice.
    pub const COOKIE: &'static str = "theme";

    /// The choice in a cookie's value; anything unknown means [`Theme::Auto`].
    #[must_use]
    pub fn from_cookie(value: &str) -> Self {
        match value {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }

    /// The value of `data-theme` on the root element; none leaves it to the device.
    pub(super) fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Auto => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// Three radio buttons that change the colours at once and keep the choice in a cookie.
#[must_use]
pub fn theme_switch(chosen: Theme) -> Markup {
    let choices = [
        (Theme::Auto, "auto", "Device", Icon::Device),
        (Theme::Light, "light", "Light", Icon::Light),
        (Theme::Dark, "dark", "Dark", Icon::Dark),
    ];
    html! {
        theme-switch {
            fieldset {
                legend { "Colours" }
                @for (theme, value, label, icon) in choices {
                    label { input type="radio" name="theme" value=(value) checked[theme == chosen]; (icon) span { (label) } }
                }
            }
        }
    }
}
