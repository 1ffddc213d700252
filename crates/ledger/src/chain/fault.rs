use revm::primitives::U256;

use super::limits::{BASE_FEE_WEI, TX_GAS_MAX};
use super::signed::SignedFault;

/// Why the chain did not take a transaction, or did not answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainFault {
    /// It is no transaction of this chain.
    #[error(transparent)]
    Signed(#[from] SignedFault),
    /// The sender has sent this one, or another in its place.
    #[error("nonce too low: next nonce {next}, tx nonce {given}")]
    NonceLow {
        /// The nonce that comes next.
        next: u64,
        /// The transaction's.
        given: u64,
    },
    /// One of the same nonce waits, and this one does not pay a tenth more.
    #[error("replacement transaction underpriced: one with nonce {0} waits already")]
    Underpriced(u64),
    /// It waits or is in a block already.
    #[error("already known")]
    Known,
    /// It pays less than gas costs.
    #[error("max fee per gas less than block base fee: {given} wei given, {BASE_FEE_WEI} wei asked")]
    FeeLow {
        /// What it would pay.
        given: u128,
    },
    /// More gas than one transaction may use.
    #[error("exceeds block gas limit: {given} asked, {TX_GAS_MAX} is the most for one transaction")]
    Gas {
        /// What it asks.
        given: u64,
    },
    /// The sender cannot pay for it.
    #[error("insufficient funds for gas * price + value: balance {balance}, tx cost {cost}")]
    Funds {
        /// What the sender has, in wei.
        balance: U256,
        /// What it could cost, in wei.
        cost: U256,
    },
    /// A limit of the chain is reached.
    #[error("{0}; reset the hospital to begin another chain")]
    Full(&'static str),
    /// The virtual machine refused it.
    #[error("{0}")]
    Refused(String),
}
