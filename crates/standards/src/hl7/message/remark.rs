use crate::hl7::charset::Charset;
use crate::hl7::message::parse::looks_like_segment;
use crate::hl7::message::{Message, Segment};

/// Something odd that was tolerated, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The offset of the byte it is about.
    pub at: usize,
    /// What it is.
    pub kind: RemarkKind,
}

/// What is tolerated in reading.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RemarkKind {
    /// A byte order mark or blanks stand before MSH.
    #[error("something stands before MSH; a strict receiver refuses it")]
    BytesBefore,
    /// A segment ends with LF.
    #[error(
        "this segment ends with a line feed (0x0A); the standard wants a carriage return (0x0D), and strict receivers see one long MSH"
    )]
    LineFeed,
    /// A segment ends with CRLF.
    #[error(
        "this segment ends with CRLF; the standard wants a carriage return alone, and strict receivers see a line feed before the next segment's name"
    )]
    ReturnAndLineFeed,
    /// A blank line follows a segment.
    #[error("a blank line follows this segment")]
    BlankLine,
    /// The last segment has no end.
    #[error("the last segment has no carriage return after it")]
    Unended,
    /// A line feed inside a segment.
    #[error("a line feed stands inside this segment; text writes it as \\.br\\ or \\X0A\\")]
    LineFeedInside,
    /// A segment's name is not three capitals or digits.
    #[error("this line does not begin with the name of a segment; was a text broken into lines?")]
    OddName,
    /// A second MSH.
    #[error("a second MSH inside the message; a batch is split before its messages are read")]
    SecondHeader,
    /// MSH-18 names a character set that is not known here.
    #[error("MSH-18 names the character set {0:?}, which is not known here; bytes are kept as they are")]
    UnknownCharset(String),
    /// A byte that the character set does not have.
    #[error("this byte is not in the character set {}", named(.0))]
    ForeignByte(String),
}

impl Message {
    /// What is odd about the bytes, in their order. An empty list is not a promise that the content is right.
    #[must_use]
    pub fn remarks(&self) -> Vec<Remark> {
        let mut remarks = Vec::new();
        if self.lines[0].start > 0 {
            remarks.push(Remark { at: 0, kind: RemarkKind::BytesBefore });
        }
        for segment in self.segments() {
            self.name_remarks(segment, &mut remarks);
            self.ending_remarks(segment, &mut remarks);
        }
        if let Charset::Unknown(name) = &self.charset {
            let at = self.header().field(18).map_or(0, |field| field.span().start);
            remarks.push(Remark { at, kind: RemarkKind::UnknownCharset(name.clone()) });
        }
        let content = self.lines[0].start;
        if let Some(at) = self.charset.first_foreign(&self.bytes[content..]) {
            remarks.push(Remark { at: content + at, kind: RemarkKind::ForeignByte(self.charset.name()) });
        }
        remarks.sort_by_key(|remark| remark.at);
        remarks
    }

    fn name_remarks(&self, segment: Segment<'_>, remarks: &mut Vec<Remark>) {
        let at = segment.span().start;
        if !looks_like_segment(segment.bytes(), self.separators.field) {
            remarks.push(Remark { at, kind: RemarkKind::OddName });
        } else if segment.index() > 0 && segment.name() == "MSH" {
            remarks.push(Remark { at, kind: RemarkKind::SecondHeader });
        }
    }

    fn ending_remarks(&self, segment: Segment<'_>, remarks: &mut Vec<Remark>) {
        let span = segment.span();
        if let Some(inside) = segment.bytes().iter().position(|byte| *byte == b'\n') {
            remarks.push(Remark { at: span.start + inside, kind: RemarkKind::LineFeedInside });
        }
        let kind = match segment.ending() {
            [b'\r'] => return,
            [] => RemarkKind::Unended,
            [b'\n'] => RemarkKind::LineFeed,
            [b'\r', b'\n'] => RemarkKind::ReturnAndLineFeed,
            _ => RemarkKind::BlankLine,
        };
        remarks.push(Remark { at: span.end, kind });
    }
}

fn named(charset: &str) -> String {
    match charset {
        "" => "that MSH-18 leaves unsaid, which means ASCII".to_owned(),
        name => format!("{name} of MSH-18"),
    }
}
