use std::sync::LazyLock;

use k256::ecdsa::{SigningKey, VerifyingKey};
use revm::primitives::{Address, B256, U256, keccak256};

/// How many accounts a chain begins with.
const COUNT: u32 = 10;

/// Made once: every account that is named by its number is looked up here, and an account follows from its key slowly.
static KEYS: LazyLock<Vec<TestKey>> = LazyLock::new(|| (0..COUNT).filter_map(TestKey::numbered).collect());

/// The key of an account that everybody may use: its money is worth nothing.
#[derive(Debug, Clone)]
pub struct TestKey {
    key: SigningKey,
    address: Address,
}

impl TestKey {
    /// The accounts of every chain, the same everywhere.
    pub fn all() -> &'static [Self] {
        &KEYS
    }

    /// None for the hash that is no key, of which there is one in 2^128.
    fn numbered(number: u32) -> Option<Self> {
        let secret = keccak256(format!("practicum test account {number}"));
        let key = SigningKey::from_slice(secret.as_slice()).ok()?;
        let address = address_of(key.verifying_key());
        Some(Self { key, address })
    }

    /// The account.
    pub fn address(&self) -> Address {
        self.address
    }

    /// The secret, for a wallet.
    pub fn secret(&self) -> B256 {
        B256::from_slice(&self.key.to_bytes())
    }

    /// Parity, `r` and `s` of the signature of a hash, the same each time (RFC 6979).
    pub(super) fn sign(&self, hash: B256) -> (bool, U256, U256) {
        let signed = self.key.sign_prehash_recoverable(hash.as_slice());
        let (signature, id) = signed.expect("a hash of 32 bytes can be signed with any key");
        let (r, s) = signature.split_bytes();
        (id.is_y_odd(), U256::from_be_slice(&r), U256::from_be_slice(&s))
    }
}

/// The account that a key is of: the last 20 bytes of its hash.
pub(super) fn address_of(key: &VerifyingKey) -> Address {
    let point = key.to_encoded_point(false);
    Address::from_slice(&keccak256(&point.as_bytes()[1..])[12..])
}
