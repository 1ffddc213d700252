use super::act::{Act, Deed};

/// One request of an attacker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// With which account.
    pub login: String,
    /// From which address.
    pub address: String,
    /// Through which app.
    pub client: String,
    /// What.
    pub deed: Deed,
}

impl Step {
    /// The step done at a moment.
    #[must_use]
    pub fn at(&self, at_us: i64) -> Act {
        let Self { login, address, client, deed } = self.clone();
        Act { at_us, login, address, client, deed, weight: 0, hostile: true }
    }
}

/// A way to the attacker's aim. Whoever is refused on one takes the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// What tells it from the others: `from other addresses`.
    pub name: &'static str,
    /// What is done, in order.
    pub steps: Vec<Step>,
}
