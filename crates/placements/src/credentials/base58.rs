const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Multicodec of an Ed25519 public key.
const ED25519: [u8; 2] = [0xed, 0x01];

/// The DID of an Ed25519 public key (did:key method, W3C CCG, section 3.1).
#[must_use]
pub fn did_key(public: &[u8; 32]) -> String {
    let bytes: Vec<u8> = ED25519.iter().chain(public).copied().collect();
    format!("did:key:z{}", base58(&bytes))
}

/// Base 58 in Bitcoin's alphabet: each leading zero byte is a `1`.
pub(super) fn base58(bytes: &[u8]) -> String {
    let mut digits: Vec<u8> = Vec::new();
    for byte in bytes {
        let mut carry = u32::from(*byte);
        for digit in &mut digits {
            carry += u32::from(*digit) << 8;
            *digit = u8::try_from(carry % 58).unwrap_or(0);
            carry /= 58;
        }
        while carry > 0 {
            digits.push(u8::try_from(carry % 58).unwrap_or(0));
            carry /= 58;
        }
    }
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let leading = std::iter::repeat_n(0, zeros);
    leading.chain(digits.into_iter().rev()).map(|digit| char::from(ALPHABET[usize::from(digit)])).collect()
}
