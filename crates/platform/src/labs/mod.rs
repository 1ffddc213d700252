//! Labs at work: a learner starts one, is shown what to do, is judged by what really happens, is helped, and starts over.
//!
//! What a verdict, a price or a reset *means* is decided in `training`; here is everything around it that has an effect.
//! [`Platform::start_attempt`](crate::Platform::start_attempt) lays a sandbox over the lab's image, makes the attempt's
//! values and places its problem. [`Platform::check_attempt`](crate::Platform::check_attempt) looks up what the checks
//! ask for and keeps the verdicts as evidence; a [`Grader`] does the same by itself whenever something happens that a
//! check depends on. Requests to the network faces, for probes and for [`verify`], go through [`Hands`], which whoever
//! owns the faces lends.
//!
//! Three promises about the journal. Looking is not a deed: checks read past the journal, so no verdict rests on an entry
//! that a check itself has left; what a probe leaves carries the source [`GRADER`]. What the platform does is not the
//! learner's doing: its entries have the actor [`PLATFORM`], and neither they nor anything before the learner came count.
//! And the journal keeps the secret: a placed problem is journalled as `lab.setup`, without saying what was written.

mod actors;
mod answer;
mod authorize;
mod case;
mod catalogue;
mod check;
mod deed;
mod earlier;
mod error;
mod facts;
mod gather;
mod grader;
mod hands;
mod hint;
mod lakes;
mod ledgers;
mod list;
mod look;
mod modality;
mod overview;
mod past;
mod player;
mod reach;
mod replay;
mod reset;
mod search;
mod seed;
mod send;
mod setup;
mod stand_ins;
mod start;
mod states;
mod turns;
mod undo;
mod verify;
mod view;

pub use actors::{GRADER, PLATFORM};
pub use catalogue::{DrillSummary, LabSummary, TrackSummary};
pub use check::Checked;
pub(crate) use deed::do_as;
pub use error::LabError;
pub use grader::Grader;
pub use hands::{Answered, ArchiveCall, Errand, Hands, Knock, Posting, Program, Serving};
pub use hint::Hint;
pub(crate) use look::{Looking, is_of_a_hospital};
pub use overview::{
    AttemptDetail, CheckDetail, LabCell, LabHead, LabState, LearnerDetail, LearnerRow, Overview,
};
pub(crate) use past::{START, is_own_snapshot};
pub use player::LabPlayer;
pub use replay::{Moment, Replay, What};
pub(crate) use search::search;
pub use start::Start;
pub use states::Standing;
pub(crate) use states::states_from;
pub use store::records::{Attempt, AttemptId, AttemptState};
pub use training::attempt::Grain;
pub use training::proof::{Finding, Proof, Speed};
pub use training::script::Reply;
pub(crate) use turns::Turns;
pub use verify::{LabReport, Report, verify};
pub use view::{AttemptView, CheckView, HintOffer, HintView, Question, StepView};
