use std::fs;
use std::path::Path;

use rust_embed::Embed;
use store::StoreError;
use training::content::SourceFile;

#[derive(Embed)]
#[folder = "../../content"]
struct BuiltIn;

/// Every file below `folder`, or of the built-in content, sorted by path.
///
/// # Errors
/// [`StoreError::Io`] if the folder or a file in it cannot be read.
pub fn files(folder: Option<&Path>) -> Result<Vec<SourceFile>, StoreError> {
    let mut files = match folder {
        Some(folder) => {
            let mut files = Vec::new();
            walk(folder, "", &mut files)?;
            files
        }
        None => BuiltIn::iter()
            .filter_map(|path| BuiltIn::get(&path).map(|file| SourceFile::new(path, file.data)))
            .collect(),
    };
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Collects the files below `folder`, whose paths begin with `prefix`. What begins with a dot belongs to editors.
fn walk(folder: &Path, prefix: &str, files: &mut Vec<SourceFile>) -> Result<(), StoreError> {
    for entry in fs::read_dir(folder).map_err(StoreError::io(folder))? {
        let entry = entry.map_err(StoreError::io(folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let (place, path) = (entry.path(), format!("{prefix}{name}"));
        if name.starts_with('.') {
            continue;
        }
        if place.is_dir() {
            walk(&place, &format!("{path}/"), files)?;
        } else {
            files.push(SourceFile::new(path, fs::read(&place).map_err(StoreError::io(&place))?));
        }
    }
    Ok(())
}
