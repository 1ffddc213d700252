//! Updates are read once before they are merged: lengths, depths and kinds of content, by the first version of Yjs's encoding of updates
//! (the files `encoding.js` and `Item.js` of yjs 13.6, and `encoding.js` and `decoding.js` of lib0 0.2).
//!
//! What merges afterwards is written for documents of every kind and for peers that are trusted. A board needs four kinds of content; letting
//! only these through keeps deep nesting, huge counts and hidden formats out before anything is allocated for them.

use crate::Refusal;

/// The shared parts of a board, by the names they have in its document.
pub(crate) const ROOTS: [&str; 6] = ["notes", "cards", "steps", "links", "columns", "rows"];

/// How far a client may have counted; beyond it sums could overflow where they are merged.
const CLOCK_MAX: u64 = 1 << 30;
/// Client ids have 53 bits, as all whole numbers of JavaScript.
const CLIENT_MAX: u64 = 1 << 53;

type Read<T> = Result<T, Refusal>;

/// Passes an update that holds only what a board may hold.
pub(crate) fn pass_update(bytes: &[u8]) -> Read<()> {
    let mut rest = Rest(bytes);
    for _ in 0..rest.count()? {
        let blocks = rest.count()?;
        rest.client()?;
        let mut clock = rest.number()?;
        for _ in 0..blocks {
            clock = clock.saturating_add(block(&mut rest)?);
            if clock > CLOCK_MAX {
                return Err(Refusal::Unreadable("it counts further than anybody writes"));
            }
        }
    }
    // What it deletes: ranges of what each client wrote.
    for _ in 0..rest.count()? {
        rest.client()?;
        for _ in 0..rest.count()? {
            if rest.number()?.saturating_add(rest.number()?) > CLOCK_MAX {
                return Err(Refusal::Unreadable("it deletes more than anybody has written"));
            }
        }
    }
    rest.end()
}

/// Passes a state vector: how far somebody knows what each client wrote.
pub(crate) fn pass_state_vector(bytes: &[u8]) -> Read<()> {
    let mut rest = Rest(bytes);
    for _ in 0..rest.count()? {
        rest.client()?;
        if rest.number()? > CLOCK_MAX {
            return Err(Refusal::Unreadable("it counts further than anybody writes"));
        }
    }
    rest.end()
}

/// Passes a block and says how far it counts.
fn block(rest: &mut Rest<'_>) -> Read<u64> {
    let info = rest.byte()?;
    let kind = info & 0b1_1111;
    if kind == 0 {
        return rest.length();
    }
    if info & 0x80 != 0 {
        rest.id()?;
    }
    if info & 0x40 != 0 {
        rest.id()?;
    }
    if info & 0xC0 == 0 {
        match rest.number()? {
            1 => {
                if !ROOTS.contains(&rest.text()?) {
                    return Err(Refusal::Unreadable("it writes to a part that no board has"));
                }
            }
            _ => rest.id()?,
        }
        if info & 0x20 != 0 {
            rest.text()?;
        }
    }
    content(kind, rest)
}

fn content(kind: u8, rest: &mut Rest<'_>) -> Read<u64> {
    match kind {
        // What was deleted: only how long it was.
        1 => rest.length(),
        // Text, counted in units of UTF-16.
        4 => match rest.text()?.encode_utf16().count() as u64 {
            0 => Err(Refusal::Unreadable("it holds an empty piece of text")),
            units => Ok(units),
        },
        // A map or a text inside another.
        7 => match rest.number()? {
            1 | 2 => Ok(1),
            _ => Err(Refusal::Unreadable("it holds a kind of list or markup that no board has")),
        },
        // Plain values.
        8 => {
            let count = rest.length()?;
            for _ in 0..count {
                value(rest)?;
            }
            Ok(count)
        }
        10 => Err(Refusal::Ahead),
        _ => Err(Refusal::Unreadable("it holds formats, files or documents, which no board has")),
    }
}

/// A string or a number.
fn value(rest: &mut Rest<'_>) -> Read<()> {
    match rest.byte()? {
        119 => rest.text().map(drop),
        // A signed number has one bit less in its first byte; its end is marked in the same way.
        125 => rest.number().map(drop),
        124 => rest.take(4).map(drop),
        123 => rest.take(8).map(drop),
        _ => Err(Refusal::Unreadable("it holds a value that is neither words nor a number")),
    }
}

/// What has not been read yet.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, count: usize) -> Read<&'a [u8]> {
        let (taken, rest) =
            self.0.split_at_checked(count).ok_or(Refusal::Unreadable("it ends in the middle"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Read<u8> {
        Ok(self.take(1)?[0])
    }

    /// A number in groups of seven bits, the lowest first.
    fn number(&mut self) -> Read<u64> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Refusal::Unreadable("it holds a number that is too long"))
    }

    /// How many of something follow; of what takes a byte at least, no more than there are bytes.
    fn count(&mut self) -> Read<u64> {
        match self.number()? {
            count if count <= self.0.len() as u64 => Ok(count),
            _ => Err(Refusal::Unreadable("it promises more than it holds")),
        }
    }

    /// How long something is that takes up a client's count.
    fn length(&mut self) -> Read<u64> {
        match self.number()? {
            0 => Err(Refusal::Unreadable("it holds an empty piece")),
            length => Ok(length),
        }
    }

    fn client(&mut self) -> Read<()> {
        match self.number()? {
            client if client < CLIENT_MAX => Ok(()),
            _ => Err(Refusal::Unreadable("it names a client that cannot be")),
        }
    }

    fn id(&mut self) -> Read<()> {
        self.client()?;
        match self.number()? {
            clock if clock <= CLOCK_MAX => Ok(()),
            _ => Err(Refusal::Unreadable("it counts further than anybody writes")),
        }
    }

    fn text(&mut self) -> Read<&'a str> {
        let length = usize::try_from(self.number()?).unwrap_or(usize::MAX);
        std::str::from_utf8(self.take(length)?)
            .map_err(|_| Refusal::Unreadable("it holds text that is not UTF-8"))
    }

    fn end(&self) -> Read<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::Unreadable("something follows its end")) }
    }
}
