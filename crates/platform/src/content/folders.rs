use std::collections::BTreeMap;

use training::content::SourceFile;
use training::problem::{Place, Problem};

/// The texts of a folder, each with its path below it.
pub(crate) type Texts<'a> = Vec<(&'a str, &'a str)>;

/// The texts below `root` (`scenarios/`), by the folder they lie in, and what is no text.
pub(crate) fn folders<'a>(
    files: &'a [SourceFile],
    root: &str,
) -> (BTreeMap<&'a str, Texts<'a>>, Vec<Problem>) {
    let mut folders: BTreeMap<&str, Texts<'_>> = BTreeMap::new();
    let mut problems = Vec::new();
    for file in files {
        let Some((folder, path)) = file.path.strip_prefix(root).and_then(|rest| rest.split_once('/')) else {
            continue;
        };
        match std::str::from_utf8(&file.bytes) {
            Ok(text) => folders.entry(folder).or_default().push((path, text)),
            Err(_) => {
                problems.push(Place::start(&file.path).problem("this is not UTF-8 text", "save it as UTF-8"));
            }
        }
    }
    (folders, problems)
}
