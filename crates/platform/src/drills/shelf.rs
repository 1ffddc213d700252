//! The scenarios among the content.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use scenarios::model::Scenario;
use training::content::SourceFile;
use training::problem::{Place, Problem};

use crate::content;

/// The folder of scenarios in the content.
const FOLDER: &str = "scenarios/";

/// The scenarios this program was built with; a test holds that they are without mistakes.
pub fn shelf() -> &'static [Scenario] {
    static SHELF: OnceLock<Vec<Scenario>> = OnceLock::new();
    SHELF.get_or_init(|| content::files(None).map(|files| check_scenarios(&files).0).unwrap_or_default())
}

/// A scenario by its slug.
pub fn scenario(id: &str) -> Option<&'static Scenario> {
    shelf().iter().find(|scenario| scenario.id == id)
}

/// The scenarios among these files (`scenarios/ID/…`), and everything that is wrong with them.
pub fn check_scenarios(files: &[SourceFile]) -> (Vec<Scenario>, Vec<Problem>) {
    let mut folders: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    let mut problems = Vec::new();
    for file in files {
        let Some((folder, path)) = file.path.strip_prefix(FOLDER).and_then(|rest| rest.split_once('/'))
        else {
            continue;
        };
        match std::str::from_utf8(&file.bytes) {
            Ok(text) => folders.entry(folder).or_default().push((path, text)),
            Err(_) => {
                problems.push(Place::start(&file.path).problem("this is not UTF-8 text", "save it as UTF-8"));
            }
        }
    }
    let mut found = Vec::new();
    for (folder, files) in folders {
        let checked = scenarios::read::scenario(folder, &files);
        found.extend(checked.value);
        problems.extend(checked.problems.into_iter().map(|problem| {
            let file = format!("{FOLDER}{folder}/{}", problem.file);
            Place { file, line: problem.line, column: 1 }.problem(problem.what, problem.try_this)
        }));
    }
    (found, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scenarios_hold_no_mistake() {
        let (found, problems) = check_scenarios(&content::files(None).unwrap());
        assert!(problems.is_empty(), "{problems:#?}");
        assert!(!found.is_empty());
    }

    #[test]
    fn the_networks_hold_no_mistake() {
        let problems = super::super::network::check_networks(&content::files(None).unwrap());
        assert!(problems.is_empty(), "{problems:#?}");
    }
}
