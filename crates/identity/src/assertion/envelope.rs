use data_encoding::BASE64URL_NOPAD;
use serde_json::Value;

/// Bytes of a token at most.
const BYTES_MAX: usize = 8 * 1024;

/// A signed token taken apart (RFC 7515, 3.1), nothing of it believed yet.
pub(super) struct Envelope<'a> {
    pub(super) header: Value,
    pub(super) claims: Value,
    /// What the signature is over.
    pub(super) signed: &'a [u8],
    pub(super) signature: Vec<u8>,
}

impl<'a> Envelope<'a> {
    pub(super) fn open(token: &'a str) -> Result<Self, &'static str> {
        if token.len() > BYTES_MAX {
            return Err("is longer than 8 KiB");
        }
        let shape = "is no signed JWT: three parts of base64url, separated by dots";
        let (signed, signature) = token.rsplit_once('.').ok_or(shape)?;
        let (header, claims) = signed.split_once('.').ok_or(shape)?;
        let bytes = |part: &str| BASE64URL_NOPAD.decode(part.as_bytes()).map_err(|_| shape);
        let object = |part: &str| {
            let value: Value = serde_json::from_slice(&bytes(part)?).map_err(|_| shape)?;
            value.is_object().then_some(value).ok_or(shape)
        };
        Ok(Self {
            header: object(header)?,
            claims: object(claims)?,
            signed: signed.as_bytes(),
            signature: bytes(signature)?,
        })
    }
}
