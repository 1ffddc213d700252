//! New names for things: base-32 text in lower case (RFC 4648 alphabet), easy to read out and safe in a URL.

use data_encoding::BASE32_NOPAD;

use crate::entropy::Entropy;

/// An id for a resource, a person or an attempt: 12 characters, 60 random bits.
pub fn new_id(entropy: &dyn Entropy) -> String {
    characters(entropy, 12)
}

/// An id for a sandbox: 8 characters, 40 random bits, short enough for an MSH segment or an AE title.
pub fn new_sandbox_id(entropy: &dyn Entropy) -> String {
    characters(entropy, 8)
}

fn characters(entropy: &dyn Entropy, count: usize) -> String {
    let mut bytes = [0; 8];
    entropy.fill(&mut bytes);
    let mut text = BASE32_NOPAD.encode(&bytes).to_ascii_lowercase();
    text.truncate(count);
    text
}
