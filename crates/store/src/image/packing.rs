use std::collections::BTreeMap;

use lz4_flex::block::{compress_into_with_dict, decompress_into_with_dict, get_maximum_output_size};
use rusqlite::Connection;

use crate::StoreError;

/// How a packed body begins: what no JSON text begins with.
const PACKED: u8 = 0;
/// Before the packed bytes: [`PACKED`] and the length of the body, little-endian.
const HEAD_BYTES: usize = 5;
/// An exemplar is searched anew for each body, so it must be short; a shorter one than the least would find nothing.
const EXEMPLAR_BYTES: std::ops::RangeInclusive<usize> = 64..=8_192;

/// Of each type, the body that the others are packed against: resources of one type repeat each other, so that LZ4 with
/// one of them as its dictionary leaves a quarter. An image keeps them in its table `exemplar`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Exemplars(BTreeMap<String, Box<[u8]>>);

impl Exemplars {
    /// The exemplars of the image in the file of this connection.
    pub(super) fn read(connection: &Connection) -> Result<Self, StoreError> {
        let mut statement = connection.prepare("SELECT type, body FROM main.exemplar")?;
        let exemplars = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?.into())))?;
        Ok(Self(exemplars.collect::<Result<_, _>>()?))
    }

    /// Takes `body` as the exemplar of its type where there is none and it is fit for one; whether it was taken.
    pub(super) fn offer(&mut self, kind: &str, body: &[u8]) -> bool {
        let taken = EXEMPLAR_BYTES.contains(&body.len()) && !self.0.contains_key(kind);
        if taken {
            self.0.insert(kind.to_owned(), body.into());
        }
        taken
    }

    /// `body` packed into `packed`, or as it is where there is no exemplar or nothing is gained.
    pub(super) fn pack<'b>(&self, kind: &str, body: &'b [u8], packed: &'b mut Vec<u8>) -> &'b [u8] {
        let (Some(exemplar), Ok(len)) = (self.0.get(kind), u32::try_from(body.len())) else { return body };
        packed.clear();
        packed.push(PACKED);
        packed.extend_from_slice(&len.to_le_bytes());
        packed.resize(HEAD_BYTES + get_maximum_output_size(body.len()), 0);
        match compress_into_with_dict(body, &mut packed[HEAD_BYTES..], exemplar) {
            Ok(written) if HEAD_BYTES + written < body.len() => &packed[..HEAD_BYTES + written],
            _ => body,
        }
    }

    /// The body that was stored: itself where it was not packed. A row that is damaged is an error of the database.
    pub(crate) fn unpack(&self, kind: &str, stored: &[u8]) -> rusqlite::Result<Vec<u8>> {
        if stored.first() != Some(&PACKED) {
            return Ok(stored.to_vec());
        }
        let damaged = |why: &str| {
            let what = format!("a packed {kind} cannot be read: {why}").into();
            rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Blob, what)
        };
        let exemplar = self.0.get(kind).ok_or_else(|| damaged("its image has no exemplar of this type"))?;
        let (head, packed) = stored.split_at_checked(HEAD_BYTES).ok_or_else(|| damaged("it is cut off"))?;
        let len = u32::from_le_bytes([head[1], head[2], head[3], head[4]]);
        // No 255 bytes can come of fewer than one: a damaged length asks for no memory.
        let len = usize::try_from(len).ok().filter(|len| *len / 255 <= packed.len());
        let mut body = vec![0; len.ok_or_else(|| damaged("its length cannot be"))?];
        match decompress_into_with_dict(packed, &mut body, exemplar) {
            Ok(written) if written == body.len() => Ok(body),
            Ok(_) => Err(damaged("it is shorter than it says")),
            Err(error) => Err(damaged(&error.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EXEMPLAR: &[u8] =
        br#"{"resourceType":"Observation","status":"final","code":{"coding":[{"code":"8867-4"}]}}"#;

    fn exemplars() -> Exemplars {
        let mut exemplars = Exemplars::default();
        assert!(exemplars.offer("Observation", EXEMPLAR) && !exemplars.offer("Observation", EXEMPLAR));
        assert!(!exemplars.offer("Patient", b"{}"));
        exemplars
    }

    #[test]
    fn what_resembles_its_model_takes_little() {
        let body = String::from_utf8_lossy(EXEMPLAR).replace("8867-4", "8310-5").into_bytes();
        let mut buffer = Vec::new();
        let packed = exemplars().pack("Observation", &body, &mut buffer).to_vec();
        assert!(packed.len() < body.len() / 2, "{} of {}", packed.len(), body.len());
        assert_eq!(exemplars().unpack("Observation", &packed).unwrap(), body);
        assert_eq!(exemplars().pack("Patient", &body, &mut buffer), body);
    }

    proptest! {
        #[test]
        fn every_body_comes_back_as_it_was(body in "[{\\[ ][ -~é\n]{0,400}", kind in "Observation|Patient") {
            let mut buffer = Vec::new();
            let packed = exemplars().pack(&kind, body.as_bytes(), &mut buffer).to_vec();
            prop_assert!(packed.len() <= body.len());
            prop_assert_eq!(exemplars().unpack(&kind, &packed).unwrap(), body.into_bytes());
        }

        #[test]
        fn damage_is_an_error_and_no_panic(stored in prop::collection::vec(any::<u8>(), 0..200)) {
            let stored = [vec![PACKED], stored].concat();
            let _ = exemplars().unpack("Observation", &stored);
            prop_assert!(exemplars().unpack("Patient", &stored).is_err());
        }
    }
}
