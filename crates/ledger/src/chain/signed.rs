use k256::ecdsa::{RecoveryId, Signature, VerifyingKey};
use revm::context::transaction::{AccessList, AccessListItem};
use revm::primitives::{Address, B256, Bytes, U256, keccak256};

use super::keys::TestKey;
use super::limits::{CHAIN_ID, TX_BYTES_MAX};
use super::rlp::{self, Item, trimmed};

/// What a transaction says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields {
    /// 0 before types, 1 with an access list (EIP-2930), 2 with two fees (EIP-1559).
    pub kind: u8,
    /// The place among the sender's transactions, from 0.
    pub nonce: u64,
    /// What a unit of gas may cost at most, in wei.
    pub max_fee_wei: u128,
    /// What of it may go to who makes the block, in wei.
    pub tip_wei: u128,
    /// Gas at most.
    pub gas: u64,
    /// The account it goes to; none to make a contract.
    pub to: Option<Address>,
    /// What it carries along, in wei.
    pub value: U256,
    /// The call, or the code of the new contract.
    pub input: Bytes,
    /// What it says that it will touch.
    pub access_list: AccessList,
}

/// A transaction with its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The bytes as they were sent.
    pub raw: Bytes,
    /// Their hash, by which everybody names it.
    pub hash: B256,
    /// Who signed it.
    pub from: Address,
    /// What it says.
    pub fields: Fields,
    /// The signature: parity (or `v`), `r`, `s`.
    pub signature: (u64, U256, U256),
}

/// Why bytes are no transaction of this chain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignedFault {
    /// Too many bytes.
    #[error("the transaction has {0} bytes; at most {TX_BYTES_MAX} are taken")]
    Long(usize),
    /// Not the encoding of a transaction.
    #[error("these bytes are no signed transaction: {0}")]
    Form(&'static str),
    /// Of a type that is not known here.
    #[error("transactions of type {0} are not known here; types 0, 1 and 2 are")]
    Kind(u8),
    /// For another chain.
    #[error("it is signed for chain {0}, this is chain {CHAIN_ID}")]
    Chain(u64),
    /// For any chain, so that it could be replayed.
    #[error("it names no chain, so it could be replayed on another; sign it for chain {CHAIN_ID} (EIP-155)")]
    AnyChain,
    /// The signature is none.
    #[error("the signature does not hold: {0}")]
    Signature(&'static str),
}

impl Signed {
    /// Reads a transaction and finds out who signed it.
    ///
    /// # Errors
    /// What does not fit.
    pub fn decode(raw: &[u8]) -> Result<Self, SignedFault> {
        let form = SignedFault::Form;
        if raw.len() > TX_BYTES_MAX {
            return Err(SignedFault::Long(raw.len()));
        }
        let (kind, body) = match raw.first() {
            None => return Err(form("there are none")),
            Some(0xc0..) => (0, raw),
            Some(kind @ (1 | 2)) => (*kind, &raw[1..]),
            Some(kind) => return Err(SignedFault::Kind(*kind)),
        };
        let Some(Item::List(items)) = rlp::read(body) else { return Err(form("the encoding is not a list")) };
        let signed_at = match kind {
            0 => 6,
            1 => 8,
            _ => 9,
        };
        if items.len() != signed_at + 3 {
            return Err(form("the list has another number of fields"));
        }
        let (fields, signature) = items.split_at(signed_at);
        let v = number(&signature[0])?;
        let (r, s) = (wide(&signature[1])?, wide(&signature[2])?);
        let (odd, chain) = match (kind, v) {
            (0, 27 | 28) => return Err(SignedFault::AnyChain),
            (0, 35..) => ((v - 35) % 2 == 1, (v - 35) / 2),
            (1 | 2, 0 | 1) => (v == 1, number(&fields[0])?),
            _ => return Err(SignedFault::Signature("its first part is out of range")),
        };
        if chain != CHAIN_ID {
            return Err(SignedFault::Chain(chain));
        }
        let read = read_fields(kind, fields)?;
        let from = recover(read.signing_hash(), odd, r, s)?;
        let raw = Bytes::copy_from_slice(raw);
        Ok(Self { hash: keccak256(&raw), raw, from, fields: read, signature: (v, r, s) })
    }

    /// What a unit of gas costs it above the base fee, in wei.
    pub fn tip_wei(&self, base_fee_wei: u64) -> u128 {
        self.fields.tip_wei.min(self.fields.max_fee_wei.saturating_sub(u128::from(base_fee_wei)))
    }
}

impl Fields {
    /// Signs with a key of this chain's.
    pub fn sign(&self, key: &TestKey) -> Vec<u8> {
        let (odd, r, s) = key.sign(self.signing_hash());
        let v = if self.kind == 0 { CHAIN_ID * 2 + 35 + u64::from(odd) } else { u64::from(odd) };
        let (v, r, s) = (v.to_be_bytes(), r.to_be_bytes::<32>(), s.to_be_bytes::<32>());
        self.encode(&[trimmed(&v), trimmed(&r), trimmed(&s)])
    }

    /// What is signed: everything, with the chain.
    fn signing_hash(&self) -> B256 {
        let chain = CHAIN_ID.to_be_bytes();
        let after: &[&[u8]] = if self.kind == 0 { &[trimmed(&chain), &[], &[]] } else { &[] };
        keccak256(self.encode(after))
    }

    fn encode(&self, after: &[&[u8]]) -> Vec<u8> {
        let chain = CHAIN_ID.to_be_bytes();
        let numbers = [u128::from(self.nonce), self.tip_wei, self.max_fee_wei, u128::from(self.gas)];
        let [nonce, tip, fee, gas] = numbers.map(u128::to_be_bytes);
        let value = self.value.to_be_bytes::<32>();
        let to = self.to.as_ref().map_or(&[][..], |to| to.as_slice());
        let mut items: Vec<&[u8]> = match self.kind {
            0 => vec![&nonce, &fee, &gas],
            1 => vec![&chain, &nonce, &fee, &gas],
            _ => vec![&chain, &nonce, &tip, &fee, &gas],
        };
        items.iter_mut().for_each(|item| *item = trimmed(item));
        items.extend([to, trimmed(&value), &self.input]);
        let mut items: Vec<Item<'_>> = items.into_iter().map(Item::Bytes).collect();
        if self.kind > 0 {
            items.push(Item::List(self.access_list.0.iter().map(listed).collect()));
        }
        items.extend(after.iter().map(|bytes| Item::Bytes(bytes)));
        let mut raw = if self.kind == 0 { Vec::new() } else { vec![self.kind] };
        raw.extend(rlp::write(&Item::List(items)));
        raw
    }
}

fn listed(entry: &AccessListItem) -> Item<'_> {
    let keys = entry.storage_keys.iter().map(|key| Item::Bytes(key.as_slice())).collect();
    Item::List(vec![Item::Bytes(entry.address.as_slice()), Item::List(keys)])
}

fn read_fields(kind: u8, items: &[Item<'_>]) -> Result<Fields, SignedFault> {
    let at = usize::from(kind > 0);
    let fee_at = if kind == 2 { at + 2 } else { at + 1 };
    let (nonce, max_fee_wei) = (number(&items[at])?, amount(&items[fee_at])?);
    let tip_wei = amount(&items[at + 1])?;
    let rest = &items[fee_at + 1..];
    let to = match bytes(&rest[1])? {
        [] => None,
        to => Some(Address::try_from(to).map_err(|_| SignedFault::Form("an address has 20 bytes"))?),
    };
    let access_list = rest.get(4).map(read_access_list).transpose()?.unwrap_or_default();
    let input = Bytes::copy_from_slice(bytes(&rest[3])?);
    Ok(Fields {
        kind,
        nonce,
        max_fee_wei,
        tip_wei,
        gas: number(&rest[0])?,
        to,
        value: wide(&rest[2])?,
        input,
        access_list,
    })
}

fn read_access_list(item: &Item<'_>) -> Result<AccessList, SignedFault> {
    let bad = || SignedFault::Form("the access list has addresses with lists of keys");
    let Item::List(entries) = item else { return Err(bad()) };
    let read = |entry: &Item<'_>| {
        let Item::List(pair) = entry else { return None };
        let [Item::Bytes(address), Item::List(keys)] = pair.as_slice() else { return None };
        let key = |key: &Item<'_>| bytes(key).ok().and_then(|key| B256::try_from(key).ok());
        let storage_keys = keys.iter().map(key).collect::<Option<Vec<_>>>()?;
        Some(AccessListItem { address: Address::try_from(*address).ok()?, storage_keys })
    };
    Ok(AccessList(entries.iter().map(read).collect::<Option<Vec<_>>>().ok_or_else(bad)?))
}

fn bytes<'a>(item: &Item<'a>) -> Result<&'a [u8], SignedFault> {
    match item {
        Item::Bytes(bytes) => Ok(bytes),
        Item::List(_) => Err(SignedFault::Form("a list stands where a value belongs")),
    }
}

fn wide(item: &Item<'_>) -> Result<U256, SignedFault> {
    match bytes(item)? {
        [0, ..] => Err(SignedFault::Form("a number has leading zeros")),
        digits if digits.len() > 32 => Err(SignedFault::Form("a number has more than 32 bytes")),
        digits => Ok(U256::from_be_slice(digits)),
    }
}

fn amount(item: &Item<'_>) -> Result<u128, SignedFault> {
    u128::try_from(wide(item)?).map_err(|_| SignedFault::Form("a fee is out of range"))
}

fn number(item: &Item<'_>) -> Result<u64, SignedFault> {
    u64::try_from(wide(item)?).map_err(|_| SignedFault::Form("a number is out of range"))
}

fn recover(hash: B256, odd: bool, r: U256, s: U256) -> Result<Address, SignedFault> {
    let bad = SignedFault::Signature;
    let signature = Signature::from_scalars(r.to_be_bytes::<32>(), s.to_be_bytes::<32>());
    let signature = signature.map_err(|_| bad("r or s is out of range"))?;
    if signature.normalize_s().is_some() {
        return Err(bad("s is in the upper half, so that a second signature would fit as well (EIP-2)"));
    }
    let key = VerifyingKey::recover_from_prehash(hash.as_slice(), &signature, RecoveryId::new(odd, false));
    Ok(super::keys::address_of(&key.map_err(|_| bad("no key could have made it"))?))
}
