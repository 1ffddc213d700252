use data_encoding::HEXLOWER;
use proptest::prelude::*;

use super::*;

/// The entries and roots that the reference implementations of Certificate Transparency test with.
const ENTRIES: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn counted(entries: u64) -> Tree {
    Tree::of((0..entries).map(|entry| leaf_hash(&entry.to_be_bytes())))
}

#[test]
fn the_roots_are_those_of_certificate_transparency() {
    let mut tree = Tree::default();
    assert_eq!(tree.root(), empty_root());
    for (entry, root) in ENTRIES.iter().zip(ROOTS) {
        tree.push(leaf_hash(&HEXLOWER.decode(entry.as_bytes()).unwrap()));
        assert_eq!(HEXLOWER.encode(&tree.root()), root);
    }
}

#[test]
fn every_entry_is_proven_in_every_size() {
    let tree = counted(70);
    for size in 1..=70 {
        let root = tree.root_of(size).unwrap();
        for index in 0..size {
            let path = tree.inclusion(index, size).unwrap();
            included(&tree.leaf(index).unwrap(), index, size, &root, &path).unwrap();
        }
        assert_eq!(tree.inclusion(size, size), None);
    }
    assert_eq!(tree.inclusion(0, 71), None);
}

#[test]
fn every_size_is_proven_to_begin_every_larger_one() {
    let tree = counted(70);
    for new in 0..=70 {
        for old in 0..=new {
            let (old_root, new_root) = (tree.root_of(old).unwrap(), tree.root_of(new).unwrap());
            let path = tree.consistency(old, new).unwrap();
            consistent(old, &old_root, new, &new_root, &path).unwrap();
        }
        assert_eq!(tree.consistency(new + 1, new), None);
    }
}

#[test]
fn a_rewritten_history_cannot_be_proven() {
    let honest = counted(50);
    for changed in 0..30 {
        let rewritten = honest.with_leaf(changed, leaf_hash(b"another"));
        let path = rewritten.consistency(30, 50).unwrap();
        let judged = consistent(30, &honest.root_of(30).unwrap(), 50, &rewritten.root(), &path);
        assert_eq!(judged, Err(ProofFault::OldRoot));
    }
}

proptest! {
    #[test]
    fn an_altered_inclusion_proof_is_refused(
        size in 1_u64..300, pick in any::<u64>(), at in any::<prop::sample::Index>(), bit in 0..8_u8, cut in any::<bool>(),
    ) {
        let (tree, index) = (counted(size), pick % size);
        let (leaf, root) = (tree.leaf(index).unwrap(), tree.root());
        let mut path = tree.inclusion(index, size).unwrap();
        prop_assert!(included(&leaf_hash(b"another"), index, size, &root, &path).is_err());
        for elsewhere in (0..size).filter(|elsewhere| *elsewhere != index) {
            prop_assert!(included(&leaf, elsewhere, size, &root, &path).is_err());
        }
        if cut && path.pop().is_some() || path.is_empty() {
            prop_assert!(included(&leaf, index, size, &root, &path).is_err() || size == 1);
            path.push(root);
            path.push(root);
        } else {
            let node = at.index(path.len());
            path[node][at.index(32)] ^= 1 << bit;
        }
        prop_assert!(included(&leaf, index, size, &root, &path).is_err());
    }

    #[test]
    fn no_hashes_at_all_make_a_judge_panic(
        old in any::<u64>(), new in any::<u64>(), path in prop::collection::vec(any::<Hash>(), 0..70),
    ) {
        let root = [7; 32];
        prop_assert!(included(&root, old, new, &empty_root(), &path).is_err());
        prop_assert!(consistent(old, &root, new, &empty_root(), &path).is_err());
    }
}
