//! What a learner can show: competencies with the evidence behind them, and badges made of it.
//!
//! Evidence is the finished attempts, read anew each time; only badges are kept, because they were handed out.

mod error;
mod issue;
mod shown;
mod signing;

pub use error::PortfolioError;
pub use issue::Badge;
pub use placements::competencies::{Estimate, Level, Standing, Step};
pub use shown::{Next, Portfolio, Shown, Work};
pub use store::records::Credential;
