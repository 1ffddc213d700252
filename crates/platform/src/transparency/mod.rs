//! The transparency log of a sandbox: its journal, sealed so that somebody outside can check it.
//!
//! Nothing happens when the journal is written. Whoever looks at the log has the entries sealed that came since: copied to
//! the log's archive, and hashed into its tree. The archive and the tree are apart, as in real life: who has rights on the
//! archive can [`edit`] what it says, and the tree shows it. Neither is the journal that checks read.

mod act;
mod error;
mod open;
mod seal;
mod show;
mod verify;

pub use act::{Edit, TellSecond, edit, set_conduct, tell_second};
pub(crate) use act::{edit_unseen, set_conduct_unseen};
pub use error::LogError;
pub use ledger::log::{Accepted, Conduct, Fields, History, Policy, Unproven};
pub use ledger::note::{Checkpoint, EntryProof, GrowthProof, Note, NoteFault, PublicKey};
pub(crate) use open::Logs;
pub(crate) use seal::seal_what_ends;
pub use show::{Shown, Summary, WitnessView, checkpoint, entry, growth, proof, recent, show, summary};
pub use verify::{Judged, Submitted, verify};
