use std::path::{Path, PathBuf};

use super::{ConfigError, Key, Problem, Raw};

/// The file that is read where none is named.
const USUAL_FILE: &str = "practicum.toml";

/// The variable that names the file.
const FILE_VARIABLE: &str = "PRACTICUM_CONFIG";

/// Gathers settings from the file, then `variables`, then `flags`; later ones win.
///
/// The file is `named`, else what `PRACTICUM_CONFIG` says, else `practicum.toml` in the working folder if it is there.
///
/// # Errors
/// If a file that was named cannot be read.
pub fn gather(
    named: Option<&Path>,
    variables: impl IntoIterator<Item = (String, String)>,
    flags: Vec<(Key, String)>,
) -> Result<Raw, ConfigError> {
    let (file, variables): (Vec<_>, Vec<_>) =
        variables.into_iter().partition(|(name, _)| name == FILE_VARIABLE);
    let named = named.map(Path::to_owned).or_else(|| file.first().map(|(_, path)| PathBuf::from(path)));
    let mut raw = Raw::default();
    if let Some((path, text)) = read(named)? {
        raw.file(&path, &text);
    }
    raw.environment(variables);
    for (key, text) in flags {
        raw.flag(key, text);
    }
    Ok(raw)
}

fn read(named: Option<PathBuf>) -> Result<Option<(PathBuf, String)>, ConfigError> {
    let optional = named.is_none();
    let path = named.unwrap_or_else(|| PathBuf::from(USUAL_FILE));
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some((path, text))),
        Err(error) if optional && error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ConfigError {
            problems: vec![Problem {
                place: path.display().to_string(),
                text: format!("cannot be read: {error}"),
            }],
        }),
    }
}
