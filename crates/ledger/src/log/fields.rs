/// A journal entry, read from the bytes whose SHA-256 chains it.
///
/// They are: the hash of the entry before it, three numbers of eight bytes, one byte for whether it is about a patient, then
/// seven texts, each after its length in eight bytes. Numbers are big-endian.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields {
    /// The hash of the entry before it.
    pub previous: [u8; 32],
    /// Its place in the journal.
    pub seq: i64,
    /// The hospital's own time, microseconds since 1970 UTC.
    pub virtual_us: i64,
    /// The machine's time, microseconds since 1970 UTC.
    pub wall_us: i64,
    /// Who did it.
    pub actor: String,
    /// The system it came from.
    pub source: String,
    /// The system it went to.
    pub target: String,
    /// What it was.
    pub kind: String,
    /// The patient it is about.
    pub subject: Option<String>,
    /// How it ended.
    pub outcome: String,
    /// The particulars, JSON as it was written.
    pub detail: String,
}

impl Fields {
    /// Reads an entry; none if the bytes are not one.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let (previous, rest) = bytes.split_first_chunk::<32>()?;
        let (seq, rest) = number(rest)?;
        let (virtual_us, rest) = number(rest)?;
        let (wall_us, rest) = number(rest)?;
        let (about, rest) = rest.split_first()?;
        let (actor, rest) = text(rest)?;
        let (source, rest) = text(rest)?;
        let (target, rest) = text(rest)?;
        let (kind, rest) = text(rest)?;
        let (subject, rest) = text(rest)?;
        let (outcome, rest) = text(rest)?;
        let (detail, rest) = text(rest)?;
        let subject = match (about, subject.is_empty()) {
            (0, true) => None,
            (1, _) => Some(subject),
            _ => return None,
        };
        rest.is_empty().then_some(Self {
            previous: *previous,
            seq,
            virtual_us,
            wall_us,
            actor,
            source,
            target,
            kind,
            subject,
            outcome,
            detail,
        })
    }

    /// The bytes that [`Fields::parse`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.previous.to_vec();
        for number in [self.seq, self.virtual_us, self.wall_us] {
            bytes.extend(number.to_be_bytes());
        }
        bytes.push(u8::from(self.subject.is_some()));
        let subject = self.subject.as_deref().unwrap_or_default();
        let texts =
            [&self.actor, &self.source, &self.target, &self.kind, subject, &self.outcome, &self.detail];
        for text in texts {
            bytes.extend((text.len() as u64).to_be_bytes());
            bytes.extend(text.as_bytes());
        }
        bytes
    }
}

fn number(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<8>()?;
    Some((i64::from_be_bytes(*number), rest))
}

fn text(bytes: &[u8]) -> Option<(String, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let (text, rest) = rest.split_at_checked(usize::try_from(u64::from_be_bytes(*length)).ok()?)?;
    Some((str::from_utf8(text).ok()?.to_owned(), rest))
}
