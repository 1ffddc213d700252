use std::fmt;

use data_encoding::BASE64;

use super::key::{PublicKey, Role, SecretKey, good_name};

/// Signatures of a note at most, and bytes of it: more is refused unread.
const SIGNATURES_MAX: usize = 64;
const NOTE_BYTES_MAX: usize = 1 << 20;

/// Why a text is no note, checkpoint or proof, or why nobody has signed it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteFault {
    /// It is not built like one.
    #[error("{what}: {why}")]
    Form {
        /// What it should have been.
        what: &'static str,
        /// What does not fit.
        why: &'static str,
    },
    /// Not a key.
    #[error("'{0}' is no key; a key is written name+hash+key, with the hash of name and key")]
    Key(String),
    /// The signature wanted is not there.
    #[error("no signature by '{0}'")]
    Unsigned(String),
    /// It is there and does not fit the text.
    #[error("the signature by '{0}' does not fit the text: one of them was altered")]
    Forged(String),
}

/// One line of signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who signed, as the line says.
    pub name: String,
    /// Which key, as the line says.
    pub id: [u8; 4],
    /// The signature itself; before it, in a cosignature, the time.
    pub bytes: Vec<u8>,
}

/// A witness's signature that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cosigned {
    /// When the witness saw the checkpoint: seconds since 1970 UTC.
    pub time_s: u64,
}

/// A text with signatures under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What is signed, with its last line feed.
    pub text: String,
    /// Who signed it.
    pub signatures: Vec<Signature>,
}

impl Note {
    /// A note that nobody has signed yet. `text` ends with a line feed.
    pub fn new(text: String) -> Self {
        Self { text, signatures: Vec::new() }
    }

    /// Reads a note. Its signatures are not checked yet, since that takes keys.
    ///
    /// # Errors
    /// What is not as it should be.
    pub fn parse(note: &str) -> Result<Self, NoteFault> {
        let bad = |why| NoteFault::Form { what: "note", why };
        if note.len() > NOTE_BYTES_MAX {
            return Err(bad("it is longer than a note may be"));
        }
        if note.contains(|c: char| c.is_control() && c != '\n') {
            return Err(bad("it has control characters other than line feeds"));
        }
        let end = note.rfind("\n\n").ok_or_else(|| bad("no empty line before the signatures"))?;
        let (text, lines) = (&note[..=end], &note[end + 2..]);
        let lines =
            lines.strip_suffix('\n').ok_or_else(|| bad("no signatures, or no line feed at the end"))?;
        let signatures: Option<Vec<_>> = lines.split('\n').take(SIGNATURES_MAX + 1).map(signature).collect();
        let signatures = signatures
            .ok_or_else(|| bad("a signature is a line of: em dash, name, base64 of key id and signature"))?;
        if signatures.len() > SIGNATURES_MAX {
            return Err(bad("it has more signatures than a note may have"));
        }
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// Adds the operator's signature.
    pub fn sign(&mut self, key: &SecretKey) {
        self.add(key, key.sign(self.text.as_bytes()).to_vec());
    }

    /// Adds a witness's signature, who saw it at `time_s`.
    pub fn cosign(&mut self, key: &SecretKey, time_s: u64) {
        let mut bytes = time_s.to_be_bytes().to_vec();
        bytes.extend(key.sign(cosigned_message(time_s, &self.text).as_bytes()));
        self.add(key, bytes);
    }

    /// Whether the operator with `key` signed it.
    ///
    /// # Errors
    /// If not, or if the signature does not fit.
    pub fn signed_by(&self, key: &PublicKey) -> Result<(), NoteFault> {
        let found = self.by(key, Role::Log)?;
        let holds =
            found.bytes.as_slice().try_into().is_ok_and(|bytes| key.verifies(self.text.as_bytes(), bytes));
        if holds { Ok(()) } else { Err(NoteFault::Forged(key.name().to_owned())) }
    }

    /// Whether the witness with `key` signed it, and when.
    ///
    /// # Errors
    /// If not, or if the signature does not fit.
    pub fn cosigned_by(&self, key: &PublicKey) -> Result<Cosigned, NoteFault> {
        let found = self.by(key, Role::Witness)?;
        let forged = || NoteFault::Forged(key.name().to_owned());
        let (time, bytes) = found.bytes.split_first_chunk::<8>().ok_or_else(forged)?;
        let time_s = u64::from_be_bytes(*time);
        let message = cosigned_message(time_s, &self.text);
        let holds = bytes.try_into().is_ok_and(|bytes| key.verifies(message.as_bytes(), bytes));
        if holds { Ok(Cosigned { time_s }) } else { Err(forged()) }
    }

    fn add(&mut self, key: &SecretKey, bytes: Vec<u8>) {
        let public = key.public();
        self.signatures.push(Signature { name: public.name().to_owned(), id: public.id(), bytes });
    }

    fn by(&self, key: &PublicKey, role: Role) -> Result<&Signature, NoteFault> {
        let theirs = |found: &&Signature| found.name == key.name() && found.id == key.id();
        let found = self.signatures.iter().find(theirs).filter(|_| key.role() == role);
        found.ok_or_else(|| NoteFault::Unsigned(key.name().to_owned()))
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for Signature { name, id, bytes } in &self.signatures {
            writeln!(f, "\u{2014} {name} {}", BASE64.encode(&[id.as_slice(), bytes].concat()))?;
        }
        Ok(())
    }
}

fn cosigned_message(time_s: u64, text: &str) -> String {
    format!("cosignature/v1\ntime {time_s}\n{text}")
}

fn signature(line: &str) -> Option<Signature> {
    let (name, bytes) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
    let bytes = BASE64.decode(bytes.as_bytes()).ok()?;
    let (id, bytes) = bytes.split_first_chunk::<4>()?;
    (good_name(name) && !bytes.is_empty()).then(|| Signature {
        name: name.to_owned(),
        id: *id,
        bytes: bytes.to_vec(),
    })
}
