use ledger::chain::{Address, Chain};

/// Every contract that somebody deployed, with who did, oldest first.
pub(super) fn contracts(chain: &Chain) -> impl Iterator<Item = (Address, Address)> {
    let hashes = chain.blocks().iter().flat_map(|block| &block.transactions);
    let made = hashes.filter_map(|hash| chain.included(hash)).filter(|tx| tx.success);
    made.filter_map(|tx| Some((tx.signed.from, tx.created?)))
}
