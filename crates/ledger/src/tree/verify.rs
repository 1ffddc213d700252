use super::hash::{Hash, empty_root, node_hash};

/// Why a proof proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofFault {
    /// The entry would stand behind the end.
    #[error("entry {index} cannot be in a tree of {size}: places count from 0")]
    Outside {
        /// The entry's place.
        index: u64,
        /// The size of the tree.
        size: u64,
    },
    /// The older tree would be the larger.
    #[error("a tree of {old} entries cannot be the beginning of one of {new}")]
    Backwards {
        /// The size of the older tree.
        old: u64,
        /// The size of the newer one.
        new: u64,
    },
    /// Too few or too many hashes for trees of these sizes.
    #[error("the proof has {given} hashes, which trees of these sizes do not take")]
    Length {
        /// Hashes in the proof.
        given: usize,
    },
    /// The hashes lead to another root than the older tree's.
    #[error("the hashes do not lead to the root of the older tree")]
    OldRoot,
    /// The hashes lead to another root than the tree's.
    #[error("the hashes do not lead to the root of the tree")]
    Root,
}

/// Whether `path` proves that the entry with hash `leaf` is entry `index` of the tree of `size` entries with `root`
/// (RFC 9162, 2.1.3.2).
///
/// # Errors
/// What is wrong with the proof.
pub fn included(leaf: &Hash, index: u64, size: u64, root: &Hash, path: &[Hash]) -> Result<(), ProofFault> {
    if index >= size {
        return Err(ProofFault::Outside { index, size });
    }
    let length = ProofFault::Length { given: path.len() };
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for node in path {
        if last == 0 {
            return Err(length);
        }
        if at % 2 == 1 || at == last {
            hash = node_hash(node, &hash);
            while at != 0 && at.is_multiple_of(2) {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            hash = node_hash(&hash, node);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    if last != 0 {
        return Err(length);
    }
    if hash == *root { Ok(()) } else { Err(ProofFault::Root) }
}

/// Whether `path` proves that the tree of `old` entries with `old_root` is the beginning of the tree of `new` entries with
/// `new_root` (RFC 9162, 2.1.4.2). Every tree begins with the empty one.
///
/// # Errors
/// What is wrong with the proof.
pub fn consistent(
    old: u64,
    old_root: &Hash,
    new: u64,
    new_root: &Hash,
    path: &[Hash],
) -> Result<(), ProofFault> {
    let length = ProofFault::Length { given: path.len() };
    if old > new {
        return Err(ProofFault::Backwards { old, new });
    }
    if old == 0 || old == new {
        let expected = if old == 0 { empty_root() } else { *new_root };
        return match (path.is_empty(), expected == *old_root) {
            (false, _) => Err(length),
            (_, false) => Err(ProofFault::OldRoot),
            _ => Ok(()),
        };
    }
    let mut path = path.iter();
    let start = if old.is_power_of_two() { old_root } else { path.next().ok_or(length)? };
    let levels = (old - 1).trailing_ones();
    let (mut at, mut last) = ((old - 1) >> levels, (new - 1) >> levels);
    let (mut old_hash, mut new_hash) = (*start, *start);
    for node in path {
        if last == 0 {
            return Err(length);
        }
        if at % 2 == 1 || at == last {
            old_hash = node_hash(node, &old_hash);
            new_hash = node_hash(node, &new_hash);
            while at != 0 && at.is_multiple_of(2) {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            new_hash = node_hash(&new_hash, node);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    match (last == 0, old_hash == *old_root, new_hash == *new_root) {
        (false, ..) => Err(length),
        (_, false, _) => Err(ProofFault::OldRoot),
        (_, _, false) => Err(ProofFault::Root),
        _ => Ok(()),
    }
}
