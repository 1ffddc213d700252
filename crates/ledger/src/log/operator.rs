use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::witness::Witness;
use crate::note::{Checkpoint, EntryProof, GrowthProof, Note, PublicKey, Role, SecretKey};
use crate::tree::{Tree, leaf_hash};

/// Which of its histories an operator shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum History {
    /// What happened.
    #[default]
    First,
    /// The same with one entry that reads otherwise.
    Second,
}

/// A second history: one entry of the first reads otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Second {
    /// Which entry.
    pub index: u64,
    /// What stands in its place.
    pub entry: Vec<u8>,
    /// The witnesses that are shown this history; the others are shown the first.
    pub shown_to: Vec<String>,
}

/// Who keeps the log: its keys, its honesty, and what the witnesses it asks have seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    origin: String,
    secret: [u8; 32],
    /// The second history, if it keeps one.
    pub second: Option<Second>,
    /// Who watches it.
    pub witnesses: Vec<Witness>,
}

/// The witnesses of every log.
const WITNESSES: [&str; 3] = ["harbor", "lakeside", "county"];

impl Operator {
    /// An honest operator of the log `origin`, watched by three honest witnesses. All keys come from `secret`.
    pub fn new(origin: &str, secret: [u8; 32]) -> Self {
        let witnesses = WITNESSES.map(Witness::new).to_vec();
        Self { origin: origin.to_owned(), secret, second: None, witnesses }
    }

    /// The key that signs checkpoints.
    pub fn key(&self) -> PublicKey {
        self.own_key().public().clone()
    }

    /// The key of a witness.
    pub fn witness_key(&self, name: &str) -> PublicKey {
        self.key_of(name).public().clone()
    }

    /// The tree of a history. There is a second one only while the operator keeps one.
    pub fn tree<'a>(&self, first: &'a Tree, history: History) -> Cow<'a, Tree> {
        match (&self.second, history) {
            (Some(second), History::Second) => {
                Cow::Owned(first.with_leaf(second.index, leaf_hash(&second.entry)))
            }
            _ => Cow::Borrowed(first),
        }
    }

    /// A checkpoint over all of a history, signed by the operator and by those witnesses that are shown this history and
    /// do not refuse it. `time_s` is in seconds since 1970 UTC.
    pub fn publish(&mut self, first: &Tree, history: History, time_s: u64) -> Note {
        let tree = self.tree(first, history).into_owned();
        let mut note = self.sign(&tree, tree.size());
        let (log, mut witnesses) = (self.key(), std::mem::take(&mut self.witnesses));
        for witness in witnesses.iter_mut().filter(|witness| self.shows(&witness.name) == history) {
            let path = tree.consistency(witness.seen.size, tree.size()).unwrap_or_default();
            let mut growth = GrowthProof { old: witness.seen.size, path, checkpoint: note };
            // A refusal is kept with the witness, and shows as a signature that is missing.
            drop(witness.see(&mut growth, &log, &self.key_of(&witness.name), time_s));
            note = growth.checkpoint;
        }
        self.witnesses = witnesses;
        note
    }

    /// The proof of an entry, under a checkpoint that was published over `tree`.
    pub fn prove(&self, tree: &Tree, index: u64, checkpoint: Note) -> Option<EntryProof> {
        Some(EntryProof { index, path: tree.inclusion(index, tree.size())?, checkpoint })
    }

    /// The proof that `tree`, with a checkpoint published over it, has only grown since it had `old` entries.
    pub fn prove_growth(&self, tree: &Tree, old: u64, checkpoint: Note) -> Option<GrowthProof> {
        Some(GrowthProof { old, path: tree.consistency(old, tree.size())?, checkpoint })
    }

    /// The checkpoint of a former size, signed by the operator alone.
    pub fn sign(&self, tree: &Tree, size: u64) -> Note {
        let size = size.min(tree.size());
        let root = tree.root_of(size).unwrap_or_else(|| tree.root());
        let mut note = Note::new(Checkpoint { origin: self.origin.clone(), size, root }.to_string());
        note.sign(&self.own_key());
        note
    }

    /// Which history a witness is shown.
    pub fn shows(&self, witness: &str) -> History {
        let second =
            self.second.as_ref().is_some_and(|second| second.shown_to.iter().any(|name| name == witness));
        if second { History::Second } else { History::First }
    }

    fn own_key(&self) -> SecretKey {
        SecretKey::from_seed(&self.origin, Role::Log, &self.seed("log"))
    }

    fn key_of(&self, witness: &str) -> SecretKey {
        let name = format!("{}/witness/{witness}", self.origin);
        SecretKey::from_seed(&name, Role::Witness, &self.seed(&format!("witness {witness}")))
    }

    fn seed(&self, of: &str) -> [u8; 32] {
        Sha256::new().chain_update(self.secret).chain_update(of).finalize().into()
    }
}
