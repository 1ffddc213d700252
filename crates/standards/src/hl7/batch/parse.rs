use std::ops::Range;

use crate::hl7::message::{ParseError, Separators, lines_of, preamble};

/// What a piece of a batch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// FHS.
    FileHeader,
    /// BHS.
    BatchHeader,
    /// MSH and all that follows up to the next piece.
    Message,
    /// BTS.
    BatchTrailer,
    /// FTS.
    FileTrailer,
}

/// A piece of a batch, with what ends its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub role: Role,
    /// Where it stands in the bytes.
    pub span: Range<usize>,
}

/// A file of messages: its bytes and where its pieces are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    bytes: Vec<u8>,
    separators: Separators,
    pieces: Vec<Piece>,
}

impl Batch {
    /// Takes a file apart.
    ///
    /// # Errors
    /// When it begins with none of FHS, BHS and MSH, or that segment's separators cannot separate.
    pub fn parse(bytes: impl Into<Vec<u8>>) -> Result<Self, ParseError> {
        let bytes = bytes.into();
        let start = preamble(&bytes);
        let header = &bytes[start..];
        if !matches!(header.get(..3), Some(b"FHS" | b"BHS" | b"MSH")) {
            return Err(ParseError::not_hl7(header));
        }
        let separators = Separators::read(header)?;
        let mut pieces: Vec<Piece> = Vec::new();
        for span in lines_of(&bytes, start, separators.field) {
            match (role(&bytes[span.clone()]), pieces.last_mut()) {
                (Some(role), _) => pieces.push(Piece { role, span }),
                (None, Some(piece)) => piece.span.end = span.end,
                (None, None) => {}
            }
        }
        Ok(Self { bytes, separators, pieces })
    }

    /// The file as it was.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What separates the fields of its first header.
    #[must_use]
    pub fn separators(&self) -> Separators {
        self.separators
    }

    /// All pieces in their order.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The bytes of each message, to be parsed for itself.
    pub fn messages(&self) -> impl Iterator<Item = &[u8]> {
        let messages = self.pieces.iter().filter(|piece| piece.role == Role::Message);
        messages.map(|piece| &self.bytes[piece.span.clone()])
    }
}

fn role(line: &[u8]) -> Option<Role> {
    match line.get(..3)? {
        b"FHS" => Some(Role::FileHeader),
        b"BHS" => Some(Role::BatchHeader),
        b"MSH" => Some(Role::Message),
        b"BTS" => Some(Role::BatchTrailer),
        b"FTS" => Some(Role::FileTrailer),
        _ => None,
    }
}
