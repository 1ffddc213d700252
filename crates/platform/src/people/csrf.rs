use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// What a form of a signed-in page carries to show that it came from our page, not from another site's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsrfToken(String);

impl CsrfToken {
    /// The token of the session that holds this secret. It stays the same while the session lasts, so that pages open
    /// side by side all work.
    pub(crate) fn of(secret: &[u8; 32]) -> Self {
        let digest = Sha256::new().chain_update(b"practicum form token 1\0").chain_update(secret).finalize();
        Self(BASE64URL_NOPAD.encode(&digest))
    }

    /// The token as text, for a hidden field or a header.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `sent` is this token, in time that does not depend on where they differ.
    pub fn matches(&self, sent: &str) -> bool {
        self.0.as_bytes().ct_eq(sent.as_bytes()).into()
    }
}
