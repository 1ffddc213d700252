use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Int64Array, StringArray};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::common::cast::as_string_array;
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use sha2::{Digest, Sha256};

use crate::writer::hex;

/// The block of SHA-256 in bytes (RFC 2104, 2).
const BLOCK_BYTES: usize = 64;
/// Bytes of a pseudonym: with a billion of them, two are the same once in 2^21 hospitals.
const PSEUDONYM_BYTES: usize = 10;
/// Days by which somebody's dates are moved back, at most. Whole weeks, so that days of the week stay.
const WEEKS_MAX: i64 = 52;

/// What is made of the key of a person, by a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Made {
    Pseudonym,
    /// Days to move back.
    Shift,
}

/// A function of a person's key that nobody can turn round who does not know the secret.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Keyed {
    made: Made,
    secret: [u8; 32],
    signature: Signature,
}

impl Keyed {
    fn function(made: Made, secret: [u8; 32]) -> ScalarUDF {
        let signature = Signature::exact(vec![DataType::Utf8], Volatility::Immutable);
        ScalarUDF::from(Self { made, secret, signature })
    }

    fn of(&self, text: &str) -> [u8; 32] {
        hmac(&self.secret, text.as_bytes())
    }
}

/// A name that stands for a person.
pub(super) fn pseudonym(secret: [u8; 32]) -> ScalarUDF {
    Keyed::function(Made::Pseudonym, secret)
}

/// The days by which a person's dates are moved back.
pub(super) fn shift(secret: [u8; 32]) -> ScalarUDF {
    Keyed::function(Made::Shift, secret)
}

impl ScalarUDFImpl for Keyed {
    fn name(&self) -> &str {
        match self.made {
            Made::Pseudonym => "pseudonym",
            Made::Shift => "days_of",
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(match self.made {
            Made::Pseudonym => DataType::Utf8,
            Made::Shift => DataType::Int64,
        })
    }

    fn invoke_with_args(&self, given: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&given.args)?;
        let Some(keys) = arrays.first() else {
            return datafusion::common::exec_err!("this function takes the key of a person");
        };
        let keys = as_string_array(keys)?;
        let made: ArrayRef = match self.made {
            Made::Pseudonym => {
                let name = |key: &str| hex(&self.of(key)[..PSEUDONYM_BYTES]);
                Arc::new(keys.iter().map(|key| key.map(name)).collect::<StringArray>())
            }
            Made::Shift => {
                Arc::new(keys.iter().map(|key| key.map(|key| days(&self.of(key)))).collect::<Int64Array>())
            }
        };
        Ok(ColumnarValue::Array(made))
    }
}

/// From one week to a year, in days.
fn days(made: &[u8; 32]) -> i64 {
    let number = u32::from_be_bytes([made[0], made[1], made[2], made[3]]);
    (i64::from(number) % WEEKS_MAX + 1) * 7
}

/// HMAC-SHA-256 (RFC 2104) with a key shorter than a block.
fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let padded = |pad: u8| {
        let mut block = [pad; BLOCK_BYTES];
        block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
        block
    };
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(padded(0x5c)).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 1 has a key of 20 bytes, which zeros at the end do not change.
    #[test]
    fn the_code_is_that_of_the_rfc() {
        let mut key = [0; 32];
        key[..20].fill(0x0b);
        let expected = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7";
        assert_eq!(hex(&hmac(&key, b"Hi There")), expected);
    }

    #[test]
    fn a_shift_is_whole_weeks_within_a_year() {
        for key in 0_u8..=255 {
            let days = days(&hmac(&[key; 32], b"a"));
            assert!(days % 7 == 0 && (7..=364).contains(&days), "{days}");
        }
    }
}
