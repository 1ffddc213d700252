//! One line (or block) of text asked from the reader.

use maud::{Markup, Render, html};

use super::icon::Icon;

/// What a field takes, so that browsers offer the right keyboard and the right help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names are those of HTML's input types")]
pub enum Takes {
    #[default]
    Text,
    Password,
    Email,
    Search,
    /// A decimal number, typed as text so that what was written is what is sent.
    Number,
    Date,
    DateTime,
    /// Several lines.
    Block,
}

/// A labelled text field with a hint below it and, after a refused attempt, an error.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    name: &'a str,
    label: &'a str,
    id: &'a str,
    takes: Takes,
    value: &'a str,
    hint: Option<&'a str>,
    error: Option<&'a str>,
    unit: Option<&'a str>,
    autocomplete: Option<&'a str>,
    placeholder: Option<&'a str>,
    required: bool,
}

impl<'a> Field<'a> {
    /// A field sent as `name` and called `label`.
    #[must_use]
    pub fn new(name: &'a str, label: &'a str) -> Self {
        Self {
            name,
            label,
            id: name,
            takes: Takes::Text,
            value: "",
            hint: None,
            error: None,
            unit: None,
            autocomplete: None,
            placeholder: None,
            required: false,
        }
    }

    /// The element's id where the name is not unique on the page.
    #[must_use]
    pub fn id(self, id: &'a str) -> Self {
        Self { id, ..self }
    }

    /// What kind of text is asked for.
    #[must_use]
    pub fn takes(self, takes: Takes) -> Self {
        Self { takes, ..self }
    }

    /// What stands in it already.
    #[must_use]
    pub fn value(self, value: &'a str) -> Self {
        Self { value, ..self }
    }

    /// A sentence that helps before anything is typed.
    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// What was wrong with it, and what to do.
    #[must_use]
    pub fn error(self, error: Option<&'a str>) -> Self {
        Self { error, ..self }
    }

    /// The unit behind it, for example `mmHg`.
    #[must_use]
    pub fn unit(self, unit: &'a str) -> Self {
        Self { unit: Some(unit), ..self }
    }

    /// The value of `autocomplete` (WCAG 2.2, 1.3.5).
    #[must_use]
    pub fn autocomplete(self, purpose: &'a str) -> Self {
        Self { autocomplete: Some(purpose), ..self }
    }

    /// An example shown while it is empty; never the only help.
    #[must_use]
    pub fn placeholder(self, example: &'a str) -> Self {
        Self { placeholder: Some(example), ..self }
    }

    /// Marks it as one that must be filled.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    fn control(&self) -> Markup {
        let (kind, mode) = match self.takes {
            Takes::Text | Takes::Block => ("text", None),
            Takes::Password => ("password", None),
            Takes::Email => ("email", None),
            Takes::Search => ("search", None),
            Takes::Number => ("text", Some("decimal")),
            Takes::Date => ("date", None),
            Takes::DateTime => ("datetime-local", None),
        };
        let described = described_by(self.id, self.hint, self.error);
        let invalid = self.error.map(|_| "true");
        html! {
            @if self.takes == Takes::Block {
                textarea.control id=(self.id) name=(self.name) required[self.required] placeholder=[self.placeholder]
                    aria-describedby=[described] aria-invalid=[invalid] { "\n" (self.value) }
            } @else {
                input.control id=(self.id) name=(self.name) type=(kind) inputmode=[mode] value=(self.value) required[self.required]
                    placeholder=[self.placeholder] autocomplete=[self.autocomplete] aria-describedby=[described] aria-invalid=[invalid];
            }
        }
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        html! {
            div.field {
                (label(self.id, self.label, self.required))
                @if let Some(unit) = self.unit { div.field-unit { (self.control()) span { (unit) } } } @else { (self.control()) }
                (notes(self.id, self.hint, self.error))
            }
        }
    }
}

/// A field's label; a required one says so in words for those who cannot see the star.
pub(super) fn label(id: &str, words: &str, required: bool) -> Markup {
    html! { label for=(id) { (words) @if required { " " span.required aria-hidden="true" { "*" } } } }
}

/// The hint and the error below a control, under the ids that [`described_by`] names.
pub(super) fn notes(id: &str, hint: Option<&str>, error: Option<&str>) -> Markup {
    html! {
        @if let Some(hint) = hint { p.field-hint id={ (id) "-hint" } { (hint) } }
        @if let Some(error) = error { p.field-error id={ (id) "-error" } { (Icon::Alert) span { (error) } } }
    }
}

/// The ids of the notes that exist, for `aria-describedby`.
pub(super) fn described_by(id: &str, hint: Option<&str>, error: Option<&str>) -> Option<String> {
    let ids: Vec<String> = [hint.map(|_| format!("{id}-hint")), error.map(|_| format!("{id}-error"))]
        .into_iter()
        .flatten()
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}
