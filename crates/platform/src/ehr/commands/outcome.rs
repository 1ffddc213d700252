use schemars::JsonSchema;
use serde::Serialize;

/// What a command did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CommandOutcome {
    /// The patient it was about: the id; empty for what concerns the whole hospital.
    pub patient: String,
    /// The resources it wrote, in order.
    pub resources: Vec<Written>,
    /// What happened, in one sentence for the person at the desk.
    pub message: String,
}

/// A resource a command wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Written {
    /// The resource type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its id.
    pub id: String,
    /// The version that was written.
    pub version: u64,
}
