//! Problems of layer `ledger`: what was done to a log, a chain or its validators before the learner came.

use data_encoding::{BASE64, HEXLOWER};
use ledger::bft::{Asked, Fault, NAMES, VALIDATORS, Vote, run};
use ledger::chain::B256;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::access::Access;
use crate::chains;
use crate::platform::Platform;
use crate::transparency::{self, Conduct, Edit};

/// The test account of the hospital, by which the old register was entered.
const HOSPITAL: u32 = 0;

/// The parameters of a problem of layer `ledger`.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
enum Problem {
    /// Somebody changed the archive of the log: the newest entries of this kind by this person.
    ArchiveEdited {
        /// The kind of entry that is changed.
        kind: String,
        /// Who did what it tells of.
        by: String,
        /// How many of them are changed.
        #[serde(default = "one")]
        count: usize,
        /// How many newer ones are left alone.
        #[serde(default)]
        newer: usize,
        /// What they are made to say.
        edit: Edit,
    },
    /// Proofs that came from elsewhere, good and bad.
    ForeignProofs {
        /// How many.
        count: usize,
    },
    /// A register on the chain, of record numbers that are only hashed.
    HashedRegister {
        /// The record numbers.
        values: Vec<String>,
    },
    /// Witnesses of the log that nobody has heard of for some time.
    WitnessesAway {
        /// Their names.
        names: Vec<String>,
    },
    /// A run of four validators, of whom some lie.
    Consensus {
        /// The seed of a run with one liar.
        seed: u64,
        /// How many blocks are agreed on.
        heights: u32,
        /// The seeds of runs with two.
        with_two: Vec<u64>,
    },
}

fn one() -> usize {
    1
}

/// What was placed: resources to be written, and the truth about it.
pub(super) struct PlacedLedger {
    pub(super) resources: Vec<Value>,
    pub(super) truth: Value,
}

/// Places a problem.
pub(super) fn place_ledger(
    platform: &Platform,
    access: &Access,
    table: &Value,
    seed: u64,
    new_id: &mut dyn FnMut() -> String,
) -> Result<PlacedLedger, String> {
    let mut table = table.clone();
    if let Some(table) = table.as_object_mut() {
        table.remove("layer");
    }
    let problem: Problem =
        serde_json::from_value(table).map_err(|error| format!("the problem cannot be read: {error}"))?;
    match problem {
        Problem::ArchiveEdited { kind, by, count, newer, edit } => {
            archive_edited(platform, access, (&kind, &by), (newer, count), &edit).map(told)
        }
        Problem::ForeignProofs { count } => Ok(foreign_proofs(count, seed, new_id)),
        Problem::HashedRegister { values } => hashed_register(platform, access, &values).map(told),
        Problem::WitnessesAway { names } => {
            for name in &names {
                transparency::set_conduct_unseen(platform, access, name, Conduct::Away).map_err(in_words)?;
            }
            Ok(told(json!({"away": names})))
        }
        Problem::Consensus { seed, heights, with_two } => Ok(told(consensus(seed, heights, &with_two))),
    }
}

fn told(truth: Value) -> PlacedLedger {
    PlacedLedger { resources: Vec::new(), truth }
}

fn archive_edited(
    platform: &Platform,
    access: &Access,
    (kind, by): (&str, &str),
    (newer, count): (usize, usize),
    edit: &Edit,
) -> Result<Value, String> {
    let entries = transparency::recent(platform, access, None, u64::MAX).map_err(in_words)?;
    let fits = |(_, fields): &&(u64, Option<transparency::Fields>)| {
        fields.as_ref().is_some_and(|fields| fields.kind == kind && fields.actor == by)
    };
    let mut indexes: Vec<u64> =
        entries.iter().filter(fits).skip(newer).take(count).map(|(index, _)| *index).collect();
    indexes.sort_unstable();
    if indexes.len() < count || count == 0 {
        let there = entries.iter().filter(fits).count();
        return Err(format!("{there} entries of {kind} by {by} are there, not {}", newer + count));
    }
    for index in &indexes {
        transparency::edit_unseen(platform, access, *index, edit).map_err(in_words)?;
    }
    Ok(json!({"indexes": indexes}))
}

/// Each proof is a Binary that a verifier reads as it is, with the entry it is about in a second, and a `DocumentReference`
/// that names both.
fn foreign_proofs(count: usize, seed: u64, new_id: &mut dyn FnMut() -> String) -> PlacedLedger {
    let tray = ledger::log::Tray::new(seed, count);
    let (mut resources, mut forged, mut shown) = (Vec::new(), Vec::new(), Vec::new());
    let mut binary = |bytes: &[u8], media: &str| {
        let id = new_id();
        resources.push(json!({
            "resourceType": "Binary",
            "id": id,
            "contentType": media,
            "data": BASE64.encode(bytes),
        }));
        id
    };
    for (at, sheet) in tray.sheets.iter().enumerate() {
        let number = (at + 1).to_string();
        let entry = binary(&sheet.entry, "application/octet-stream");
        let proof = binary(sheet.proof.as_bytes(), "text/plain");
        let file =
            |id: &str, title: &str| json!({"attachment": {"url": format!("Binary/{id}"), "title": title}});
        shown.push(json!({
            "resourceType": "DocumentReference",
            "status": "current",
            "description": format!("Proof {number} of the payer"),
            "content": [file(&entry, "entry"), file(&proof, "proof")],
        }));
        if sheet.forged.is_some() {
            forged.push(number);
        }
    }
    for mut one in shown {
        one["id"] = json!(new_id());
        resources.push(one);
    }
    let truth = json!({"key": tray.key.to_string(), "forged": forged});
    PlacedLedger { resources, truth }
}

fn hashed_register(platform: &Platform, access: &Access, values: &[String]) -> Result<Value, String> {
    let rpc = |method: &str, params: Value| {
        let reply = chains::request(platform, access, method, &[params]).map_err(in_words)?;
        match reply.status {
            200 => Ok(reply.body),
            _ => Err(format!("{method} was refused: {}", reply.body)),
        }
    };
    let register = rpc("practicum_deploy", json!({"from": HOSPITAL, "built": "Register"}))?;
    let address = &register["address"];
    let mut marks = Vec::new();
    for value in values {
        let mark = B256::from_slice(&Sha256::digest(value.as_bytes())).to_string();
        rpc(
            "practicum_send",
            json!({"from": HOSPITAL, "to": address, "call": "enter(bytes32)", "with": [mark]}),
        )?;
        marks.push(mark);
    }
    Ok(json!({"register": address, "marks": marks}))
}

fn consensus(seed: u64, heights: u32, with_two: &[u64]) -> Value {
    let one = run(Asked::drawn(seed, 1, heights));
    let evidence = one.evidence();
    let liar = evidence.first().map_or("", |found| NAMES[found.one.message.from]);
    // The runs with two liars are called A, B, C and so on.
    let is_forked = |seed: u64| !run(Asked::drawn(seed, 2, heights)).forks().is_empty();
    let forked = ('A'..='Z').zip(with_two).filter(|(_, seed)| is_forked(**seed));
    let forked: Vec<String> = forked.map(|(letter, _)| letter.to_string()).collect();
    let forked = if forked.is_empty() { vec!["0".to_owned()] } else { forked };
    // The first contradiction, as a script brings it forward.
    let signed =
        |vote: &Vote| json!({"text": vote.message.text(), "signature": HEXLOWER.encode(&vote.signature)});
    let evidence =
        evidence.first().map(|found| json!({"one": signed(&found.one), "other": signed(&found.other)}));
    let mut stopped = [Fault::Honest; VALIDATORS];
    (stopped[0], stopped[1]) = (Fault::Crashed, Fault::Crashed);
    let mut late = [Fault::Honest; VALIDATORS];
    late[1] = Fault::Lagging;
    let decided = run(Asked { seed, faults: stopped, heights }).agreed();
    let harbor_done_ms = |faults| {
        let decisions = run(Asked { seed, faults, heights }).decisions;
        decisions.iter().filter(|decision| decision.validator == 0).map(|decision| decision.at_ms).max()
    };
    let in_ms = |done_ms: Option<u64>| done_ms.unwrap_or_default().to_string();
    let (late_ms, prompt_ms) = (harbor_done_ms(late), harbor_done_ms([Fault::Honest; VALIDATORS]));
    json!({
        "run": seed.to_string(), "liar": liar, "evidence": evidence, "forked": forked, "decided": decided.to_string(),
        "late_ms": in_ms(late_ms), "prompt_ms": in_ms(prompt_ms),
    })
}

fn in_words(error: impl std::fmt::Display) -> String {
    error.to_string()
}
