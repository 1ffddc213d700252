use crate::hl7::batch::{Batch, Piece, Role};

/// Something odd about a batch, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchRemark {
    /// The offset of the piece it is about.
    pub at: usize,
    /// What it is.
    pub kind: BatchRemarkKind,
}

/// What may be odd about a batch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BatchRemarkKind {
    /// BTS-1 is not the number of messages.
    #[error("BTS-1 says {said} messages, and the batch has {counted}: some are lost, or the count is wrong")]
    Messages {
        /// What the trailer says.
        said: String,
        /// How many there are.
        counted: usize,
    },
    /// FTS-1 is not the number of batches.
    #[error("FTS-1 says {said} batches, and the file has {counted}: some are lost, or the count is wrong")]
    Batches {
        /// What the trailer says.
        said: String,
        /// How many there are.
        counted: usize,
    },
    /// A header whose trailer does not follow.
    #[error("{header} is never followed by its trailer {trailer}; was the file cut?")]
    Unended {
        /// BHS or FHS.
        header: &'static str,
        /// BTS or FTS.
        trailer: &'static str,
    },
}

impl Batch {
    /// What is odd about the wrappers: counts that do not agree, trailers that are missing.
    #[must_use]
    pub fn remarks(&self) -> Vec<BatchRemark> {
        let mut remarks = Vec::new();
        let mut file = Open::default();
        let mut batch = Open::default();
        for piece in self.pieces() {
            match piece.role {
                Role::FileHeader => file.begin(piece),
                Role::BatchHeader => {
                    remarks.extend(batch.unended("BHS", "BTS"));
                    batch.begin(piece);
                    file.count += 1;
                }
                Role::Message => batch.count += 1,
                Role::BatchTrailer => {
                    let counted = std::mem::take(&mut batch).count;
                    remarks.extend(
                        self.differs(piece, counted, |said| BatchRemarkKind::Messages { said, counted }),
                    );
                }
                Role::FileTrailer => {
                    let counted = std::mem::take(&mut file).count;
                    remarks.extend(
                        self.differs(piece, counted, |said| BatchRemarkKind::Batches { said, counted }),
                    );
                }
            }
        }
        remarks.extend(batch.unended("BHS", "BTS"));
        remarks.extend(file.unended("FHS", "FTS"));
        remarks
    }

    /// A remark if the first field of a trailer is a count, and another one.
    fn differs(
        &self,
        trailer: &Piece,
        counted: usize,
        kind: impl Fn(String) -> BatchRemarkKind,
    ) -> Option<BatchRemark> {
        let line = &self.bytes()[trailer.span.clone()];
        let field = line.split(|byte| *byte == self.separators().field).nth(1)?;
        let said = String::from_utf8_lossy(field).trim().to_owned();
        let agrees = said.is_empty() || said.parse() == Ok(counted);
        (!agrees).then(|| BatchRemark { at: trailer.span.start, kind: kind(said) })
    }
}

/// A header that waits for its trailer, and how many things came since.
#[derive(Default)]
struct Open {
    at: Option<usize>,
    count: usize,
}

impl Open {
    fn begin(&mut self, header: &Piece) {
        *self = Self { at: Some(header.span.start), count: 0 };
    }

    fn unended(&self, header: &'static str, trailer: &'static str) -> Option<BatchRemark> {
        Some(BatchRemark { at: self.at?, kind: BatchRemarkKind::Unended { header, trailer } })
    }
}
