use std::fs;

use anyhow::Context as _;

use crate::repository;

/// A text file of the repository.
pub(crate) struct Source {
    /// Path relative to the root, with `/`.
    pub(crate) path: String,
    /// The whole text.
    pub(crate) text: String,
}

/// Endings of the files that hold text someone wrote.
const TEXT: &[&str] =
    &["rs", "md", "toml", "ts", "js", "mjs", "css", "html", "json", "py", "sh", "sql", "yml", "yaml", "txt"];

/// Reads every text file among `files`; a file without an ending counts as text when it is UTF-8.
pub(crate) fn read(files: &[String]) -> anyhow::Result<Vec<Source>> {
    let mut sources = Vec::new();
    for path in files {
        let bytes = fs::read(repository::root().join(path)).with_context(|| format!("cannot read {path}"))?;
        let name = path.rsplit('/').next().unwrap_or(path);
        let ending = name.trim_start_matches('.').rsplit_once('.').map(|(_, ending)| ending);
        if ending.is_none_or(|ending| TEXT.contains(&ending))
            && let Ok(text) = String::from_utf8(bytes)
        {
            sources.push(Source { path: path.clone(), text });
        }
    }
    Ok(sources)
}
