use data_encoding::HEXLOWER_PERMISSIVE;
use ledger::bft::{NAMES, keys_of, verify};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::StoreError;

use crate::access::{Access, outcome};

/// The kind of the journal entry that evidence leaves.
const EVIDENCE: &str = "consensus.evidence";

/// Two things that a validator signed, brought forward against it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The run's seed, which the validators' keys follow from.
    pub seed: u64,
    /// Who is accused.
    pub validator: String,
    /// The one.
    pub one: Signed,
    /// The other.
    pub other: Signed,
}

/// A text with its signature.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// The text that was signed.
    pub text: String,
    /// The signature, in hexadecimal digits.
    pub signature: String,
}

/// That somebody contradicted itself.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Proven {
    /// Who.
    pub validator: String,
    /// In which run.
    pub seed: u64,
}

/// Why evidence proves nothing.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// There is no such validator.
    #[error("there is no validator \"{0}\"; the four are harbor, lakeside, county and summit")]
    NoValidator(String),
    /// It is no contradiction.
    #[error(
        "this proves nothing: two texts are needed that differ only in what they are for, each with a good signature of the \
         accused; who is late, or silent, has contradicted nothing"
    )]
    Nothing,
    /// Storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Judges evidence, and leaves in the journal what came of it.
///
/// # Errors
/// [`EvidenceError::NoValidator`], [`EvidenceError::Nothing`].
pub fn prove(access: &Access, evidence: &Evidence) -> Result<Proven, EvidenceError> {
    let at = NAMES.iter().position(|name| *name == evidence.validator);
    let at = at.ok_or_else(|| EvidenceError::NoValidator(evidence.validator.chars().take(40).collect()))?;
    let key = keys_of(evidence.seed)[at];
    let signature = |signed: &Signed| {
        let bytes = HEXLOWER_PERMISSIVE.decode(signed.signature.as_bytes()).ok()?;
        <[u8; 64]>::try_from(bytes).ok()
    };
    let is_proven = signature(&evidence.one)
        .zip(signature(&evidence.other))
        .is_some_and(|(one, other)| verify(&key, (&evidence.one.text, &one), (&evidence.other.text, &other)));
    let said = if is_proven { outcome::OK } else { "refused" };
    let detail = json!({"seed": evidence.seed.to_string(), "validator": evidence.validator});
    access.note(access.event(EVIDENCE, None, said, detail))?;
    if !is_proven {
        return Err(EvidenceError::Nothing);
    }
    Ok(Proven { validator: evidence.validator.clone(), seed: evidence.seed })
}
