//! Who contradicted themselves, provably.

use std::collections::BTreeMap;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use super::message::{Kind, Message};
use super::run::Run;
use super::{NAMES, VALIDATORS};

/// Something said and signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    /// What was said.
    pub message: Message,
    /// The signature of [`Message::text`] (Ed25519, RFC 8032).
    pub signature: [u8; 64],
}

/// Two things that one validator signed and that cannot both be honest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The one.
    pub one: Vote,
    /// The other.
    pub other: Vote,
}

impl Run {
    /// Every contradiction, the first of each height, round and kind. Two signatures are enough; that it was seen by nobody
    /// at once is why it has to be looked for.
    pub fn evidence(&self) -> Vec<Contradiction> {
        let mut said: BTreeMap<(u32, u32, Kind, usize), &Message> = BTreeMap::new();
        let mut found = Vec::new();
        for sent in &self.sent {
            let message = &sent.message;
            let at = (message.height, message.round, message.kind, message.from);
            let first = said.entry(at).or_insert(message);
            if first.value != message.value {
                found.push(Contradiction { one: self.signed(first), other: self.signed(message) });
            }
        }
        found
    }

    /// A message with its signature.
    pub fn signed(&self, message: &Message) -> Vote {
        let key = key(self.asked.seed, message.from);
        Vote { message: message.clone(), signature: key.sign(message.text().as_bytes()).to_bytes() }
    }

    /// The keys with which the validators' signatures are checked.
    pub fn keys(&self) -> [[u8; 32]; VALIDATORS] {
        keys_of(self.asked.seed)
    }
}

/// The keys of the validators of a run with this seed.
pub fn keys_of(seed: u64) -> [[u8; 32]; VALIDATORS] {
    std::array::from_fn(|validator| key(seed, validator).verifying_key().to_bytes())
}

/// Whether two signed texts prove that the holder of `key` contradicted itself: both signatures are good, and the texts
/// differ in nothing but what they are for.
pub fn verify(key: &[u8; 32], one: (&str, &[u8; 64]), other: (&str, &[u8; 64])) -> bool {
    let Ok(key) = VerifyingKey::from_bytes(key) else { return false };
    let is_signed = |(text, signature): (&str, &[u8; 64])| {
        key.verify_strict(text.as_bytes(), &Signature::from_bytes(signature)).is_ok()
    };
    // practicum/KIND/HEIGHT/ROUND/VALUE; a value has no slash.
    let split = |text: &str| text.rsplit_once('/').map(|(at, value)| (at.to_owned(), value.to_owned()));
    let (Some(first), Some(second)) = (split(one.0), split(other.0)) else { return false };
    first.0 == second.0 && first.1 != second.1 && is_signed(one) && is_signed(other)
}

fn key(seed: u64, validator: usize) -> SigningKey {
    let digest = Sha256::new().chain_update(seed.to_be_bytes()).chain_update(NAMES[validator]).finalize();
    SigningKey::from_bytes(&digest.into())
}
