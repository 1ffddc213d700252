//! Workshops over the API: what a phone, a headset or a script plays through, with the same authority as the pages. What is answered is a projection
//! for whoever asks; the stream tells numbers alone.

mod act;
mod board;
mod board_events;
mod problem;
mod table;
mod view;

pub(super) use table::routes;
