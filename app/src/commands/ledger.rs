use std::fs;
use std::path::Path;

use anyhow::Context;
use platform::transparency::{Accepted, EntryProof, GrowthProof, Note, Policy, PublicKey};
use serde_json::json;

use super::Terminal;
use crate::cli::{LedgerCommand, Verify};

/// `practicum ledger`. It needs no data folder and no server: a proof is a file, and keys are trusted or not.
pub(super) fn run(command: LedgerCommand, terminal: &mut Terminal<'_>) -> anyhow::Result<()> {
    let LedgerCommand::Verify(asked) = command;
    let policy = policy(&asked)?;
    let (accepted, what) = match (&asked.entry, &asked.since) {
        (Some(entry), None) => {
            let bytes = fs::read(entry).with_context(|| format!("{} cannot be read", entry.display()))?;
            let proof = EntryProof::parse(&read(&asked.proof)?).with_context(|| shown(&asked.proof))?;
            let index = proof.index;
            let accepted = policy.entry(&bytes, &proof).with_context(|| refused(&asked.proof))?;
            (accepted, format!("{} is entry {index}", entry.display()))
        }
        (None, Some(since)) => {
            let older = Note::parse(&read(since)?).with_context(|| shown(since))?;
            let growth = GrowthProof::parse(&read(&asked.proof)?).with_context(|| shown(&asked.proof))?;
            let old = growth.old;
            let accepted = policy.growth(&older, &growth).with_context(|| refused(&asked.proof))?;
            (accepted, format!("the log has only grown since it had {old} entries, and they are"))
        }
        _ => anyhow::bail!("say what is to be proven: --entry FILE, or --since CHECKPOINT"),
    };
    say(&accepted, &what, asked.json, terminal)
}

fn policy(asked: &Verify) -> anyhow::Result<Policy> {
    let log = PublicKey::parse(&asked.key).context("--key")?;
    let witnesses: Result<Vec<_>, _> = asked.witness.iter().map(|key| PublicKey::parse(key)).collect();
    let witnesses = witnesses.context("--witness")?;
    let quorum = asked.quorum.unwrap_or(witnesses.len());
    Ok(Policy { log, witnesses, quorum })
}

fn say(accepted: &Accepted, what: &str, json: bool, terminal: &mut Terminal<'_>) -> anyhow::Result<()> {
    let Accepted { checkpoint, witnesses } = accepted;
    let names: Vec<&str> = witnesses.iter().map(|(name, _)| name.as_str()).collect();
    let value =
        json!({"proven": true, "origin": checkpoint.origin, "size": checkpoint.size, "witnesses": names});
    terminal.show(json, &value, || {
        let seen = if names.is_empty() { "no witness".to_owned() } else { names.join(", ") };
        format!("Proven: {what} among the {} of {}, seen by {seen}.", checkpoint.size, checkpoint.origin)
    })
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read as text", path.display()))
}

fn shown(path: &Path) -> String {
    format!("{} is not what it should be", path.display())
}

fn refused(path: &Path) -> String {
    format!("{} proves nothing", path.display())
}
