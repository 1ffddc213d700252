//! Images made, described and brought in from elsewhere.

mod describe;
mod generate;
mod import;
mod prepare;

pub use describe::date_of;
pub use hospital::population::Recipe;
pub use store::image::{ImageInfo, Images};
pub use generate::{DEFAULT_IMAGE, Format, default_recipe, generate_files, generate_image};
pub use import::{Imported, import_image};
