//! Whether two records are of the same person.
//!
//! Each trait that both records have is compared and gives a likeness from 0 to 1. What it weighs depends on how
//! much it says: an equal record number much, an equal sex little. A different phone number says less than an equal one,
//! because people move and change theirs.
//!
//! | trait | alike if | weighs if alike | if not |
//! |---|---|---|---|
//! | identifier | equal in the same system | 8 | 0 |
//! | family name | equal, or by Jaro-Winkler from 0.80 on; given and family name exchanged count 0.8 | 3 | 3 |
//! | given name | the same | 2 | 2 |
//! | birth date | equal 1, day and month exchanged 0.9, one digit wrong 0.8, only the year known and equal 0.6 | 3 | 3 |
//! | sex | equal | 1 | 2 |
//! | phone | equal in its last seven digits | 2 | 0.5 |
//! | address | equal postal code 0.6, and a street by Jaro-Winkler | 1.5 | 0.5 |
//!
//! The score is the weighted mean, lowered in proportion while less than 8 was compared: a name alone proves nothing.
//! From 0.95 on with at least 10 compared it is certain, from 0.85 probable, from 0.65 possible.

mod date;
mod likeness;
mod score;
mod similarity;
mod traits;

#[cfg(test)]
mod tests;

pub use date::{exchanged, likeness as date_likeness};
pub use score::{Grade, Score, score};
pub use similarity::{edits, jaro_winkler};
pub use traits::{Address, Traits};
