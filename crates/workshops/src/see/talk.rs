use schemars::JsonSchema;
use serde::Serialize;

use super::projection::Viewer;
use crate::model::Case;
use crate::run::{HandedOff, Message, Run, Sbar};

/// Something of the case that came, as somebody hears of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HappenedSeen {
    /// What it is called.
    pub title: String,
    /// From whom it comes.
    pub from: String,
    /// How it comes: telephone, page, screen, door.
    pub medium: String,
    /// What is said.
    pub says: String,
    /// Whether it came to their role alone, or to some.
    pub private: bool,
    /// When, microseconds since 1970 UTC on the hospital's clock.
    pub at_us: i64,
}

/// Something that was said, as somebody hears it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MessageSeen {
    /// The number of its event.
    pub seq: u64,
    /// When, microseconds since 1970 UTC on the hospital's clock.
    pub at_us: i64,
    /// What whoever said it is called.
    pub by: String,
    /// As whom; nothing, for the facilitator and who looks on.
    pub role: Option<String>,
    /// To which role alone: its title.
    pub to: Option<String>,
    /// What.
    pub text: String,
    /// Whether it is a nudge of the facilitator's.
    pub nudge: bool,
}

/// A hand-off, as one of its two sides sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HandOffSeen {
    /// Its number.
    pub number: u64,
    /// Who hands over: the title of the role.
    pub from: String,
    /// Who takes over: the title of the role.
    pub to: String,
    /// In four parts.
    pub sbar: Sbar,
    /// What was said back.
    pub read_back: Option<String>,
    /// Whether the loop is closed.
    pub closed: bool,
    /// Whether the viewer is to read back now.
    pub to_read_back: bool,
    /// Whether the viewer is to say now whether it was read back right.
    pub to_confirm: bool,
    /// When, microseconds since 1970 UTC on the hospital's clock.
    pub at_us: i64,
}

/// What came, as far as it came to the viewer.
pub(super) fn happened(case: &Case, run: &Run, viewer: Viewer<'_>) -> Vec<HappenedSeen> {
    let seen = |came: &crate::run::Came| {
        let only = case.only.get(&came.id);
        let is_mine = only.is_none_or(|roles| {
            let roles: Vec<Option<&str>> = roles.iter().map(|role| Some(role.as_str())).collect();
            viewer.may_hear(&roles)
        });
        let inject = case.inject(&came.id).filter(|_| is_mine)?;
        Some(HappenedSeen {
            title: inject.title.clone(),
            from: inject.from.clone(),
            medium: inject.medium.clone(),
            says: inject.says.clone(),
            private: only.is_some(),
            at_us: came.at_us,
        })
    };
    run.play.came.iter().filter_map(seen).collect()
}

/// What was said, as far as it was said to the viewer.
pub(super) fn messages(case: &Case, run: &Run, viewer: Viewer<'_>) -> Vec<MessageSeen> {
    let is_mine =
        |one: &&Message| one.to.is_none() || viewer.may_hear(&[one.to.as_deref(), one.role.as_deref()]);
    let seen = |one: &Message| MessageSeen {
        seq: one.seq,
        at_us: one.at_us,
        by: run.members.get(&one.by).map_or_else(|| "Somebody".to_owned(), |member| member.name.clone()),
        role: one.role.as_deref().map(|role| case.role_title(role).to_owned()),
        to: one.to.as_deref().map(|role| case.role_title(role).to_owned()),
        text: one.text.clone(),
        nudge: one.nudge,
    };
    run.messages.iter().filter(is_mine).map(seen).collect()
}

/// The hand-offs of which the viewer is one side.
pub(super) fn hand_offs(case: &Case, run: &Run, viewer: Viewer<'_>) -> Vec<HandOffSeen> {
    let over = run.play.ended_us.is_some();
    let mine = run.play.hand_offs.iter().filter(|one| viewer.may_hear(&[Some(&one.from), Some(&one.to)]));
    let seen = |one: &HandedOff| {
        let (closed, is_read) = (one.closed_us.is_some(), one.read_back.is_some());
        let is = |role: &str| viewer.role() == Some(role) && !closed && !over;
        HandOffSeen {
            number: one.number,
            from: case.role_title(&one.from).to_owned(),
            to: case.role_title(&one.to).to_owned(),
            sbar: one.sbar.clone(),
            read_back: one.read_back.clone(),
            closed,
            to_read_back: is(&one.to) && !is_read,
            to_confirm: is(&one.from) && is_read,
            at_us: one.at_us,
        }
    };
    mine.map(seen).collect()
}
