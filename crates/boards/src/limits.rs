//! What a board may hold, so that nobody can fill the place where it is kept, or make it unreadable for others.

/// Bytes of one update at most.
pub const UPDATE_BYTES_MAX: usize = 256 << 10;
/// Bytes of the whole document at most, with what Yjs remembers of who wrote what.
pub const DOCUMENT_BYTES_MAX: usize = 2 << 20;
/// Characters of the shared text at most.
pub const NOTES_CHARS_MAX: usize = 20_000;
/// Characters of a card or of a step's label at most.
pub const TEXT_CHARS_MAX: usize = 1_000;
/// Characters of a name, of a cell and of words on an arrow at most.
pub const WORDS_CHARS_MAX: usize = 300;
/// Cards at most.
pub const CARDS_MAX: usize = 200;
/// Steps of the process at most.
pub const STEPS_MAX: usize = 80;
/// Arrows between steps at most.
pub const LINKS_MAX: usize = 160;
/// Columns of the table at most.
pub const COLUMNS_MAX: usize = 10;
/// Rows of the table at most.
pub const ROWS_MAX: usize = 100;
