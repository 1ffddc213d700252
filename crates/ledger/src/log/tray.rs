//! Proofs that came from elsewhere, some of them forged: to try a verifier on, and whoever uses it.

use sha2::{Digest, Sha256};

use super::operator::{History, Operator};
use crate::note::{EntryProof, PublicKey};
use crate::tree::{Tree, leaf_hash};

/// Entries of the log that the proofs come from.
const ENTRIES: u64 = 64;

/// A pile of proofs, and the key of the log that all claim to be from.
#[derive(Debug, Clone)]
pub struct Tray {
    /// The log's key.
    pub key: PublicKey,
    /// The proofs.
    pub sheets: Vec<Sheet>,
}

/// An entry with what is said to prove it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The entry.
    pub entry: Vec<u8>,
    /// The proof, in the text form of the C2SP.
    pub proof: String,
    /// How it was forged; none for a good one.
    pub forged: Option<Forgery>,
}

/// How a proof was forged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forgery {
    /// The entry says something else than the one that was proven.
    Entry,
    /// One hash of the path is another.
    Path,
    /// The path ends before the root.
    Truncated,
    /// It is the proof of another entry.
    Place,
    /// The checkpoint is signed with another's key under the same name.
    Key,
    /// The checkpoint was changed after it was signed.
    Checkpoint,
}

impl Forgery {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Entry, Self::Path, Self::Truncated, Self::Place, Self::Key, Self::Checkpoint];
}

impl Tray {
    /// A pile of so many proofs, of which the seed says which are forged and how: about half, and each forgery at least
    /// once where there is room.
    pub fn new(seed: u64, count: usize) -> Self {
        let draw = |what: &str, at: usize| -> u64 {
            let digest = Sha256::new()
                .chain_update(seed.to_be_bytes())
                .chain_update(what)
                .chain_update(at.to_be_bytes())
                .finalize();
            u64::from_be_bytes(*digest.first_chunk().unwrap_or(&[0; 8]))
        };
        let secret = |of: &str| -> [u8; 32] {
            Sha256::new().chain_update(seed.to_be_bytes()).chain_update(of).finalize().into()
        };
        let entry = |index: u64| {
            let text = format!(
                "claim {index} of batch {}, paid {}.00",
                seed % 10_000,
                40 + draw("sum", index as usize) % 900
            );
            text.into_bytes()
        };
        let tree = Tree::of((0..ENTRIES).map(|index| leaf_hash(&entry(index))));
        let mut operator = Operator::new("payer.example/claims", secret("operator"));
        let mut stranger = Operator::new("payer.example/claims", secret("stranger"));
        let note = operator.publish(&tree, History::First, 1_930_000_000);
        let strange = stranger.publish(&tree, History::First, 1_930_000_000);

        // The places of the pile in an order that the seed says; the first half of that order is forged.
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|at| draw("order", *at));
        let forged = |at: usize| {
            let rank = order.iter().position(|place| *place == at).filter(|rank| *rank < count / 2)?;
            Some(Forgery::ALL[rank % Forgery::ALL.len()])
        };
        let sheet = |at: usize| {
            let index = draw("index", at) % ENTRIES;
            let forged = forged(at);
            let (mut entry, mut checkpoint) = (entry(index), note.clone());
            let shown = match forged {
                Some(Forgery::Place) => (index + 1) % ENTRIES,
                _ => index,
            };
            let mut path = tree.inclusion(shown, ENTRIES).unwrap_or_default();
            match forged {
                Some(Forgery::Entry) => entry.extend(b" twice"),
                Some(Forgery::Path) => path.iter_mut().take(1).for_each(|hash| hash[0] ^= 1),
                Some(Forgery::Truncated) => drop(path.pop()),
                Some(Forgery::Key) => checkpoint = strange.clone(),
                Some(Forgery::Checkpoint) => checkpoint.text = checkpoint.text.replace("\n64\n", "\n65\n"),
                Some(Forgery::Place) | None => {}
            }
            let proof = EntryProof { index: shown, path, checkpoint }.to_string();
            Sheet { entry, proof, forged }
        };
        Self { key: operator.key(), sheets: (0..count).map(sheet).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Policy;
    use super::*;

    #[test]
    fn a_verifier_tells_every_forgery_from_what_is_genuine() {
        for seed in 0..4 {
            let tray = Tray::new(seed, 14);
            let policy = Policy { log: tray.key.clone(), witnesses: Vec::new(), quorum: 0 };
            for sheet in &tray.sheets {
                let proof = EntryProof::parse(&sheet.proof).unwrap();
                let accepted = policy.entry(&sheet.entry, &proof).is_ok();
                assert_eq!(accepted, sheet.forged.is_none(), "seed {seed}: {:?}", sheet.forged);
            }
            let forged = |of| tray.sheets.iter().any(|sheet| sheet.forged == Some(of));
            assert!(Forgery::ALL.into_iter().all(forged), "seed {seed}");
        }
    }
}
