//! Our own small pictures: 16 by 16, drawn in strokes, coloured like the text beside them.

use maud::{Markup, PreEscaped, Render, html};

/// A picture beside a word. It is hidden from screen readers: the word says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each name says what is drawn")]
pub enum Icon {
    Alert,
    ArrowDown,
    ArrowUp,
    Bed,
    Chart,
    Check,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    Clock,
    Copy,
    Cross,
    Dark,
    Device,
    Hint,
    Hospital,
    Info,
    Lab,
    Leave,
    Light,
    List,
    Lock,
    Note,
    Person,
    Pill,
    Reset,
    Search,
    Send,
    Shield,
    Undo,
}

impl Icon {
    /// All of them, for the gallery.
    pub const ALL: [Self; 30] = [
        Self::Alert,
        Self::ArrowDown,
        Self::ArrowUp,
        Self::Bed,
        Self::Chart,
        Self::Check,
        Self::ChevronDown,
        Self::ChevronLeft,
        Self::ChevronRight,
        Self::Clock,
        Self::Copy,
        Self::Cross,
        Self::Dark,
        Self::Device,
        Self::Hint,
        Self::Hospital,
        Self::Info,
        Self::Lab,
        Self::Leave,
        Self::Light,
        Self::List,
        Self::Lock,
        Self::Note,
        Self::Person,
        Self::Pill,
        Self::Reset,
        Self::Search,
        Self::Send,
        Self::Shield,
        Self::Undo,
    ];

    fn path(self) -> &'static str {
        match self {
            Self::Alert => "M8 2 14.5 13.5h-13zM8 6.5v3.2M8 11.6v.1",
            Self::ArrowDown => "M8 3v10M4.5 9.5 8 13l3.5-3.5",
            Self::ArrowUp => "M8 13V3M4.5 6.5 8 3l3.5 3.5",
            Self::Bed => "M1.5 3.5v10M1.5 11h13v2.5M14.5 11V8.5a2 2 0 0 0-2-2H6.5V11M4 6.2v.1",
            Self::Chart => "M2 2v12h12M4.5 10.5 7 7l2.5 2L13 4.5",
            Self::Check => "M3 8.5 6.5 12 13 4.5",
            Self::ChevronDown => "M4 6l4 4 4-4",
            Self::ChevronLeft => "M10 4 6 8l4 4",
            Self::ChevronRight => "M6 4l4 4-4 4",
            Self::Clock => "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 4.8V8l2.2 1.6",
            Self::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
            Self::Cross => "M4 4l8 8M12 4l-8 8",
            Self::Dark => "M13.5 9.6A6 6 0 0 1 6.4 2.5a6 6 0 1 0 7.1 7.1z",
            Self::Device => "M1.8 3h12.4v8H1.8zM5.5 13.8h5M8 11v2.8",
            Self::Hint => "M5.8 11.3A4.6 4.6 0 1 1 10.2 11.3v1.2H5.8zM6.3 14.6h3.4",
            Self::Hospital => "M2.5 14V4.5h11V14M1 14h14M8 6.3v4M6 8.3h4M6.5 14v-1.8h3V14",
            Self::Info => "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 7.3v4M8 4.8v.1",
            Self::Lab => {
                "M6 1.8h4M6.8 1.8v4.4L2.8 13a1 1 0 0 0 .9 1.4h8.6a1 1 0 0 0 .9-1.4l-4-6.8V1.8M4.6 10.2h6.8"
            }
            Self::Leave => "M6.5 2.5h-4v11h4M6 8h8M11 5l3 3-3 3",
            Self::Light => {
                "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1.2v1.6M8 13.2v1.6M1.2 8h1.6M13.2 8h1.6M3.2 3.2l1.1 1.1M11.7 11.7l1.1 1.1M3.2 12.8l1.1-1.1M11.7 4.3l1.1-1.1"
            }
            Self::List => "M5.5 3.5h8.5M5.5 8h8.5M5.5 12.5h8.5M2.2 3.5h.1M2.2 8h.1M2.2 12.5h.1",
            Self::Lock => "M3.2 7h9.6v7H3.2zM5.2 7V4.8a2.8 2.8 0 0 1 5.6 0V7",
            Self::Note => "M3 1.8h7l3 3v9.4H3zM5.5 7h5M5.5 10h5",
            Self::Person => {
                "M8 2a2.8 2.8 0 1 0 0 5.6A2.8 2.8 0 0 0 8 2zM2.5 14c.4-3 2.6-4.4 5.5-4.4s5.1 1.4 5.5 4.4"
            }
            Self::Pill => "M9.2 2.9a2.8 2.8 0 0 1 3.9 3.9l-6.3 6.3a2.8 2.8 0 0 1-3.9-3.9zM6 6l4 4",
            Self::Reset => "M2.6 6.2A5.8 5.8 0 1 1 2.3 9M2.3 2.6v3.6h3.6",
            Self::Search => "M7 2.3a4.7 4.7 0 1 0 0 9.4 4.7 4.7 0 0 0 0-9.4zM10.5 10.5l3.3 3.3",
            Self::Send => "M14.2 1.8 1.8 6.8l5 2.4 2.4 5zM6.8 9.2l3-3",
            Self::Shield => {
                "M8 1.6 13.4 3.4v4.2c0 3.4-2.2 5.6-5.4 6.8-3.2-1.2-5.4-3.4-5.4-6.8V3.4zM8 5v3.4M8 10.7v.1"
            }
            Self::Undo => "M5.5 2.8 2.3 6l3.2 3.2M2.3 6h7.2a4 4 0 0 1 0 8H6",
        }
    }
}

impl Render for Icon {
    fn render(&self) -> Markup {
        html! { svg.icon viewBox="0 0 16 16" aria-hidden="true" focusable="false" { path d=(self.path()) {} } }
    }
}

/// The mark of Practicum: a field of care with a pulse that turns into a tick.
#[must_use]
pub fn mark() -> Markup {
    PreEscaped(
        "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\">\
         <rect class=\"mark-field\" x=\"1\" y=\"1\" width=\"22\" height=\"22\" rx=\"6\"/>\
         <path class=\"mark-trace\" d=\"M4.5 12.5h3l2 4.5 4-10 1.6 5.5h4.4\"/></svg>"
            .to_owned(),
    )
}
