use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::Deed;

/// One entry of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1.
    pub seq: u64,
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
    /// Who, by the id of a person.
    pub by: String,
    /// The deed as JSON.
    pub body: String,
    /// SHA-256 of the entry before it and of all of the above.
    pub hash: String,
}

/// The entry that a deed becomes.
#[must_use]
pub fn next_entry(last: Option<&Entry>, by: &str, at_us: i64, deed: &Deed) -> Entry {
    let seq = last.map_or(0, |entry| entry.seq) + 1;
    let body = serde_json::to_string(deed).unwrap_or_default();
    let hash = hash(last.map_or("", |entry| entry.hash.as_str()), seq, at_us, by, &body);
    Entry { seq, at_us, by: by.to_owned(), body, hash }
}

/// The number of the first entry that does not follow from the one before it; none if the chain holds.
#[must_use]
pub fn broken_at(entries: &[Entry]) -> Option<u64> {
    let mut before = "";
    for (number, entry) in (1..).zip(entries) {
        let is = hash(before, number, entry.at_us, &entry.by, &entry.body);
        if entry.seq != number || entry.hash != is {
            return Some(number);
        }
        before = &entry.hash;
    }
    None
}

/// The hash of lines that anybody can put together: hash before, number, time, who, deed.
fn hash(before: &str, seq: u64, at_us: i64, by: &str, body: &str) -> String {
    let text = format!("{before}\n{seq}\n{at_us}\n{by}\n{body}");
    HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}
