//! Files sent from the reader's machine.

use maud::{Markup, html};

use super::field::{described_by, label, notes};
use super::form::csrf_field;

/// A field that takes one or several files, named `files`.
#[must_use]
pub fn file_field(words: &str, accept: &str, hint: &str) -> Markup {
    html! {
        div.field {
            (label("files", words, true))
            input.control id="files" name="files" type="file" accept=(accept) multiple required aria-describedby=[described_by("files", Some(hint), None)];
            (notes("files", Some(hint), None))
        }
    }
}

/// A field that takes one file or none, sent as `name`.
#[must_use]
pub fn optional_file(name: &str, words: &str, accept: &str, hint: &str) -> Markup {
    html! {
        div.field {
            (label(name, words, false))
            input.control id=(name) name=(name) type="file" accept=(accept) aria-describedby=[described_by(name, Some(hint), None)];
            (notes(name, Some(hint), None))
        }
    }
}

/// A form that sends files to `action`, with our token in it.
#[must_use]
pub fn upload_form(action: &str, csrf: &str, body: &Markup) -> Markup {
    html! { form.form method="post" action=(action) enctype="multipart/form-data" { (csrf_field(csrf)) (body) } }
}
