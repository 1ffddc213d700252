//! Looking for what must not be public.

use std::collections::BTreeMap;

use revm::primitives::keccak256;
use sha2::{Digest, Sha256};

use super::state::Chain;

/// Words shorter than this are found everywhere by accident.
const WORD_BYTES_MIN: usize = 4;

/// Words that are looked for, in every form from which somebody can get back to them.
pub struct Scan {
    forms: Vec<Form>,
}

struct Form {
    word: usize,
    kind: &'static str,
    bytes: Vec<u8>,
}

/// A word in a place that everybody can read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Which word, from 0.
    pub word: usize,
    /// In which form it stands there.
    pub form: &'static str,
    /// Where.
    pub place: String,
}

impl Scan {
    /// Looks for these words as text, in small and in capital letters, and as a hash of nothing else (SHA-256, Keccak-256).
    ///
    /// What has few possible values is found by hashing them all, so such a hash says as much as the word.
    pub fn of(words: &[String]) -> Self {
        let mut scan = Self { forms: Vec::new() };
        for (word, text) in words.iter().enumerate().filter(|(_, text)| text.len() >= WORD_BYTES_MIN) {
            for written in [text.clone(), text.to_lowercase(), text.to_uppercase()] {
                let bytes = written.as_bytes();
                scan.add(word, "as text", bytes);
                scan.add(word, "as a hash of it", &Sha256::digest(bytes));
                scan.add(word, "as a hash of it", keccak256(bytes).as_slice());
                scan.add(word, "as text in hexadecimal", revm::primitives::hex::encode(bytes).as_bytes());
            }
        }
        scan
    }

    /// Looks for these bytes too, and says of them `kind`.
    pub fn add(&mut self, word: usize, kind: &'static str, bytes: &[u8]) {
        if self.forms.iter().all(|form| form.bytes != bytes) {
            self.forms.push(Form { word, kind, bytes: bytes.to_vec() });
        }
    }

    /// Everything that is found on a chain: in what transactions say, in what contracts tell of and keep, and in their code.
    pub fn find(&self, chain: &Chain) -> Vec<Found> {
        // By their first four bytes, so that a chain is read once however many words there are.
        let mut by_start: BTreeMap<[u8; 4], Vec<&Form>> = BTreeMap::new();
        for form in &self.forms {
            let Some(start) = form.bytes.first_chunk::<4>() else { continue };
            by_start.entry(*start).or_default().push(form);
        }
        let mut found = Vec::new();
        let mut look = |bytes: &[u8], place: &dyn Fn() -> String| {
            for at in 0..bytes.len().saturating_sub(3) {
                let Some(start) = bytes[at..].first_chunk::<4>() else { continue };
                for form in by_start.get(start).into_iter().flatten() {
                    if bytes[at..].starts_with(&form.bytes) {
                        found.push(Found { word: form.word, form: form.kind, place: place() });
                    }
                }
            }
        };
        for tx in chain.all_included() {
            look(&tx.signed.fields.input, &|| format!("transaction {}", tx.signed.hash));
            for log in &tx.logs {
                let place = || format!("an event of transaction {}", tx.signed.hash);
                log.topics.iter().for_each(|topic| look(topic.as_slice(), &place));
                look(&log.data, &place);
            }
        }
        for (address, account) in &chain.db.cache.accounts {
            let place = || format!("what contract {address} keeps");
            for (slot, value) in &account.storage {
                look(&slot.to_be_bytes::<32>(), &place);
                look(&value.to_be_bytes::<32>(), &place);
            }
            look(&chain.code(*address), &|| format!("the code of contract {address}"));
        }
        found.sort();
        found.dedup();
        found
    }
}
