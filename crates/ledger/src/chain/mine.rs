use std::collections::BTreeMap;

use revm::primitives::alloy_primitives::Bloom;
use revm::primitives::{Address, B256, Bytes, U256, keccak256};

use super::fault::ChainFault;
use super::limits::{BASE_FEE_WEI, BLOCK_GAS_MAX};
use super::run::{self, Outcome};
use super::signed::Signed;
use super::state::Chain;
use super::view::{Block, Included, LogEntry};

/// A block as it is kept: time and signed transactions, from which all else follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mined {
    /// When it was made, in seconds since 1970 UTC of the hospital's own time.
    pub time_s: u64,
    /// Its transactions as they were sent.
    pub transactions: Vec<Bytes>,
    /// Those that waited and are in no block, since the virtual machine refused to begin them.
    pub dropped: Vec<B256>,
}

impl Chain {
    /// Makes a block of what waits: of those that can go next, the one that pays best, the first of equals. What waits for
    /// an earlier one of its sender stays; what the virtual machine refuses is dropped.
    pub fn mine(&mut self, time_s: u64) -> Mined {
        let (mut room, mut taken, mut dropped) = (BLOCK_GAS_MAX, Vec::new(), Vec::new());
        let (number, time_s) = (self.head().number + 1, time_s.max(self.head().time_s + 1));
        let senders = self.pool.iter().map(|tx| tx.from);
        let mut nonces: BTreeMap<Address, u64> = senders.map(|from| (from, self.nonce(from))).collect();
        let mut machine = run::machine(&mut self.db, number, time_s);
        while let Some(at) = best(&self.pool, &nonces, room) {
            let signed = self.pool.remove(at);
            match run::commit(&mut machine, &signed) {
                Ok(outcome) => {
                    room = room.saturating_sub(outcome.gas_used);
                    nonces.insert(signed.from, signed.fields.nonce + 1);
                    taken.push((signed, outcome));
                }
                Err(_) => dropped.push(signed.hash),
            }
        }
        let transactions = taken.iter().map(|(signed, _)| signed.raw.clone()).collect();
        self.close(time_s, taken, self.head().results);
        Mined { time_s, transactions, dropped }
    }

    /// Adds a block that was made before.
    ///
    /// # Errors
    /// If it is not one that this chain made.
    pub fn replay(&mut self, mined: &Mined) -> Result<(), ChainFault> {
        let (number, mut taken) = (self.head().number + 1, Vec::new());
        let mut machine = run::machine(&mut self.db, number, mined.time_s);
        for raw in &mined.transactions {
            let signed = Signed::decode(raw)?;
            let outcome = run::commit(&mut machine, &signed).map_err(ChainFault::Refused)?;
            taken.push((signed, outcome));
        }
        let is_done =
            |hash: &B256| mined.dropped.contains(hash) || taken.iter().any(|(tx, _)| tx.hash == *hash);
        self.pool.retain(|tx| !is_done(&tx.hash));
        self.close(mined.time_s, taken, self.head().results);
        Ok(())
    }

    /// Writes the block down.
    pub(super) fn close(&mut self, time_s: u64, taken: Vec<(Signed, Outcome)>, mut results: B256) {
        let number = self.blocks.len() as u64;
        let (mut gas_used, mut size_bytes, mut bloom, mut log_index) = (0, 0, Bloom::ZERO, 0);
        let mut transactions = Vec::new();
        for (index, (signed, outcome)) in (0..).zip(taken) {
            gas_used += outcome.gas_used;
            size_bytes += signed.raw.len() as u64;
            bloom.accrue_logs(&outcome.logs);
            let digest = [
                results.as_slice(),
                signed.hash.as_slice(),
                &outcome.gas_used.to_be_bytes(),
                &outcome.output,
            ];
            results = keccak256(digest.concat());
            let transaction = signed.hash;
            transactions.push(transaction);
            let mut log = |log: revm::primitives::Log| {
                log_index += 1;
                let (topics, data) = log.data.split();
                let place = log_index - 1;
                LogEntry {
                    address: log.address,
                    topics,
                    data,
                    block: number,
                    transaction,
                    transaction_index: index,
                    index: place,
                }
            };
            let logs = outcome.logs.into_iter().map(&mut log).collect();
            let Outcome { success, created, output, .. } = outcome;
            let (gas, so_far) = (outcome.gas_used, gas_used);
            let included = Included {
                signed,
                block: number,
                index,
                success,
                created,
                gas_used: gas,
                gas_used_so_far: so_far,
                logs,
                output,
            };
            self.included.insert(transaction, included);
        }
        let parent = self.blocks.last().map_or(B256::ZERO, |block| block.hash);
        let said = [
            parent.as_slice(),
            &number.to_be_bytes(),
            &time_s.to_be_bytes(),
            results.as_slice(),
            &transactions.concat(),
        ];
        let hash = keccak256(said.concat());
        self.db.cache.block_hashes.insert(U256::from(number), hash);
        self.blocks.push(Block {
            number,
            hash,
            parent,
            time_s,
            transactions,
            results,
            gas_used,
            bloom,
            size_bytes,
        });
    }
}

/// Which of those that wait goes next, where `nonces` says what each sender's next one is.
fn best(pool: &[Signed], nonces: &BTreeMap<Address, u64>, room: u64) -> Option<usize> {
    let is_next = |tx: &Signed| nonces.get(&tx.from) == Some(&tx.fields.nonce) && tx.fields.gas <= room;
    let ready = pool.iter().enumerate().filter(|(_, tx)| is_next(tx));
    ready.rev().max_by_key(|(_, tx)| tx.tip_wei(BASE_FEE_WEI)).map(|(at, _)| at)
}
