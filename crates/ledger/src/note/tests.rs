use super::*;
use crate::tree::{Tree, included, leaf_hash};

fn log_key() -> SecretKey {
    SecretKey::from_seed("hospital.example/log", Role::Log, &[1; 32])
}

fn witness_key() -> SecretKey {
    SecretKey::from_seed("witness.example/harbor", Role::Witness, &[2; 32])
}

fn proof() -> EntryProof {
    let tree = Tree::of((0..11_u8).map(|entry| leaf_hash(&[entry])));
    let origin = "hospital.example/log".to_owned();
    let mut note = Note::new(Checkpoint { origin, size: 11, root: tree.root() }.to_string());
    note.sign(&log_key());
    note.cosign(&witness_key(), 1_790_000_000);
    EntryProof { index: 6, path: tree.inclusion(6, 11).unwrap(), checkpoint: note }
}

/// The key and note that the Go implementation documents (golang.org/x/mod/sumdb/note).
#[test]
fn a_note_signed_by_others_is_read() {
    let key = PublicKey::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").unwrap();
    let text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n\
                \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    let note = Note::parse(text).unwrap();
    note.signed_by(&key).unwrap();
    assert_eq!(note.to_string(), text);
}

#[test]
fn a_proof_reads_back_and_holds() {
    let text = proof().to_string();
    let read = EntryProof::parse(&text).unwrap();
    assert_eq!(read.to_string(), text);
    let checkpoint = Checkpoint::open(&read.checkpoint, log_key().public()).unwrap();
    included(&leaf_hash(&[6]), read.index, checkpoint.size, &checkpoint.root, &read.path).unwrap();
    assert_eq!(read.checkpoint.cosigned_by(witness_key().public()).unwrap().time_s, 1_790_000_000);
}

#[test]
fn keys_read_back_and_their_hash_is_checked() {
    for key in [log_key(), witness_key()] {
        let text = key.public().to_string();
        assert_eq!(&PublicKey::parse(&text).unwrap(), key.public());
        assert!(PublicKey::parse(&text.replacen("example", "exampel", 1)).is_err());
    }
    for bad in ["", "a", "a+b", "a+00000000+", "a b+00000000+AQ==", "a+00000000+Bg=="] {
        assert!(PublicKey::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn no_single_changed_character_goes_unnoticed() {
    let text = proof().to_string();
    for (at, old) in text.char_indices() {
        let new = if old == 'A' { 'B' } else { 'A' };
        let changed = format!("{}{new}{}", &text[..at], &text[at + old.len_utf8()..]);
        assert!(!holds(&changed), "character {at} of\n{changed}");
        assert!(!holds(&text[..at]), "cut off at {at}");
    }
}

fn holds(text: &str) -> bool {
    let Ok(read) = EntryProof::parse(text) else { return false };
    let Ok(stated) = Checkpoint::open(&read.checkpoint, log_key().public()) else { return false };
    included(&leaf_hash(&[6]), read.index, stated.size, &stated.root, &read.path).is_ok()
        && read.index == 6
        && read.checkpoint.cosigned_by(witness_key().public()).is_ok()
}

#[test]
fn a_signature_of_one_role_does_not_pass_for_the_other() {
    let note = proof().checkpoint;
    assert_eq!(
        note.signed_by(witness_key().public()),
        Err(NoteFault::Unsigned("witness.example/harbor".into()))
    );
    assert!(note.cosigned_by(log_key().public()).is_err());
}
