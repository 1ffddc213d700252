//! Images made, described and brought in from elsewhere.

mod describe;
mod generate;
mod import;
mod prepare;

pub use describe::date_of;
pub use generate::{DEFAULT_IMAGE, Format, default_recipe, generate_files, generate_image};
pub use hospital::population::Recipe;
pub use import::{Imported, import_image};
pub use store::image::{ImageInfo, Images};
