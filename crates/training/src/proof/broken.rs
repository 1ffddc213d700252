//! Why a play ended early.

use crate::problem::Problem;

/// Why a play ended early.
pub(super) enum Broken {
    /// At a known place.
    At(Problem),
    /// Somewhere in the running hospital.
    Player(String),
}

impl Broken {
    /// As a problem; `problem` says where to look when nothing better is known.
    pub(super) fn unwrap_or_else(self, problem: impl FnOnce(String) -> Problem) -> Problem {
        match self {
            Self::At(problem) => problem,
            Self::Player(what) => problem(what),
        }
    }
}

impl From<String> for Broken {
    fn from(what: String) -> Self {
        Self::Player(what)
    }
}
