//! Reports, flags, and who took note.
