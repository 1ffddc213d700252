use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::{Key, Problem};

/// Where a setting was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nowhere; the built-in value holds.
    Default,
    /// In the configuration file.
    File {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
    },
    /// In this environment variable.
    Environment(String),
    /// On the command line.
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Environment(variable) => write!(f, "environment {variable}"),
            Self::Flag(flag) => f.write_str(flag),
        }
    }
}

/// Settings as text, each with its origin, and what was wrong while gathering them.
#[derive(Debug, Default)]
pub struct Raw {
    settings: BTreeMap<Key, (String, Origin)>,
    problems: Vec<Problem>,
}

impl Raw {
    /// Adds the settings of a TOML file with this text.
    pub fn file(&mut self, path: &Path, text: &str) {
        let line_of = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let line = line_of(error.span().map_or(0, |span| span.start));
            self.problem(&Origin::File { path: path.to_owned(), line }, error.message().to_owned());
        }
        let mut entries: Vec<_> = table.get_ref().iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        for (name, value) in entries {
            let origin = Origin::File { path: path.to_owned(), line: line_of(name.span().start) };
            let name = name.get_ref();
            match (Key::from_name(name), scalar(value.get_ref())) {
                (None, _) => self.problem(&origin, format!("\"{name}\" is not a setting; {}", known())),
                (Some(_), None) => {
                    self.problem(&origin, format!("\"{name}\" must be text, a number, true or false"));
                }
                (Some(key), Some(text)) => self.set(key, text, origin),
            }
        }
    }

    /// Adds the settings among these environment variables: those that begin with `PRACTICUM_`.
    pub fn environment(&mut self, variables: impl IntoIterator<Item = (String, String)>) {
        for (name, value) in variables {
            if !name.starts_with(Key::VARIABLE_PREFIX) {
                continue;
            }
            let origin = Origin::Environment(name.clone());
            match Key::from_variable(&name) {
                Some(key) => self.set(key, value, origin),
                None => self.problem(&origin, format!("is not a setting; {}", known())),
            }
        }
    }

    /// Adds a setting from the command line.
    pub fn flag(&mut self, key: Key, text: String) {
        let flag = format!("--{}", key.name().replace('_', "-"));
        self.set(key, text, Origin::Flag(flag));
    }

    pub(super) fn problem(&mut self, origin: &Origin, text: String) {
        self.problems.push(Problem { place: origin.to_string(), text });
    }

    pub(super) fn get(&self, key: Key) -> Option<(&str, &Origin)> {
        self.settings.get(&key).map(|(text, origin)| (text.as_str(), origin))
    }

    pub(crate) fn origin(&self, key: Key) -> Origin {
        self.settings.get(&key).map_or(Origin::Default, |(_, origin)| origin.clone())
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    fn set(&mut self, key: Key, text: String, origin: Origin) {
        self.settings.insert(key, (text, origin));
    }
}

fn scalar(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Boolean(yes) => Some(yes.to_string()),
        DeValue::Float(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

fn known() -> String {
    format!("settings are {}", Key::ALL.map(Key::name).join(", "))
}
