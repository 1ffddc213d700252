/// What OAuth calls an error (RFC 6749, 4.1.2.1 and 5.2; RFC 7591, 3.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// Something is missing, given twice or not understood.
    InvalidRequest,
    /// The client is unknown, or did not prove who it is.
    InvalidClient,
    /// The code or refresh token is unknown, expired, used, or another client's.
    InvalidGrant,
    /// The client may not ask this way.
    UnauthorizedClient,
    /// Only `code` is answered.
    UnsupportedResponseType,
    /// Only codes, refresh tokens and client credentials are exchanged.
    UnsupportedGrantType,
    /// No scope that is asked for can be granted.
    InvalidScope,
    /// The person said no.
    AccessDenied,
    /// What a client says of itself cannot be accepted.
    InvalidClientMetadata,
    /// One of its addresses cannot be accepted.
    InvalidRedirectUri,
    /// The server failed.
    ServerError,
}

impl Code {
    /// As it is written on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidScope => "invalid_scope",
            Self::AccessDenied => "access_denied",
            Self::InvalidClientMetadata => "invalid_client_metadata",
            Self::InvalidRedirectUri => "invalid_redirect_uri",
            Self::ServerError => "server_error",
        }
    }
}

/// Why something was refused: a word for programs and a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {what}", code.word())]
pub struct Refusal {
    /// The word.
    pub code: Code,
    /// What is wrong, where, and what to try.
    pub what: String,
}

impl Refusal {
    /// A refusal.
    pub fn new(code: Code, what: impl Into<String>) -> Self {
        Self { code, what: what.into() }
    }
}
