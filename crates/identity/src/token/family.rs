use serde::{Deserialize, Serialize};

use crate::grant::Grant;

/// All refresh and access tokens that came of one authorization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// What was granted.
    pub grant: Grant,
    /// The hash of the one refresh token that is good now; none where refreshing was not granted.
    pub current: Option<String>,
    /// When refreshing ends, microseconds since 1970 UTC.
    pub expires_us: i64,
    /// Whether the family is at its end: taken back, or a token was used twice.
    pub ended: bool,
}

/// What becomes of a refresh token that somebody brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exchange {
    /// It was the current one; the next has taken its place.
    Rotated,
    /// It was used before: two hold it, and nobody can tell which is the thief. The family has ended.
    Reused,
    /// It is another client's, too old, or of a family that has ended.
    Refused,
}

impl Family {
    /// Exchanges the token of hash `presented`, known to be of this family, for the one of hash `next` (OAuth 2.1, 4.3.1).
    pub fn exchange(&mut self, client: &str, presented: &str, next: &str, now_us: i64) -> Exchange {
        if self.grant.client != client || self.ended {
            return Exchange::Refused;
        }
        if self.current.as_deref() != Some(presented) {
            self.ended = true;
            return Exchange::Reused;
        }
        if now_us >= self.expires_us {
            return Exchange::Refused;
        }
        self.current = Some(next.to_owned());
        Exchange::Rotated
    }
}
