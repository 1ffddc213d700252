use data_encoding::HEXLOWER;
use ledger::bft::{NAMES, Run, run};
use schemars::JsonSchema;
use serde::Serialize;

use super::wanted::Wanted;

/// A run, told.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Played {
    /// What everything follows from.
    pub seed: u64,
    /// How many blocks were to be agreed on.
    pub heights: u32,
    /// The four.
    pub validators: Vec<Validator>,
    /// What was said, in its order.
    pub messages: Vec<Said>,
    /// Rounds that were begun, in their order.
    pub rounds: Vec<Begun>,
    /// Decisions, in their order.
    pub decisions: Vec<Decided>,
    /// How many blocks all have decided on that follow the protocol.
    pub agreed: u32,
    /// Blocks on which honest validators decided differently; not said where the seed drew who lies.
    pub forks: Option<Vec<u32>>,
}

/// A validator.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Validator {
    /// Its name.
    pub name: &'static str,
    /// The key of its signatures (Ed25519), in hexadecimal digits.
    pub key: String,
    /// How it behaves; not said where the seed drew it.
    pub behaves: Option<&'static str>,
}

/// Something said.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Said {
    /// Its number in this run, from 0.
    pub number: usize,
    /// Who said it.
    pub from: &'static str,
    /// `proposal`, `prevote` or `precommit`.
    pub kind: &'static str,
    /// For which block.
    pub height: u32,
    /// In which round.
    pub round: u32,
    /// For what; nothing for a vote for nothing.
    pub value: Option<String>,
    /// The text that is signed.
    pub text: String,
    /// The signature, in hexadecimal digits.
    pub signature: String,
    /// When it was said, in milliseconds since the beginning.
    pub sent_ms: u64,
    /// To whom.
    pub to: Vec<To>,
}

/// Who was told, and when.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct To {
    /// Who.
    pub validator: &'static str,
    /// When it came, in milliseconds since the beginning.
    pub arrives_ms: u64,
}

/// A round begun.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Begun {
    /// By whom.
    pub validator: &'static str,
    /// Of which block.
    pub height: u32,
    /// Which round.
    pub round: u32,
    /// When, in milliseconds since the beginning.
    pub at_ms: u64,
}

/// A decision.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Decided {
    /// Whose.
    pub validator: &'static str,
    /// On which block.
    pub height: u32,
    /// What is in it.
    pub value: String,
    /// When, in milliseconds since the beginning.
    pub at_ms: u64,
}

/// Plays a run. It takes some milliseconds and keeps nothing.
pub fn play(wanted: Wanted) -> Played {
    let run = run(wanted.asked);
    let heights = run.asked.heights;
    let keys = run.keys();
    let validator = |(at, name): (usize, &'static str)| Validator {
        name,
        key: HEXLOWER.encode(&keys[at]),
        behaves: wanted.drawn.is_none().then(|| wanted.asked.faults[at].word()),
    };
    Played {
        seed: wanted.asked.seed,
        heights,
        validators: NAMES.into_iter().enumerate().map(validator).collect(),
        messages: said(&run),
        rounds: run
            .entered
            .iter()
            .map(|one| Begun {
                validator: NAMES[one.validator],
                height: one.height,
                round: one.round,
                at_ms: one.at_ms,
            })
            .collect(),
        decisions: run
            .decisions
            .iter()
            .map(|one| Decided {
                validator: NAMES[one.validator],
                height: one.height,
                value: one.value.clone(),
                at_ms: one.at_ms,
            })
            .collect(),
        agreed: run.agreed(),
        forks: wanted.drawn.is_none().then(|| run.forks()),
    }
}

fn said(run: &Run) -> Vec<Said> {
    run.sent
        .iter()
        .enumerate()
        .map(|(number, sent)| {
            let vote = run.signed(&sent.message);
            let message = &sent.message;
            let to = |(to, arrives_ms): &(usize, u64)| To { validator: NAMES[*to], arrives_ms: *arrives_ms };
            Said {
                number,
                from: NAMES[message.from],
                kind: message.kind.word(),
                height: message.height,
                round: message.round,
                value: message.value.clone(),
                text: message.text(),
                signature: HEXLOWER.encode(&vote.signature),
                sent_ms: sent.sent_ms,
                to: sent.to.iter().map(to).collect(),
            }
        })
        .collect()
}
