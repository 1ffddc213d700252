//! One of several: a drop-down list or radio buttons.

use maud::{Markup, Render, html};

use super::field::{described_by, label, notes};

/// A thing that can be chosen.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'a> {
    /// What is sent.
    pub value: &'a str,
    /// What is read.
    pub label: &'a str,
    /// A sentence on what choosing it means; shown by radio buttons only.
    pub note: Option<&'a str>,
}

impl<'a> Choice<'a> {
    /// A choice without a note.
    #[must_use]
    pub fn new(value: &'a str, label: &'a str) -> Self {
        Self { value, label, note: None }
    }

    /// The same with a note.
    #[must_use]
    pub fn note(self, note: &'a str) -> Self {
        Self { note: Some(note), ..self }
    }
}

/// A labelled drop-down list.
#[derive(Debug, Clone, Copy)]
pub struct Select<'a> {
    name: &'a str,
    label: &'a str,
    id: &'a str,
    choices: &'a [Choice<'a>],
    chosen: &'a str,
    hint: Option<&'a str>,
    error: Option<&'a str>,
    required: bool,
}

impl<'a> Select<'a> {
    /// A list sent as `name` and called `label`.
    #[must_use]
    pub fn new(name: &'a str, label: &'a str, choices: &'a [Choice<'a>]) -> Self {
        Self { name, label, id: name, choices, chosen: "", hint: None, error: None, required: false }
    }

    /// The element's id where the name is not unique on the page.
    #[must_use]
    pub fn id(self, id: &'a str) -> Self {
        Self { id, ..self }
    }

    /// The value chosen already.
    #[must_use]
    pub fn chosen(self, value: &'a str) -> Self {
        Self { chosen: value, ..self }
    }

    /// A sentence that helps.
    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// What was wrong, and what to do.
    #[must_use]
    pub fn error(self, error: Option<&'a str>) -> Self {
        Self { error, ..self }
    }

    /// Marks it as one that must be answered.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }
}

impl Render for Select<'_> {
    fn render(&self) -> Markup {
        html! {
            div.field {
                (label(self.id, self.label, self.required))
                select.control id=(self.id) name=(self.name) required[self.required] aria-invalid=[self.error.map(|_| "true")]
                    aria-describedby=[described_by(self.id, self.hint, self.error)] {
                    @for choice in self.choices { option value=(choice.value) selected[choice.value == self.chosen] { (choice.label) } }
                }
                (notes(self.id, self.hint, self.error))
            }
        }
    }
}

/// Radio buttons under one question; the best form where each choice needs a sentence.
#[must_use]
pub fn radios(name: &str, question: &str, choices: &[Choice<'_>], chosen: &str) -> Markup {
    html! {
        fieldset.choices {
            legend { (question) }
            @for choice in choices {
                @let id = format!("{name}-{}", choice.value);
                div.choice {
                    input type="radio" id=(id) name=(name) value=(choice.value) checked[choice.value == chosen] aria-describedby=[choice.note.map(|_| format!("{id}-note"))];
                    label for=(id) { (choice.label) }
                    @if let Some(note) = choice.note { small id={ (id) "-note" } { (note) } }
                }
            }
        }
    }
}

/// A box to tick.
#[must_use]
pub fn checkbox(name: &str, words: &str, ticked: bool) -> Markup {
    html! { div.choice { input type="checkbox" id=(name) name=(name) value="yes" checked[ticked]; label for=(name) { (words) } } }
}
