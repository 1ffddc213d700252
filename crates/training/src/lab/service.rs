//! A learner's own service of decision support, asked about patients that nobody has seen.

use super::HiddenOrder;

/// Hidden orders at which a service of the learner is called (CDS Hooks).
#[derive(Debug, Clone)]
pub struct ServiceTest {
    /// The hook it is called at, such as `order-sign`.
    pub hook: String,
    /// The orders; for the dangerous ones a warning is due, for the others nothing.
    pub orders: Vec<HiddenOrder>,
    /// The check whose orders are meant, if it has none of its own: several look at the same answers.
    pub orders_of: Option<String>,
    /// What of the answers is looked at.
    pub aspect: Aspect,
}

/// What of a service's answers is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    /// Wherever a warning is due, there is one.
    Caught,
    /// Where none is due, nothing is said.
    Quiet,
    /// Half of the answers, at least, come within so many milliseconds.
    Prompt(u32),
    /// A call without the data that was asked for gets 412, or the right answer all the same.
    Unfetched,
}

impl Aspect {
    /// Whether the service gets what it asked to know beforehand.
    #[must_use]
    pub fn is_fetched(self) -> bool {
        self != Self::Unfetched
    }
}
