//! The lab workspace: what is asked on one side, the hospital on the other.

use maud::{Markup, html};

use super::icon::Icon;

/// The parts of a workspace.
#[derive(Debug, Clone)]
pub struct Workspace<'a> {
    /// The lab's title.
    pub title: &'a str,
    /// Level, minutes and the like in one line.
    pub meta: &'a str,
    /// Below the title: how far along the learner is.
    pub progress: Markup,
    /// The brief, the steps and the hints.
    pub brief: Markup,
    /// What the learner can do about the lab itself: hint, undo, reset.
    pub actions: Markup,
    /// The tabs of the hospital.
    pub tabs: Markup,
    /// The tab at hand.
    pub work: Markup,
}

/// Both sides. Where there is no room for two, they stand one below the other with a link to each at hand.
#[must_use]
pub fn workspace(parts: &Workspace<'_>) -> Markup {
    html! {
        div.workspace {
            section.brief #brief aria-label="Lab" {
                header.brief-head { div { h1 { (parts.title) } p.small.quiet { (parts.meta) } } (parts.progress) }
                div.brief-body tabindex="0" role="region" aria-label="Brief and checks" { (parts.brief) }
                div.brief-foot { (parts.actions) }
            }
            section.work #work aria-label="Hospital" {
                (parts.tabs)
                div.work-body tabindex="0" role="region" aria-label="Work" { (parts.work) }
            }
            nav.jump aria-label="Sides of the workspace" {
                a href="#brief" { (Icon::List) "Brief and checks" }
                a href="#work" { (Icon::Hospital) "Hospital" }
            }
        }
    }
}
