//! Cases, mistakes and properties of the match.

mod brute;
mod cases;
mod given;
mod made;
mod mistakes;
mod properties;

use super::*;
use given::{files, places};
