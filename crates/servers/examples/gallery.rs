//! Writes the gallery of components, with its assets, into a folder that any static file server can show.
//!
//! `cargo run -p servers --example gallery -- DIR`

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use servers::web::assets::all;
use servers::web::ui::{Theme, gallery, gallery_workspace};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("name a folder to write to")?);
    fs::create_dir_all(folder.join("assets"))?;
    fs::write(folder.join("components.html"), gallery(Theme::Auto).into_string())?;
    fs::write(folder.join("workspace.html"), gallery_workspace(Theme::Auto).into_string())?;
    for asset in all() {
        fs::write(folder.join(asset.href.trim_start_matches('/')), asset.bytes)?;
    }
    Ok(())
}
