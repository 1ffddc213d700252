//! Labs, tracks, competencies and pathways: from a folder, or those the program was built with.
//!
//! While developing, the folder `content` of the checkout is read as it is; a release carries a copy of it.

mod files;
mod folders;
mod load;
mod named;
mod new_lab;
mod pathways;

pub use files::files;
pub(crate) use folders::folders;
pub use hospital::pathways::Library;
pub use load::{ContentError, check, load};
pub(crate) use named::Named;
pub use new_lab::{NewLabError, new_lab};
pub(crate) use pathways::built_in_pathways;
pub use pathways::{PathwaysError, check_pathways, pathways};
pub use training::content::{Catalogue, SourceFile, Track};
pub use training::problem::{Checked, Problem};
