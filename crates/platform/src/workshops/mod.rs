//! Workshops: people of several professions work one case in one living hospital.
//!
//! [`workshops`] decides; this module is where its events are kept, in the platform's own records and not in the hospital's journal, which others may
//! read. An [act](act) is decided, told to the [drill beneath](crate::drills), and becomes events; what the hospital does by itself
//! meanwhile becomes events too, in the thread [`Workshops`]. What somebody sees of one is a [projection](view) for them and
//! nothing else. [`verify`] proves cases by playing their teams. Beside all that lies a [board](board), which is written by
//! its people alone.

mod act;
mod board;
mod driver;
mod error;
mod house;
mod members;
mod raters;
mod report;
mod rooms;
mod schedule;
mod shelf;
mod table;
mod verify;
mod view;

pub use board::{BoardDifference, BoardView, Looker, board_channel_of};
pub use boards::contents::{
    Card as BoardCard, Contents as BoardContents, Lane, Link as BoardLink, Step as BoardStep, StepKind,
};
pub use driver::Workshops;
pub use error::WorkshopError;
pub use house::HouseFigure;
pub use members::Arrived;
pub(crate) use rooms::Rooms;
pub use schedule::NewWorkshop;
pub(crate) use shelf::world;
pub use shelf::{case, check_cases, shelf};
pub use store::records::Workshop;
pub use verify::{CaseReport, TeamReport, verify_cases};
pub use view::{WorkshopView, channel_of};
pub use workshops::measure::{
    Agreement, Choice, Kappa, Measures, Rated, RatedBehaviour, RoleFacts, SettledAs, Situation,
};
pub use workshops::model::{Behaviour, Case, Discipline, Key, LEVELS};
pub use workshops::report::{AfterAction, PlanRow, Rating, Row};
pub use workshops::run::{Act, Mark, Sbar};
pub use workshops::see::{
    Console, DecisionSeen, FactSeen, HandOffSeen, HappenedSeen, MessageSeen, PhaseSeen, Projection,
    QuestionsSeen, RaterSeen, RatingSeen, Seat, Tally,
};
