//! What people may do to a live house.

use serde::{Deserialize, Serialize};

use super::Resource;
use crate::play::Handle;
use crate::population::{Bed, Unit};
use crate::writer::Disposition;

/// One intervention. Each is kept in the log with its time, so that a day can be played again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Command {
    /// Somebody whom the house does not move lies in this bed now.
    Occupy {
        /// The bed.
        bed: Bed,
    },
    /// They have left it.
    Vacate {
        /// The bed.
        bed: Bed,
    },
    /// The bed is out of use.
    CloseBed {
        /// The bed.
        bed: Bed,
    },
    /// It is in use again.
    OpenBed {
        /// The bed.
        bed: Bed,
    },
    /// There are so many of a resource from now on.
    Staff {
        /// Which.
        resource: Resource,
        /// How many, at most 100.
        count: u16,
    },
    /// So many percent of the usual arrivals from the next hour on: 0 is a closed door, 300 a disaster.
    Arrivals {
        /// At most 1000.
        percent: u16,
    },
    /// A visit ends now.
    Discharge {
        /// The visit.
        visit: Handle,
        /// Where to.
        disposition: Disposition,
    },
    /// A patient moves to another unit when it has a free bed; it must have one now.
    Move {
        /// The visit.
        visit: Handle,
        /// Where to.
        unit: Unit,
    },
}

/// A command with the virtual time it was given at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Logged {
    /// Virtual microseconds.
    pub at_us: i64,
    /// The command.
    pub command: Command,
}

/// Why a command changed nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no such bed, or it is not in the state that the command needs.
    #[error("bed {number} of {unit} cannot be used so: look at the bed board for one that can")]
    Bed {
        /// What the door of the unit says.
        unit: &'static str,
        /// The number asked for.
        number: u16,
    },
    /// No visit of that name is going on.
    #[error("no visit of that name is going on: look at the census for those that are")]
    Visit,
    /// The unit has no free bed.
    #[error("{0} has no free bed: discharge somebody, or choose another unit")]
    Full(&'static str),
    /// A number is too large.
    #[error("{0} is too many: give at most {1}")]
    TooMany(u16, u16),
}

impl Refused {
    pub(super) fn bed(bed: Bed) -> Self {
        Self::Bed { unit: bed.unit.label(), number: bed.number }
    }
}
