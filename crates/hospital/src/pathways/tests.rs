//! The language of pathways, and the pathways that ship.

use std::sync::{Arc, OnceLock};

use super::{Library, read};

/// The pathways of this checkout, read once.
pub(crate) fn library() -> Arc<Library> {
    static LIBRARY: OnceLock<Arc<Library>> = OnceLock::new();
    Arc::clone(LIBRARY.get_or_init(|| {
        let files = files();
        let checked = read(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let told: Vec<String> = checked.problems.iter().map(ToString::to_string).collect();
        assert!(told.is_empty(), "\n{}", told.join("\n"));
        Arc::new(checked.value)
    }))
}

fn files() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/pathways");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap())).collect()
}
