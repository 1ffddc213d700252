//! Proof Key for Code Exchange (RFC 7636), with S256 alone: `plain` would show the secret to whoever sees the request.

use data_encoding::BASE64URL_NOPAD;
use ring::digest::{SHA256, digest};

/// Whether this is what S256 makes: 43 characters of base64url.
#[must_use]
pub fn is_challenge(challenge: &str) -> bool {
    BASE64URL_NOPAD.decode(challenge.as_bytes()).is_ok_and(|bytes| bytes.len() == 32)
}

/// Whether `verifier` is what `challenge` was made from. A verifier has 43 to 128 unreserved characters (RFC 7636, 4.1).
#[must_use]
pub fn verifies(challenge: &str, verifier: &str) -> bool {
    let sound = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    (43..=128).contains(&verifier.len()) && verifier.chars().all(sound) && challenge_of(verifier) == challenge
}

/// What S256 makes of a verifier.
#[must_use]
pub fn challenge_of(verifier: &str) -> String {
    BASE64URL_NOPAD.encode(digest(&SHA256, verifier.as_bytes()).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard_verifies() {
        // RFC 7636, appendix B.
        let (verifier, challenge) =
            ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert!(is_challenge(challenge));
        assert!(verifies(challenge, verifier));
        assert!(!verifies(challenge, &verifier.replace('d', "e")));
        assert!(!verifies(verifier, verifier), "plain");
        assert!(!verifies(&challenge_of("short"), "short"));
        assert!(!is_challenge(""));
    }
}
