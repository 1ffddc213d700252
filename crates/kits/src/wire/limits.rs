use std::time::Duration;

use super::Reach;

/// What a server may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long it may take to connect.
    pub connect: Duration,
    /// How long one exchange may take, from first byte to last.
    pub exchange: Duration,
    /// The longest body that is read.
    pub body_bytes_max: usize,
    /// How many redirects are followed.
    pub redirects_max: usize,
    /// How many exchanges in a row may go without an answer before no more are tried.
    pub silences_max: usize,
    /// How many exchanges a run may have.
    pub exchanges_max: usize,
    /// How long a whole run may take, waiting for people not counted.
    pub run: Duration,
    /// Where may be dialled.
    pub reach: Reach,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            exchange: Duration::from_secs(20),
            body_bytes_max: 16 * 1024 * 1024,
            redirects_max: 5,
            silences_max: 3,
            exchanges_max: 5_000,
            run: Duration::from_mins(30),
            reach: Reach::Anywhere,
        }
    }
}
