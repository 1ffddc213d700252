use ::lake::{Cause, PolicyProblem, Refused, Trouble};
use store::StoreError;

use crate::views::ViewProblem;

/// Why something could not be done with the lake.
#[derive(Debug, thiserror::Error)]
pub enum LakeError {
    /// This program was started without an engine.
    #[error(
        "this server was started without the engine of the data lake; start it with the command practicum serve"
    )]
    NoEngine,
    /// There is no snapshot yet.
    #[error("this hospital has no snapshot yet; take one, then ask")]
    NoSnapshot,
    /// There is no snapshot of this number.
    #[error(
        "there is no snapshot {0}; the list of snapshots has those there are, of which the oldest go in time"
    )]
    UnknownSnapshot(u64),
    /// A snapshot is being taken already, or too many are.
    #[error("{0}")]
    Busy(String),
    /// The policy grants nothing.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The role may not do it.
    #[error(transparent)]
    Denied(#[from] hospital::staff::Denied),
    /// A reason does not help, or is none.
    #[error("{0}")]
    Reason(String),
    /// There is no saved question of this name.
    #[error("there is no saved question '{0}'; the list has those there are")]
    UnknownQuestion(String),
    /// A question that cannot be saved.
    #[error("{0}")]
    Question(String),
    /// A policy that cannot be taken.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Policy(Vec<PolicyProblem>),
    /// A resource does not go into a view.
    #[error("the view {view} cannot be run over this hospital: {problem}")]
    View {
        /// The view.
        view: String,
        /// What is wrong.
        problem: ViewProblem,
    },
    /// The question has no answer.
    #[error(transparent)]
    Trouble(#[from] Trouble),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl LakeError {
    /// The journal's word for how it ended.
    pub(super) fn outcome(&self) -> &'static str {
        match self {
            Self::Refused(_) | Self::Denied(_) => "denied",
            Self::Trouble(Trouble { cause: Cause::Forbidden, .. }) => "denied",
            _ => "failed",
        }
    }
}
