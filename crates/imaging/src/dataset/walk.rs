//! Going through the encoding without decoding it (PS3.5, 7): what may be read afterwards is known to be there.

use std::ops::Range;

use dicom_core::dictionary::DataDictionary;
use dicom_core::header::{Tag, VR};
use dicom_dictionary_std::{StandardDataDictionary, tags};

use super::error::DatasetError;

/// Sequences within sequences.
const DEPTH_MAX: usize = 12;
/// Elements and items in one data set.
const ELEMENTS_MAX: usize = 100_000;
/// The length that means "until the delimiter".
const UNDEFINED: u32 = u32::MAX;

const ITEM: Tag = Tag(0xfffe, 0xe000);
const ITEM_END: Tag = Tag(0xfffe, 0xe00d);
const SEQUENCE_END: Tag = Tag(0xfffe, 0xe0dd);

/// Where things stand in a data set that has been walked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Where the attributes before the pixel data end.
    pub header_end: usize,
    /// The pixel data, if there is any.
    pub pixels: Option<Pixels>,
}

/// Pixel data as it stands in the data set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pixels {
    /// All frames, one after another, uncompressed.
    Native(Range<usize>),
    /// Compressed fragments, without the basic offset table.
    Fragments(Vec<Range<usize>>),
}

/// Walks a data set with explicit or implicit value representations.
///
/// # Errors
/// [`DatasetError`] with the place where a length does not fit or the encoding is left.
pub fn walk(bytes: &[u8], is_explicit: bool) -> Result<Layout, DatasetError> {
    let mut walker = Walker { bytes, elements: 0, layout: Layout { header_end: bytes.len(), pixels: None } };
    walker.elements(0, bytes.len(), Ends::Here, is_explicit, 0)?;
    Ok(walker.layout)
}

/// How a run of elements ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// Where its length says.
    Here,
    /// At the delimiter.
    Delimiter,
}

struct Walker<'a> {
    bytes: &'a [u8],
    elements: usize,
    layout: Layout,
}

struct Header {
    tag: Tag,
    vr: Option<VR>,
    length: u32,
    /// Where the value begins.
    at: usize,
}

impl Walker<'_> {
    fn elements(
        &mut self,
        mut at: usize,
        end: usize,
        ends: Ends,
        is_explicit: bool,
        depth: usize,
    ) -> Result<usize, DatasetError> {
        if depth > DEPTH_MAX {
            return Err(DatasetError::Beyond(format!(
                "sequences stand more than {DEPTH_MAX} deep in one another"
            )));
        }
        let mut last = None;
        while at < end {
            let start = at;
            let header = self.header(at, end, is_explicit)?;
            if header.tag == ITEM_END && ends == Ends::Delimiter {
                return Ok(header.at);
            }
            if header.tag.0 == 0xfffe {
                return Err(malformed(
                    start,
                    format!("an item delimiter {} stands outside a sequence", header.tag),
                ));
            }
            if last.is_some_and(|last| last >= header.tag) {
                return Err(malformed(
                    start,
                    format!("{} does not come after the tag before it", header.tag),
                ));
            }
            last = Some(header.tag);
            let is_pixels = depth == 0 && header.tag == tags::PIXEL_DATA;
            if depth == 0 && header.tag.0 >= 0x7fe0 && self.layout.header_end == self.bytes.len() {
                self.layout.header_end = start;
            }
            at = self.value(&header, end, is_explicit, depth, is_pixels)?;
        }
        match ends {
            Ends::Here => Ok(at),
            Ends::Delimiter => Err(malformed(at, "an item of undefined length never ends".to_owned())),
        }
    }

    fn value(
        &mut self,
        header: &Header,
        end: usize,
        is_explicit: bool,
        depth: usize,
        is_pixels: bool,
    ) -> Result<usize, DatasetError> {
        if header.length == UNDEFINED && is_pixels {
            let (fragments, at) = self.fragments(header.at, end)?;
            self.layout.pixels = Some(Pixels::Fragments(fragments));
            return Ok(at);
        }
        // An unknown element of undefined length is a sequence in implicit encoding (PS3.5, 6.2.2, note 2).
        let is_sequence = header.vr == Some(VR::SQ) || header.length == UNDEFINED;
        let value_end = match header.length {
            UNDEFINED => end,
            length => self.fits(header.at, end, length, &header.tag.to_string())?,
        };
        if is_sequence {
            let explicit_inside = is_explicit && header.vr != Some(VR::UN);
            return self.items(header.at, value_end, header.length == UNDEFINED, explicit_inside, depth + 1);
        }
        if is_pixels {
            self.layout.pixels = Some(Pixels::Native(header.at..value_end));
        }
        Ok(value_end)
    }

    fn items(
        &mut self,
        mut at: usize,
        end: usize,
        until_delimiter: bool,
        is_explicit: bool,
        depth: usize,
    ) -> Result<usize, DatasetError> {
        while at < end {
            let start = at;
            let header = self.header(at, end, false)?;
            match header.tag {
                SEQUENCE_END if until_delimiter => return Ok(header.at),
                ITEM if header.length == UNDEFINED => {
                    at = self.elements(header.at, end, Ends::Delimiter, is_explicit, depth)?;
                }
                ITEM => {
                    let item_end = self.fits(header.at, end, header.length, "an item")?;
                    at = self.elements(header.at, item_end, Ends::Here, is_explicit, depth)?;
                }
                other => return Err(malformed(start, format!("{other} stands where an item should begin"))),
            }
        }
        if until_delimiter {
            return Err(malformed(at, "a sequence of undefined length never ends".to_owned()));
        }
        Ok(at)
    }

    fn fragments(&mut self, mut at: usize, end: usize) -> Result<(Vec<Range<usize>>, usize), DatasetError> {
        let mut fragments = Vec::new();
        loop {
            let start = at;
            let header = self.header(at, end, false)?;
            match header.tag {
                SEQUENCE_END => break at = header.at,
                ITEM => at = self.fits(header.at, end, header.length, "a fragment of pixel data")?,
                other => {
                    return Err(malformed(start, format!("{other} stands where a fragment should begin")));
                }
            }
            fragments.push(header.at..at);
        }
        if !fragments.is_empty() {
            fragments.remove(0);
        }
        Ok((fragments, at))
    }

    fn header(&mut self, at: usize, end: usize, is_explicit: bool) -> Result<Header, DatasetError> {
        self.elements += 1;
        if self.elements > ELEMENTS_MAX {
            return Err(DatasetError::Beyond(format!("there are more than {ELEMENTS_MAX} elements")));
        }
        let bytes = self.bytes.get(at..end).unwrap_or_default();
        let short = |length: u64| DatasetError::Short {
            offset: at,
            what: "the beginning of an element".to_owned(),
            length,
            left: bytes.len(),
        };
        let Some((first, rest)) = bytes.split_first_chunk::<8>() else { return Err(short(8)) };
        let [a, b, c, d, e, f, g, h] = *first;
        let tag = Tag(u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]));
        if !is_explicit || tag.0 == 0xfffe {
            let vr = StandardDataDictionary.by_tag(tag).and_then(|entry| entry.vr.exact());
            return Ok(Header { tag, vr, length: u32::from_le_bytes([e, f, g, h]), at: at + 8 });
        }
        let Some(vr) = VR::from_binary([e, f]) else {
            let what =
                format!("{tag} has no value representation; is the transfer syntax the one announced?");
            return Err(malformed(at, what));
        };
        if !has_long_length(vr) {
            return Ok(Header { tag, vr: Some(vr), length: u16::from_le_bytes([g, h]).into(), at: at + 8 });
        }
        let Some((length, _)) = rest.split_first_chunk::<4>() else { return Err(short(12)) };
        Ok(Header { tag, vr: Some(vr), length: u32::from_le_bytes(*length), at: at + 12 })
    }

    fn fits(&self, at: usize, end: usize, length: u32, what: &str) -> Result<usize, DatasetError> {
        let left = end.saturating_sub(at);
        let wanted = usize::try_from(length).unwrap_or(usize::MAX);
        if wanted > left {
            return Err(DatasetError::Short {
                offset: at,
                what: what.to_owned(),
                length: length.into(),
                left,
            });
        }
        Ok(at + wanted)
    }
}

/// Which representations have a length of four bytes (PS3.5, 7.1.2).
fn has_long_length(vr: VR) -> bool {
    use VR::{OB, OD, OF, OL, OV, OW, SQ, SV, UC, UN, UR, UT, UV};
    matches!(vr, OB | OD | OF | OL | OV | OW | SQ | SV | UC | UN | UR | UT | UV)
}

fn malformed(offset: usize, what: String) -> DatasetError {
    DatasetError::Malformed { offset, what }
}
