use data_encoding::BASE64;
use ledger::log::Policy;
use ledger::note::{EntryProof, PublicKey};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A proof of anybody's log, with what it is said to prove.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Submitted {
    /// The log's key, as `name+hash+key`.
    pub key: String,
    /// The entry's bytes, in base64.
    pub entry: String,
    /// The proof, as a C2SP tlog-proof.
    pub proof: String,
    /// Keys of witnesses that are trusted, as `name+hash+key`.
    #[serde(default)]
    pub witnesses: Vec<String>,
    /// How many of them must have signed.
    #[serde(default)]
    pub quorum: usize,
}

/// What a verifier says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Judged {
    /// Whether it is proven.
    pub proven: bool,
    /// Why not, where it is not.
    pub why: Option<String>,
}

/// Judges a proof by its own bytes and the keys that are trusted, and by nothing that this house knows.
pub fn verify(submitted: &Submitted) -> Judged {
    let judged = judge(submitted);
    Judged { proven: judged.is_ok(), why: judged.err() }
}

fn judge(submitted: &Submitted) -> Result<(), String> {
    let key = |text: &String| PublicKey::parse(text).map_err(|fault| fault.to_string());
    let entry = BASE64.decode(submitted.entry.trim().as_bytes()).map_err(|_| "the entry is not base64")?;
    let proof = EntryProof::parse(&submitted.proof).map_err(|fault| fault.to_string())?;
    let witnesses = submitted.witnesses.iter().map(key).collect::<Result<_, _>>()?;
    let policy = Policy { log: key(&submitted.key)?, witnesses, quorum: submitted.quorum };
    policy.entry(&entry, &proof).map(drop).map_err(|unproven| unproven.to_string())
}
