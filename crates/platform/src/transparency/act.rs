use ledger::log::{Conduct, Fields, Second};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::LogError;
use super::open::OpenLog;
use super::show::sealed;
use crate::access::{Access, outcome};
use crate::platform::Platform;

/// What an entry is made to say. What is left out stays.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Edit {
    /// Who did it.
    pub actor: Option<String>,
    /// What it was.
    pub kind: Option<String>,
    /// The patient it is about; empty for none.
    pub subject: Option<String>,
    /// How it ended.
    pub outcome: Option<String>,
}

/// A second history for some of the witnesses.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TellSecond {
    /// The entry that reads otherwise.
    pub index: u64,
    /// What it says there.
    pub edit: Edit,
    /// The witnesses that are shown this history.
    pub shown_to: Vec<String>,
}

impl Edit {
    fn of(&self, mut fields: Fields) -> Vec<u8> {
        let put = |field: &mut String, new: &Option<String>| {
            if let Some(new) = new {
                field.clone_from(new);
            }
        };
        put(&mut fields.actor, &self.actor);
        put(&mut fields.kind, &self.kind);
        put(&mut fields.outcome, &self.outcome);
        if let Some(subject) = &self.subject {
            fields.subject = Some(subject.clone()).filter(|subject| !subject.is_empty());
        }
        fields.to_bytes()
    }
}

/// Changes what the archive says of an entry, with the rights of who administers it. The tree cannot be changed.
///
/// # Errors
/// [`LogError::NoEntry`].
pub fn edit(platform: &Platform, access: &Access, index: u64, edit: &Edit) -> Result<(), LogError> {
    edit_unseen(platform, access, index, edit)?;
    note(access, "log.edited", json!({"index": index}))
}

/// The same without a word in the journal: what somebody did before anybody came.
pub(crate) fn edit_unseen(
    platform: &Platform,
    access: &Access,
    index: u64,
    edit: &Edit,
) -> Result<(), LogError> {
    sealed(platform, access, |log| {
        let edited = log.edited(access, index, edit)?;
        log.standing.edits.insert(index, edited);
        Ok(log.save(access.sandbox())?)
    })
}

/// Lets the operator tell some witnesses another history, or, with none, one history to all again.
///
/// # Errors
/// [`LogError::NoEntry`], [`LogError::NoWitness`].
pub fn tell_second(platform: &Platform, access: &Access, told: Option<&TellSecond>) -> Result<(), LogError> {
    sealed(platform, access, |log| {
        let second = told.map(|told| {
            let known = &log.standing.operator.witnesses;
            let stranger =
                told.shown_to.iter().find(|name| known.iter().all(|witness| witness.name != **name));
            if let Some(stranger) = stranger {
                return Err(LogError::NoWitness(stranger.clone()));
            }
            let entry = log.edited(access, told.index, &told.edit)?;
            Ok(Second { index: told.index, entry, shown_to: told.shown_to.clone() })
        });
        log.standing.operator.second = second.transpose()?;
        Ok(log.save(access.sandbox())?)
    })?;
    note(access, "log.operator", json!({"second_at": told.map(|told| told.index)}))
}

/// Lets a witness behave otherwise.
///
/// # Errors
/// [`LogError::NoWitness`].
pub fn set_conduct(
    platform: &Platform,
    access: &Access,
    name: &str,
    conduct: Conduct,
) -> Result<(), LogError> {
    set_conduct_unseen(platform, access, name, conduct)?;
    note(access, "log.witness", json!({"name": name, "conduct": conduct_word(conduct)}))
}

/// The same without a word in the journal: what was so before anybody came.
pub(crate) fn set_conduct_unseen(
    platform: &Platform,
    access: &Access,
    name: &str,
    conduct: Conduct,
) -> Result<(), LogError> {
    sealed(platform, access, |log| {
        let witnesses = &mut log.standing.operator.witnesses;
        let witness = witnesses.iter_mut().find(|witness| witness.name == name);
        witness.ok_or_else(|| LogError::NoWitness(name.to_owned()))?.conduct = conduct;
        Ok(log.save(access.sandbox())?)
    })
}

/// A conduct as the API and the pages have it.
pub(super) fn conduct_word(conduct: Conduct) -> &'static str {
    match conduct {
        Conduct::Honest => "honest",
        Conduct::Lying => "lying",
        Conduct::Away => "away",
    }
}

impl OpenLog {
    fn edited(&self, access: &Access, index: u64, edit: &Edit) -> Result<Vec<u8>, LogError> {
        let none = || LogError::NoEntry { index, size: self.tree.size() };
        let bytes = self.archived(access.sandbox(), index)?.ok_or_else(none)?;
        Ok(edit.of(Fields::parse(&bytes).ok_or_else(none)?))
    }
}

fn note(access: &Access, kind: &str, detail: Value) -> Result<(), LogError> {
    Ok(access.note(access.event(kind, None, outcome::OK, detail))?)
}
