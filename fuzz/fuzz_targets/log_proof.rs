//! Notes and proofs of a transparency log: they are refused or print back, and nothing but what was sealed is proven.
#![no_main]

use ledger::log::{Fields, Operator, Policy};
use ledger::note::{EntryProof, GrowthProof, Note, PublicKey};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Some(fields) = Fields::parse(bytes) {
        assert_eq!(fields.to_bytes(), bytes);
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = PublicKey::parse(text);
    if let Ok(note) = Note::parse(text) {
        assert_eq!(Note::parse(&note.to_string()), Ok(note));
    }
    let log = Operator::new("practicum.example/log", [1; 32]).key();
    let policy = Policy { log, witnesses: Vec::new(), quorum: 0 };
    if let Ok(proof) = EntryProof::parse(text) {
        assert_eq!(EntryProof::parse(&proof.to_string()).as_ref(), Ok(&proof));
        assert!(policy.entry(b"never sealed", &proof).is_err());
    }
    if let Ok(growth) = GrowthProof::parse(text) {
        assert_eq!(GrowthProof::parse(&growth.to_string()).as_ref(), Ok(&growth));
        assert!(policy.growth(&growth.checkpoint, &growth).is_err());
    }
});
