/// What the answer to a write carries (R4, 3.1.0.1.9, `Prefer: return=…`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Give {
    /// The resource.
    Representation,
    /// That it was done, and where it is.
    Minimal,
    /// An OperationOutcome that says what was done.
    Outcome,
}
