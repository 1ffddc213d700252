use std::sync::OnceLock;

use crate::content::files;

/// One file of the rule pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackRule {
    /// Its name, such as `many-charts`.
    pub name: String,
    /// The rule, and the correlation over it if there is one.
    pub text: String,
}

/// The rule pack that comes with Practicum, by name.
pub fn detections() -> &'static [PackRule] {
    static RULES: OnceLock<Vec<PackRule>> = OnceLock::new();
    RULES.get_or_init(|| {
        // Built in, and so always readable; they come sorted by name.
        let files = files(None).unwrap_or_default();
        let rules = files.into_iter().filter_map(|file| {
            let name = file.path.strip_prefix("detections/")?.strip_suffix(".yml")?.to_owned();
            Some(PackRule { name, text: String::from_utf8_lossy(&file.bytes).into_owned() })
        });
        rules.collect()
    })
}
