use super::hash::{Hash, empty_root, node_hash};

/// A tree with the hashes of all its complete subtrees, so that any proof over any of its former sizes costs a few
/// look-ups and hashes.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// Level 0 has the leaves; level `k` the nodes over `2^k` leaves each.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// A tree over `leaves`, which are hashes of entries.
    pub fn of(leaves: impl IntoIterator<Item = Hash>) -> Self {
        let mut tree = Self::default();
        leaves.into_iter().for_each(|leaf| tree.push(leaf));
        tree
    }

    /// How many entries it has.
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, Vec::len) as u64
    }

    /// The hash of entry `index`.
    pub fn leaf(&self, index: u64) -> Option<Hash> {
        self.levels.first()?.get(usize::try_from(index).ok()?).copied()
    }

    /// Adds an entry by its hash.
    pub fn push(&mut self, leaf: Hash) {
        let mut node = leaf;
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let nodes = &mut self.levels[level];
            nodes.push(node);
            if nodes.len() % 2 == 1 {
                return;
            }
            node = node_hash(&nodes[nodes.len() - 2], &nodes[nodes.len() - 1]);
        }
    }

    /// The root of its first `size` entries; none if it has fewer.
    pub fn root_of(&self, size: u64) -> Option<Hash> {
        match size {
            0 => Some(empty_root()),
            size if size <= self.size() => Some(self.range(0, size)),
            _ => None,
        }
    }

    /// The root of all its entries.
    pub fn root(&self) -> Hash {
        self.root_of(self.size()).unwrap_or_else(empty_root)
    }

    /// The same entries with another in the place of entry `index`, if there is one.
    #[must_use]
    pub fn with_leaf(&self, index: u64, leaf: Hash) -> Self {
        let leaves = self.levels.first().into_iter().flatten().copied();
        Self::of(leaves.zip(0..).map(|(own, at)| if at == index { leaf } else { own }))
    }

    /// The hash over entries `begin..end`, of which there is at least one and which the tree has. `begin` is where the
    /// splitting of section 2.1.1 can begin a subtree, so a power of two of entries is one of the kept nodes.
    pub(super) fn range(&self, begin: u64, end: u64) -> Hash {
        let size = end - begin;
        if size.is_power_of_two() {
            let level = size.trailing_zeros();
            return self.levels[level as usize][(begin >> level) as usize];
        }
        let middle = begin + split(size);
        node_hash(&self.range(begin, middle), &self.range(middle, end))
    }
}

/// The largest power of two below `size`, which is at least 2: where a tree is split.
pub(super) fn split(size: u64) -> u64 {
    1 << (u64::BITS - 1 - (size - 1).leading_zeros())
}
