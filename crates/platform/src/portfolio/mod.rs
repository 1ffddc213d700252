//! What a learner can show: competencies with the evidence behind them, and badges made of it.
//!
//! Evidence is finished work, read anew each time: labs and drills that somebody did alone, and what they did with others in drills and
//! workshops, which says less about one of them; only badges are kept, because they were handed out.

mod error;
mod issue;
mod shown;
mod signing;
#[cfg(test)]
mod tests;
mod work;

pub use error::PortfolioError;
pub use issue::Badge;
pub use placements::competencies::{Estimate, Level, Standing, Step};
pub use shown::{Next, Portfolio, Shown};
pub use store::records::Credential;
pub use work::{Help, Source, Work};
