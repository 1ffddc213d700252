use std::collections::BTreeMap;

use revm::DatabaseRef;
use revm::database::{EmptyDB, InMemoryDB};
use revm::primitives::{Address, B256, Bytes, U256};
use revm::state::AccountInfo;

use super::fault::ChainFault;
use super::keys::TestKey;
use super::limits::TX_GAS_MAX;
use super::run::{self, Outcome, Request};
use super::signed::Signed;
use super::view::{Block, Included};

/// What each test account begins with: 10,000 ether, in wei.
const FUNDS_WEI: u128 = 10_000 * 1_000_000_000_000_000_000;

/// A chain with its state.
pub struct Chain {
    pub(super) db: InMemoryDB,
    pub(super) blocks: Vec<Block>,
    pub(super) included: BTreeMap<B256, Included>,
    /// Transactions that wait, in the order in which they came.
    pub(super) pool: Vec<Signed>,
}

impl Chain {
    /// A chain of one empty block, made at `time_s`, with the test accounts funded.
    pub fn begin(time_s: u64) -> Self {
        let mut db = InMemoryDB::new(EmptyDB::new());
        for key in TestKey::all() {
            let info = AccountInfo { balance: U256::from(FUNDS_WEI), ..AccountInfo::default() };
            db.insert_account_info(key.address(), info);
        }
        let mut chain = Self { db, blocks: Vec::new(), included: BTreeMap::new(), pool: Vec::new() };
        chain.close(time_s, Vec::new(), B256::ZERO);
        chain
    }

    /// Its blocks.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The newest.
    pub fn head(&self) -> &Block {
        self.blocks.last().expect("a chain begins with a block and loses none")
    }

    /// A transaction in a block.
    pub fn included(&self, hash: &B256) -> Option<&Included> {
        self.included.get(hash)
    }

    /// Every transaction that is in a block, in no order that means anything.
    pub fn all_included(&self) -> impl Iterator<Item = &Included> {
        self.included.values()
    }

    /// What an account has, in wei.
    pub fn balance(&self, account: Address) -> U256 {
        self.info(account).balance
    }

    /// How many transactions of an account are in blocks.
    pub fn nonce(&self, account: Address) -> u64 {
        self.info(account).nonce
    }

    /// A contract's code.
    pub fn code(&self, account: Address) -> Bytes {
        let hash = self.info(account).code_hash;
        self.db.code_by_hash_ref(hash).map(|code| code.original_bytes()).unwrap_or_default()
    }

    /// How many entries a contract keeps that are not zero.
    pub fn entries(&self, account: Address) -> usize {
        let kept = self.db.cache.accounts.get(&account);
        kept.map_or(0, |kept| kept.storage.values().filter(|value| !value.is_zero()).count())
    }

    /// An entry of a contract's storage.
    pub fn storage(&self, account: Address, slot: U256) -> U256 {
        self.db.storage_ref(account, slot).unwrap_or_default()
    }

    /// Tries a call on the newest state, at `time_s`.
    ///
    /// # Errors
    /// If the virtual machine does not even begin it.
    pub fn call(&self, asked: &Request, time_s: u64) -> Result<Outcome, ChainFault> {
        let next = (self.head().number + 1, time_s.max(self.head().time_s));
        run::call(&self.db, next.0, next.1, asked).map_err(ChainFault::Refused)
    }

    /// The least gas with which a call is carried out, to within a hundredth. Where it is not with any, what became of it.
    ///
    /// # Errors
    /// As [`Chain::call`].
    pub fn estimate(&self, asked: &Request, time_s: u64) -> Result<Result<u64, Outcome>, ChainFault> {
        let most = self.call(asked, time_s)?;
        if !most.success {
            return Ok(Err(most));
        }
        let (mut low, mut high) = (most.gas_used, asked.gas.unwrap_or(TX_GAS_MAX).min(TX_GAS_MAX));
        let enough = |gas| {
            let tried = self.call(&Request { gas: Some(gas), ..asked.clone() }, time_s);
            tried.is_ok_and(|outcome| outcome.success)
        };
        // Most calls need what they use, a refund aside.
        if enough(low) {
            return Ok(Ok(low));
        }
        while high - low > low / 100 {
            let middle = low + (high - low) / 2;
            if enough(middle) { high = middle } else { low = middle }
        }
        Ok(Ok(high))
    }

    fn info(&self, account: Address) -> AccountInfo {
        self.db.basic_ref(account).ok().flatten().unwrap_or_default()
    }
}
