use dicom_core::Tag;
use dicom_dictionary_std::tags;

use super::error::PictureError;
use super::window::Window;
use crate::dataset::{Dataset, Layout, Pixels, first, number, syntax_name};

/// Pixels of one frame that are worked on at most.
const PIXELS_MAX: usize = 64 * 1024 * 1024;

/// How pixels are laid out.
struct Shape {
    columns: usize,
    rows: usize,
    samples: usize,
    bits_allocated: usize,
    bits_stored: u32,
    is_signed: bool,
    frames: usize,
}

impl Shape {
    fn of(header: &Dataset) -> Result<Self, PictureError> {
        let read = |tag: Tag, usual: Option<f64>, name: &str| -> Result<usize, PictureError> {
            let value = number(header, tag).or(usual);
            let value = value.filter(|value| (0.0..=65_535.0).contains(value));
            value.map(|value| value as usize).ok_or_else(|| PictureError::Unfit(format!("{name} is missing")))
        };
        let shape = Self {
            columns: read(tags::COLUMNS, None, "Columns (0028,0011)")?,
            rows: read(tags::ROWS, None, "Rows (0028,0010)")?,
            samples: read(tags::SAMPLES_PER_PIXEL, Some(1.0), "SamplesPerPixel (0028,0002)")?,
            bits_allocated: read(tags::BITS_ALLOCATED, None, "BitsAllocated (0028,0100)")?,
            bits_stored: read(
                tags::BITS_STORED,
                number(header, tags::BITS_ALLOCATED),
                "BitsStored (0028,0101)",
            )? as u32,
            is_signed: read(tags::PIXEL_REPRESENTATION, Some(0.0), "PixelRepresentation (0028,0103)")? == 1,
            frames: read(tags::NUMBER_OF_FRAMES, Some(1.0), "NumberOfFrames (0028,0008)")?.max(1),
        };
        let pixels = shape.columns * shape.rows;
        let is_drawn = matches!(shape.bits_allocated, 8 | 16) && matches!(shape.samples, 1 | 3);
        if pixels == 0 || pixels > PIXELS_MAX {
            return Err(PictureError::Unfit(format!("{} columns by {} rows", shape.columns, shape.rows)));
        }
        if !is_drawn || !(1..=shape.bits_allocated as u32).contains(&shape.bits_stored) {
            let what = format!("{} bits in {} samples a pixel", shape.bits_allocated, shape.samples);
            return Err(PictureError::NotDrawn(what));
        }
        Ok(shape)
    }

    fn frame_bytes(&self) -> usize {
        self.columns * self.rows * self.samples * self.bits_allocated / 8
    }
}

/// The bytes of frame `asked`, from 1, as they stand in the data set.
///
/// # Errors
/// [`PictureError`].
pub fn frame_bytes<'a>(
    header: &Dataset,
    layout: &Layout,
    dataset: &'a [u8],
    asked: usize,
) -> Result<&'a [u8], PictureError> {
    let no_frame = |there| PictureError::NoFrame { asked, there };
    match layout.pixels.as_ref().ok_or(PictureError::NoPixels)? {
        Pixels::Native(range) => {
            let shape = Shape::of(header)?;
            let (bytes, size) = (&dataset[range.clone()], shape.frame_bytes());
            if bytes.len() / size < shape.frames {
                let what = format!("{} bytes for {} frames of {size}", bytes.len(), shape.frames);
                return Err(PictureError::Unfit(what));
            }
            let index = asked.checked_sub(1).filter(|index| *index < shape.frames);
            let from = index.ok_or_else(|| no_frame(shape.frames))? * size;
            Ok(&bytes[from..from + size])
        }
        Pixels::Fragments(fragments) => {
            let frames = number(header, tags::NUMBER_OF_FRAMES).map_or(1, |frames| frames as usize);
            // Only where each frame is one fragment is it clear which is which without decoding.
            if fragments.len() != frames {
                return Err(PictureError::NotDrawn("a frame in several fragments".to_owned()));
            }
            let fragment = asked.checked_sub(1).and_then(|index| fragments.get(index));
            Ok(&dataset[fragment.ok_or_else(|| no_frame(frames))?.clone()])
        }
    }
}

/// A frame that can be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Pixels across.
    pub columns: usize,
    /// Pixels down.
    pub rows: usize,
    /// The window the device chose, or one that shows everything; none for colours.
    pub window: Option<Window>,
    values: Values,
}

#[derive(Debug, Clone, PartialEq)]
enum Values {
    /// Rescaled, and whether the smallest is white.
    Grey(Vec<f64>, bool),
    /// Red, green, blue.
    Colour(Vec<u8>),
}

impl Frame {
    /// Frame `asked`, from 1, of a data set in `syntax`.
    ///
    /// # Errors
    /// [`PictureError`].
    pub fn read(
        header: &Dataset,
        layout: &Layout,
        dataset: &[u8],
        syntax: &str,
        asked: usize,
    ) -> Result<Self, PictureError> {
        if matches!(layout.pixels, Some(Pixels::Fragments(_))) {
            return Err(PictureError::NotDrawn(syntax_name(syntax).to_owned()));
        }
        let bytes = frame_bytes(header, layout, dataset, asked)?;
        let shape = Shape::of(header)?;
        let interpretation = first(header, tags::PHOTOMETRIC_INTERPRETATION);
        let is_grey = interpretation.starts_with("MONOCHROME") && shape.samples == 1;
        if is_grey {
            return Ok(grey(header, &shape, bytes, interpretation == "MONOCHROME1"));
        }
        if interpretation == "RGB" && shape.samples == 3 && shape.bits_allocated == 8 {
            let is_planar = number(header, tags::PLANAR_CONFIGURATION) == Some(1.0);
            let values = Values::Colour(if is_planar { interleaved(bytes) } else { bytes.to_vec() });
            return Ok(Self { columns: shape.columns, rows: shape.rows, window: None, values });
        }
        Err(PictureError::NotDrawn(format!("photometric interpretation {interpretation}")))
    }

    /// The frame as a PNG, through `window` or the one it came with.
    ///
    /// # Errors
    /// [`PictureError::Unfit`] if it cannot be encoded.
    pub fn png(&self, window: Option<Window>) -> Result<Vec<u8>, PictureError> {
        let (colours, bytes) = match &self.values {
            Values::Colour(bytes) => (png::ColorType::Rgb, bytes.clone()),
            Values::Grey(values, is_inverted) => {
                let window = window.or(self.window).unwrap_or(Window { center: 128.0, width: 256.0 });
                let grey = |value: &f64| {
                    let grey = window.grey(*value);
                    if *is_inverted { u8::MAX - grey } else { grey }
                };
                (png::ColorType::Grayscale, values.iter().map(grey).collect())
            }
        };
        let unfit = |error: png::EncodingError| PictureError::Unfit(error.to_string());
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, self.columns as u32, self.rows as u32);
        encoder.set_color(colours);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().map_err(unfit)?;
        writer.write_image_data(&bytes).map_err(unfit)?;
        writer.finish().map_err(unfit)?;
        Ok(file)
    }
}

fn grey(header: &Dataset, shape: &Shape, bytes: &[u8], is_inverted: bool) -> Frame {
    let slope = number(header, tags::RESCALE_SLOPE).filter(|slope| *slope != 0.0).unwrap_or(1.0);
    let intercept = number(header, tags::RESCALE_INTERCEPT).unwrap_or(0.0);
    let value = |word: u16| f64::from(stored(word, shape)) * slope + intercept;
    let values: Vec<f64> = if shape.bits_allocated == 8 {
        bytes.iter().map(|byte| value(u16::from(*byte))).collect()
    } else {
        bytes.chunks_exact(2).map(|pair| value(u16::from_le_bytes([pair[0], pair[1]]))).collect()
    };
    let told = number(header, tags::WINDOW_CENTER).zip(number(header, tags::WINDOW_WIDTH));
    let window = told.filter(|(_, width)| *width >= 1.0).map(|(center, width)| Window { center, width });
    let window = Some(window.unwrap_or_else(|| all_of(&values)));
    let values = Values::Grey(values, is_inverted);
    Frame { columns: shape.columns, rows: shape.rows, window, values }
}

/// The bits that count, with their sign.
fn stored(word: u16, shape: &Shape) -> i32 {
    let unused = 32 - shape.bits_stored;
    if shape.is_signed {
        (i32::from(word) << unused) >> unused
    } else {
        ((u32::from(word) << unused) >> unused) as i32
    }
}

fn all_of(values: &[f64]) -> Window {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Window { center: (least + most) / 2.0, width: (most - least).max(1.0) + 1.0 }
}

fn interleaved(planes: &[u8]) -> Vec<u8> {
    let one = planes.len() / 3;
    (0..one).flat_map(|at| [planes[at], planes[one + at], planes[2 * one + at]]).collect()
}
