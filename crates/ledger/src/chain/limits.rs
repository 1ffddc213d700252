/// The number that keeps transactions of this chain from being replayed on another (EIP-155).
pub const CHAIN_ID: u64 = 2_031_007;

/// Gas of a block at most.
pub const BLOCK_GAS_MAX: u64 = 30_000_000;

/// Gas of a transaction or call at most: an endless loop ends after some tens of milliseconds.
pub const TX_GAS_MAX: u64 = 16_000_000;

/// What a unit of gas costs at least, in wei. It does not follow demand: the members of this chain do not bid for room.
pub const BASE_FEE_WEI: u64 = 1_000_000_000;

/// Bytes of a signed transaction at most; code of 24 KB and its arguments fit.
pub const TX_BYTES_MAX: usize = 128 * 1024;

/// Transactions that may wait at most.
pub(super) const POOL_MAX: usize = 1000;

/// Storage entries of all contracts together at most, so that a chain stays a few megabytes.
pub(super) const SLOTS_MAX: usize = 50_000;

/// Blocks at most, because opening a chain replays them.
pub(super) const BLOCKS_MAX: u64 = 100_000;
