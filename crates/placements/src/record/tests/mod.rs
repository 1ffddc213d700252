//! What a record accepts, what it says, and that it cannot be changed unseen.

mod decisions;
mod files;
mod given;
mod sums;
