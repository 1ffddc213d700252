use revm::primitives::{Address, B256, U256};

use super::fault::ChainFault;
use super::limits::{BASE_FEE_WEI, BLOCKS_MAX, POOL_MAX, SLOTS_MAX, TX_GAS_MAX};
use super::signed::Signed;
use super::state::Chain;

impl Chain {
    /// Transactions that wait for a block, in the order in which they came.
    pub fn pool(&self) -> &[Signed] {
        &self.pool
    }

    /// How many transactions of an account are in blocks or wait, as far as they follow one another.
    pub fn pending_nonce(&self, account: Address) -> u64 {
        let waits = |nonce: &u64| self.pool.iter().any(|tx| tx.from == account && tx.fields.nonce == *nonce);
        (self.nonce(account)..).find(|nonce| !waits(nonce)).unwrap_or_default()
    }

    /// Takes a transaction into the pool. What is refused changes nothing.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn submit(&mut self, raw: &[u8]) -> Result<B256, ChainFault> {
        let signed = Signed::decode(raw)?;
        self.check(&signed)?;
        let (waiting, hash) = (self.in_place_of(&signed).map(|at| &self.pool[at].fields), signed.hash);
        let asked = waiting.map(|fields| fields.max_fee_wei.saturating_add(fields.max_fee_wei / 10));
        if asked.is_some_and(|asked| signed.fields.max_fee_wei < asked) {
            return Err(ChainFault::Underpriced(signed.fields.nonce));
        }
        if asked.is_none() && self.pool.len() >= POOL_MAX {
            return Err(ChainFault::Full("as many transactions wait as may wait"));
        }
        self.queue(signed);
        Ok(hash)
    }

    /// Lets a transaction wait again that waited when the chain was last in use.
    ///
    /// # Errors
    /// If the bytes are none of this chain's.
    pub fn wait_again(&mut self, raw: &[u8]) -> Result<(), ChainFault> {
        self.queue(Signed::decode(raw)?);
        Ok(())
    }

    fn queue(&mut self, signed: Signed) {
        match self.in_place_of(&signed) {
            Some(at) => self.pool[at] = signed,
            None => self.pool.push(signed),
        }
    }

    /// Where one waits that has the same place among the transactions of its sender.
    fn in_place_of(&self, signed: &Signed) -> Option<usize> {
        let is_same = |tx: &Signed| tx.from == signed.from && tx.fields.nonce == signed.fields.nonce;
        self.pool.iter().position(is_same)
    }

    fn check(&self, signed: &Signed) -> Result<(), ChainFault> {
        let fields = &signed.fields;
        if self.included.contains_key(&signed.hash) || self.pool.iter().any(|tx| tx.hash == signed.hash) {
            return Err(ChainFault::Known);
        }
        let (next, given) = (self.nonce(signed.from), fields.nonce);
        if given < next {
            return Err(ChainFault::NonceLow { next, given });
        }
        if fields.max_fee_wei < u128::from(BASE_FEE_WEI) {
            return Err(ChainFault::FeeLow { given: fields.max_fee_wei });
        }
        if fields.gas > TX_GAS_MAX {
            return Err(ChainFault::Gas { given: fields.gas });
        }
        let balance = self.balance(signed.from);
        let gas_cost = U256::from(fields.gas).saturating_mul(U256::from(fields.max_fee_wei));
        let cost = gas_cost.saturating_add(fields.value);
        if cost > balance {
            return Err(ChainFault::Funds { balance, cost });
        }
        let slots: usize = self.db.cache.accounts.values().map(|account| account.storage.len()).sum();
        if slots >= SLOTS_MAX {
            return Err(ChainFault::Full("the contracts keep as many entries as they may"));
        }
        let full = self.head().number >= BLOCKS_MAX;
        if full { Err(ChainFault::Full("the chain has as many blocks as it may have")) } else { Ok(()) }
    }
}
