//! Labs, tracks and competencies: from a folder, or those the program was built with.
//!
//! While developing, the folder `content` of the checkout is read as it is; a release carries a copy of it.

mod files;
mod load;
mod new_lab;

pub use files::files;
pub use load::{ContentError, check, load};
pub use new_lab::{NewLabError, new_lab};
pub use training::content::{Catalogue, SourceFile, Track};
pub use training::problem::{Checked, Problem};
