use super::grow::{Tree, split};
use super::hash::Hash;

impl Tree {
    /// The proof that entry `index` is among the first `size` (RFC 9162, 2.1.3.1); none where it is not.
    pub fn inclusion(&self, index: u64, size: u64) -> Option<Vec<Hash>> {
        if index >= size || size > self.size() {
            return None;
        }
        let (mut begin, mut end, mut path) = (0, size, Vec::new());
        while end - begin > 1 {
            let middle = begin + split(end - begin);
            if index < middle {
                path.push(self.range(middle, end));
                end = middle;
            } else {
                path.push(self.range(begin, middle));
                begin = middle;
            }
        }
        path.reverse();
        Some(path)
    }

    /// The proof that the first `old` entries begin the first `new` (RFC 9162, 2.1.4.1); none where the tree has fewer.
    pub fn consistency(&self, old: u64, new: u64) -> Option<Vec<Hash>> {
        if old > new || new > self.size() {
            return None;
        }
        if old == 0 || old == new {
            return Some(Vec::new());
        }
        let (mut begin, mut end, mut path) = (0, new, Vec::new());
        while end != old {
            let middle = begin + split(end - begin);
            if old <= middle {
                path.push(self.range(middle, end));
                end = middle;
            } else {
                path.push(self.range(begin, middle));
                begin = middle;
            }
        }
        // Whoever asks knows the root of the old tree; if that is this subtree, it need not be told.
        if begin > 0 {
            path.push(self.range(begin, end));
        }
        path.reverse();
        Some(path)
    }
}
