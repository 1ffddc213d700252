//! What the pages of a project have in common.

use maud::{Markup, html};
use platform::projects::{Did, ProjectView, State};

use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::counted;
use crate::web::ui::{Icon, Link, Look, Tone, link_button, post_form, sheet, tag, tag_with};

/// A project, and the token of the reader's forms.
#[derive(Clone, Copy)]
pub(super) struct Drawn<'a> {
    pub(super) view: &'a ProjectView,
    pub(super) csrf: &'a str,
}

impl Drawn<'_> {
    /// The address of the project's own page.
    pub(super) fn root(&self) -> String {
        format!("/projects/{}", self.view.record.id)
    }

    /// Whether it goes on.
    pub(super) fn is_open(&self) -> bool {
        self.view.run.closed_us.is_none()
    }

    /// Whether the reader is of the team, and it goes on.
    pub(super) fn works(&self) -> bool {
        self.is_open() && self.view.is_member
    }

    /// Whether the reader is of the panel, and it goes on.
    pub(super) fn rules(&self) -> bool {
        self.is_open() && !self.view.is_member
    }

    /// A form that does something and comes back to a part of the project: `#backlog`, `/milestones/feed`.
    pub(super) fn form(&self, does: &str, back: &str, fields: &Markup) -> Markup {
        post_form(
            &format!("{}/act", self.root()),
            self.csrf,
            &html! {
                input type="hidden" name="do" value=(does);
                input type="hidden" name="back" value=(back);
                (fields)
            },
        )
    }

    /// The way into the hospital, for who may enter or look.
    pub(super) fn way_in(&self, look: Look) -> Markup {
        html! {
            @if let Some(sandbox) = &self.view.record.sandbox {
                (link_button(if self.view.enters { "Enter the hospital" } else { "Look into the hospital" }, &format!("/sandboxes/{sandbox}/patients"), look))
            }
        }
    }
}

/// A page of a project. `under` is what it is called below the project's own page; nothing for that page itself.
pub(super) fn project_page(
    visitor: &Visitor,
    drawn: &Drawn<'_>,
    (under, intro): (Option<&str>, &str),
    content: &Markup,
) -> Markup {
    let view = drawn.view;
    let root = drawn.root();
    let mut crumbs = vec![Link::to("Workshops", "/workshops"), Link::to("Team projects", "/projects")];
    if under.is_some() {
        crumbs.push(Link::to(&view.record.title, &root));
    }
    let title = under.unwrap_or(&view.record.title);
    let content = html! { (said(visitor.said.as_ref())) div.stack { (content) } };
    framed(visitor, Place::Workshops, title, None, &sheet(&crumbs, title, Some(intro), &content))
}

/// How far a milestone has come.
pub(super) fn state_tag(state: State) -> Markup {
    match state {
        State::Accepted => tag_with(Tone::Good, Icon::Check, state.words()),
        State::Returned => tag_with(Tone::Bad, Icon::Undo, state.words()),
        State::Reviewed => tag(Tone::Accent, state.words()),
        State::HandedIn | State::InReview => tag(Tone::Info, state.words()),
        State::Open => tag(Tone::Neutral, state.words()),
    }
}

/// What is on record of somebody, in words.
pub(super) fn recorded(did: &Did, deeds: usize) -> String {
    [
        counted(did.versions, "version written", "versions written"),
        counted(did.reviews, "review given", "reviews given"),
        counted(did.answers, "review answered", "reviews answered"),
        counted(did.items, "thing done", "things done"),
        counted(deeds, "change of the hospital", "changes of the hospital"),
    ]
    .join(" · ")
}
