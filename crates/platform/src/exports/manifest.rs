use serde_json::{Value, json};
use standards::fhir::instant;

/// What an export gave (Bulk Data Access, STU 2: response on completion).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Manifest {
    /// The moment of the hospital's own time at which everything is as exported, microseconds since 1970 UTC.
    pub(super) transaction_us: i64,
    /// The address that was asked.
    pub(super) request: String,
    /// The files with resources.
    pub(super) output: Vec<Output>,
    /// The files that say what was deleted.
    pub(super) deleted: Vec<Output>,
}

/// A file of an export.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Output {
    /// The type of the resources in it.
    pub(super) kind: String,
    /// Its name.
    pub(super) file: String,
    /// How many lines it has.
    pub(super) count: u64,
}

impl Manifest {
    /// The manifest as JSON, its files under the address `files_url`.
    pub(super) fn json(&self, files_url: &str) -> Value {
        let list = |outputs: &[Output]| -> Value {
            let each = outputs.iter().map(|Output { kind, file, count }| {
                json!({"type": kind, "url": format!("{files_url}/{file}"), "count": count})
            });
            each.collect()
        };
        json!({
            "transactionTime": instant::format(self.transaction_us),
            "request": self.request,
            "requiresAccessToken": true,
            "output": list(&self.output),
            "deleted": list(&self.deleted),
            "error": [],
        })
    }

    /// Whether a file belongs to it.
    pub(super) fn names(&self, file: &str) -> bool {
        self.output.iter().chain(&self.deleted).any(|output| output.file == file)
    }
}
