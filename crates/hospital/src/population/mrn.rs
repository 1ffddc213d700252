//! Medical record numbers.

use super::Recipe;
use crate::random::{Key, Permutation};

/// The identifier system of our medical record numbers.
pub const MRN_SYSTEM: &str = "https://practicum.example/mrn";

/// There are this many numbers of seven digits without a leading zero.
const NUMBERS: u64 = 9_000_000;

/// The `nth` medical record number of a hospital: seven digits, no two alike.
///
/// The patients of a recipe hold the first `recipe.patients` of them; those after are
/// free, to be given out in order. Neighbours look unrelated, as real numbers do.
pub fn mrn(recipe: &Recipe, nth: u64) -> String {
    let key = Key::new(recipe.seed).name("mrn");
    (1_000_000 + Permutation::new(key, NUMBERS).apply(nth)).to_string()
}
