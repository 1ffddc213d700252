//! Chance, made repeatable.
//!
//! Nothing in the hospital draws from a shared generator. Every decision has a
//! [`Key`] that says what is being decided (this world, this patient, this
//! pathway, this occasion), and a [`Stream`] of numbers that belongs to the key
//! alone. Adding a pathway therefore moves no other pathway, and any patient can
//! be made without making the ones before.
//!
//! Only the four basic operations of IEEE 754 are used on floating point
//! numbers, so that the same key gives the same bytes on every machine.

mod key;
mod permutation;
mod stream;

pub use key::Key;
pub use permutation::Permutation;
pub use stream::Stream;
