use std::time::Duration;

/// How long a peer is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// From the connection to the request for an association: the ARTIM timer (PS3.8, 9.1.5).
    pub request: Duration,
    /// Between two messages.
    pub idle: Duration,
    /// Within a PDU, and for a peer to take what is sent.
    pub within: Duration,
    /// For a node that objects are delivered to, to answer each step.
    pub delivery: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            request: Duration::from_secs(10),
            idle: Duration::from_secs(60),
            within: Duration::from_secs(15),
            delivery: Duration::from_secs(15),
        }
    }
}
