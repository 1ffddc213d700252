use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What an inject or a command does to the hospital.
///
/// Each is something that really happens there; names of interfaces
/// may end with `*`. Doing one twice is doing it once, so that a drill that was cut off can go on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Effect {
    /// A system fails: nothing goes over its interfaces, and it answers nobody.
    Fail {
        /// The system.
        system: String,
        /// Why, as whoever looks is told.
        reason: String,
    },
    /// A system works again.
    Recover {
        /// The system.
        system: String,
        /// Whether its interfaces wait to be opened one by one.
        #[serde(default)]
        held: bool,
    },
    /// The record is copied to its standby, as it is now.
    Copy,
    /// The record system serves from the copy on its standby, to read only, until it works again.
    ServeCopy,
    /// Interfaces are stopped; messages wait.
    Stop {
        /// Which.
        interfaces: Vec<String>,
    },
    /// Stopped interfaces carry messages again.
    Open {
        /// Which.
        interfaces: Vec<String>,
    },
    /// Whatever sets out over interfaces is lost, and nobody is told: they look as if they were up.
    Swallow {
        /// On which interfaces.
        interfaces: Vec<String>,
    },
    /// Nothing is lost any more on interfaces where it was.
    Mend {
        /// On which interfaces.
        interfaces: Vec<String>,
    },
    /// Messages that wait are thrown away.
    Purge {
        /// On which interfaces.
        interfaces: Vec<String>,
    },
    /// Messages that were refused or thrown away are sent again.
    Resend {
        /// On which interfaces.
        interfaces: Vec<String>,
    },
    /// A measure of the security desk is taken.
    Measure {
        /// The measure, as the desk's interface takes it.
        measure: Value,
    },
    /// A measure of the security desk is lifted.
    Lift {
        /// The measure.
        measure: Value,
    },
    /// An account makes records unreadable, as far as it still gets in.
    Lock {
        /// Whose account is used.
        account: String,
        /// The type of record.
        records: String,
        /// How many at a time.
        count: usize,
    },
    /// Somebody on a ward writes a record anew, as they do all day.
    Write {
        /// Whose account it is.
        account: String,
        /// The type of record.
        records: String,
        /// How many.
        count: usize,
    },
    /// Records are brought back to what they were when the drill began.
    Restore {
        /// What these accounts changed since; what anybody changed, where none is named.
        #[serde(default)]
        accounts: Vec<String>,
    },
}
