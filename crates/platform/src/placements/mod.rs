//! From proof to place: what hosts offer and ask for, what both sides wish, alone or as a couple, and the match.
//!
//! What is decided stands in the crate `placements`; here it is loaded, kept, and, over files that an organiser keeps, read and written. A match is
//! frozen before it is run: its files, which name nobody, and its seed are kept and published, so that anybody can run it again with `practicum match`.

mod couples;
mod documents;
mod error;
mod freeze;
mod match_files;
mod matches;
mod mine;
mod offered;
mod overrides;
mod ranks;
mod wishes;

pub use couples::MyCouple;
pub use documents::Paper;
pub use error::PlacementError;
pub use freeze::LeftOutWish;
pub use match_files::{MatchError, MatchFiles, MatchResult, match_files};
pub use matches::{MatchSummary, MatchView, Reasons};
pub use mine::MyRound;
pub use offered::{NewPlace, Place};
pub use overrides::Price;
pub use placements::matching::{Audit, Matched, Report, Wants};
pub use placements::places::{DOCUMENTS, DocumentKind, Lack, Requirements, kind_of};
pub use ranks::Applicant;
pub use store::records::{MatchOverride, PairOfPlaces};
