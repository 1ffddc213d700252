use store::StoreError;

/// Why an account, a sign-in or a token was refused.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// Login and password do not belong together; which of them is wrong is nobody's business.
    #[error("login or password is wrong; check both and try again")]
    WrongPassword,
    /// The link was never given out, has expired, or was used already.
    #[error("this sign-in link is unknown, expired or used up; ask for a new one")]
    WrongLink,
    /// Too many tries in a short time.
    #[error("too many sign-in attempts; wait {wait_s} seconds and try again")]
    TooMany {
        /// Seconds until the next try is looked at.
        wait_s: u64,
    },
    /// Something a person typed does not fit its rule.
    #[error("{field} {rule}")]
    Invalid {
        /// Which field of the form.
        field: &'static str,
        /// What it must be.
        rule: &'static str,
    },
    /// The records refused; a taken login comes as [`StoreError::Conflict`].
    #[error(transparent)]
    Store(#[from] StoreError),
}
