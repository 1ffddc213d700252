//! Frames made visible: stored values through rescale and window to grey, and to PNG (PS3.3, C.11.1 and C.11.2).

mod error;
mod frame;
mod window;

pub use error::PictureError;
pub use frame::{Frame, frame_bytes};
pub use window::Window;

#[cfg(test)]
mod tests;
