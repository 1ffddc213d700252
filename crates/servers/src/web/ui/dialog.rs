//! A question asked before something is done.

use maud::{Markup, html};

use super::button::{Look, opener, submit};
use super::form::csrf_field;
use super::icon::Icon;

/// A button, and the question that stands between it and what it does.
#[derive(Debug, Clone)]
pub struct Confirm<'a> {
    /// An id that is unique on the page.
    pub id: &'a str,
    /// The button that asks.
    pub opens: &'a str,
    /// Its picture.
    pub icon: Option<Icon>,
    /// The question.
    pub title: &'a str,
    /// What will happen, and any choices or fields that go with it.
    pub body: Markup,
    /// Where the answer is posted.
    pub action: &'a str,
    /// The button that does it.
    pub does: &'a str,
    /// How that button looks: [`Look::Danger`] where something is lost.
    pub look: Look,
}

/// The button with its dialog. The dialog is native: focus stays inside, Escape closes it.
#[must_use]
pub fn confirm(confirm: &Confirm<'_>, csrf: &str) -> Markup {
    let title = format!("{}-title", confirm.id);
    html! {
        confirm-dialog {
            (opener(confirm.opens, confirm.icon, Look::Plain))
            dialog.dialog id=(confirm.id) aria-labelledby=(title) {
                form method="post" action=(confirm.action) {
                    (csrf_field(csrf))
                    div.dialog-head { h2 id=(title) { (confirm.title) } }
                    div.dialog-body { (confirm.body) }
                    div.dialog-foot {
                        button.button type="button" data-close { "Cancel" }
                        (submit(confirm.does, confirm.look))
                    }
                }
            }
        }
    }
}
