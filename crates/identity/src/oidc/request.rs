use super::Metadata;
use crate::pkce::challenge_of;
use crate::redirect::{form, with_parameters};

/// What one sign-in is known by when it comes back; each is random, and used once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// Comes back with the browser.
    pub state: String,
    /// Comes back inside the identity token.
    pub nonce: String,
    /// Shows that who redeems the code also asked for it (RFC 7636).
    pub verifier: String,
}

/// Where a browser is sent to sign in (section 3.1.2.1).
#[must_use]
pub fn request(provider: &Metadata, client: &str, back: &str, challenge: &Challenge) -> String {
    let pkce = challenge_of(&challenge.verifier);
    let pairs = [
        ("response_type", "code"),
        ("scope", "openid profile email"),
        ("client_id", client),
        ("redirect_uri", back),
        ("state", &challenge.state),
        ("nonce", &challenge.nonce),
        ("code_challenge", &pkce),
        ("code_challenge_method", "S256"),
    ];
    with_parameters(&provider.authorization_endpoint, &pairs)
}

/// The body with which a code is given for an identity token (section 3.1.3.1), as a form.
#[must_use]
pub fn redemption(
    (client, secret): (&str, Option<&str>),
    back: &str,
    code: &str,
    challenge: &Challenge,
) -> String {
    let mut pairs = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", back),
        ("client_id", client),
        ("code_verifier", &challenge.verifier),
    ];
    pairs.extend(secret.map(|secret| ("client_secret", secret)));
    form(&pairs)
}
