//! Recursive length prefix, the encoding of transactions (Ethereum yellow paper, appendix B). Only canonical forms are read.

/// Lists inside lists at most; a transaction has three.
const DEPTH_MAX: usize = 8;

/// A string of bytes, or a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item<'a> {
    Bytes(&'a [u8]),
    List(Vec<Item<'a>>),
}

/// Reads one item that takes all of `bytes`.
pub(super) fn read(bytes: &[u8]) -> Option<Item<'_>> {
    let (item, rest) = item(bytes, DEPTH_MAX)?;
    rest.is_empty().then_some(item)
}

fn item(bytes: &[u8], depth: usize) -> Option<(Item<'_>, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    if first < 0x80 {
        let (own, rest) = bytes.split_at(1);
        return Some((Item::Bytes(own), rest));
    }
    let (base, is_list) = if first < 0xc0 { (0x80, false) } else { (0xc0, true) };
    let (length, rest) = length(first - base, rest)?;
    let (own, rest) = rest.split_at_checked(length)?;
    if !is_list {
        let canonical = own.len() != 1 || own[0] >= 0x80;
        return canonical.then_some((Item::Bytes(own), rest));
    }
    let (mut items, mut left) = (Vec::new(), own);
    while !left.is_empty() {
        let (next, after) = item(left, depth.checked_sub(1)?)?;
        items.push(next);
        left = after;
    }
    Some((Item::List(items), rest))
}

/// The length that a prefix, less its base, and the bytes after it state.
fn length(prefix: u8, rest: &[u8]) -> Option<(usize, &[u8])> {
    if prefix <= 55 {
        return Some((usize::from(prefix), rest));
    }
    let (digits, rest) = rest.split_at_checked(usize::from(prefix - 55))?;
    let length = digits
        .iter()
        .try_fold(0_usize, |length, digit| length.checked_mul(256)?.checked_add(usize::from(*digit)))?;
    (digits[0] != 0 && length > 55).then_some((length, rest))
}

/// Writes an item.
pub(super) fn write(item: &Item<'_>) -> Vec<u8> {
    match item {
        Item::Bytes([byte]) if *byte < 0x80 => vec![*byte],
        Item::Bytes(bytes) => framed(0x80, bytes),
        Item::List(items) => framed(0xc0, &items.iter().flat_map(write).collect::<Vec<_>>()),
    }
}

fn framed(base: u8, bytes: &[u8]) -> Vec<u8> {
    // A prefix byte holds lengths up to 55 itself, and beyond that the number of the length's own bytes, at most 8.
    let mut out = match bytes.len() {
        short @ 0..=55 => vec![base + short as u8],
        long => {
            let digits = trimmed(&(long as u64).to_be_bytes()).to_vec();
            [vec![base + 55 + digits.len() as u8], digits].concat()
        }
    };
    out.extend_from_slice(bytes);
    out
}

/// A number without its leading zeros, as numbers are written.
pub(super) fn trimmed(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    &number[zeros..]
}
