//! A link as data: for navigation, tabs and breadcrumbs.

/// A place to go: what it is called, where it is, and whether the reader is there now.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// The words shown.
    pub label: &'a str,
    /// The address.
    pub href: &'a str,
    /// Whether this is where the reader is.
    pub current: bool,
    /// How many things wait there, if that is worth a number.
    pub count: Option<usize>,
}

impl<'a> Link<'a> {
    /// A link to another place.
    #[must_use]
    pub fn to(label: &'a str, href: &'a str) -> Self {
        Self { label, href, current: false, count: None }
    }

    /// The same link, marked as the place where the reader is if `yes`.
    #[must_use]
    pub fn current(self, yes: bool) -> Self {
        Self { current: yes, ..self }
    }

    /// The same link with a number beside it.
    #[must_use]
    pub fn count(self, count: usize) -> Self {
        Self { count: Some(count), ..self }
    }
}
