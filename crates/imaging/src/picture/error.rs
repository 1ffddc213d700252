/// Why a frame cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The object has no pixel data, such as a report.
    #[error("this object has no pixels to show")]
    NoPixels,
    /// There are fewer frames.
    #[error("there is no frame {asked}; the object has {there}")]
    NoFrame {
        /// The frame asked for, from 1.
        asked: usize,
        /// How many there are.
        there: usize,
    },
    /// The pixel data is shorter than rows, columns and bits say, or these are missing.
    #[error("the pixel data does not fit its description: {0}")]
    Unfit(String),
    /// A compressed or unusual form; the bytes are kept and can be retrieved.
    #[error("{0} is not drawn here; retrieve the object and open it with a viewer that can")]
    NotDrawn(String),
}
