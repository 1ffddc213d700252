use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};
use store::records::SecretHash;

use crate::entropy::Entropy;

/// 32 random bytes.
pub(crate) fn random(entropy: &dyn Entropy) -> [u8; 32] {
    let mut bytes = [0; 32];
    entropy.fill(&mut bytes);
    bytes
}

/// A new secret as text that fits a cookie, a header and a URL (RFC 4648 section 5, without padding).
pub(crate) fn new_secret(entropy: &dyn Entropy) -> String {
    BASE64URL_NOPAD.encode(&random(entropy))
}

/// What is stored of a secret. The secret has 256 random bits, so one fast hash is enough and a look-up by hash tells
/// nothing about it.
pub(crate) fn hash_of(secret: &str) -> SecretHash {
    Sha256::digest(secret.as_bytes()).into()
}
