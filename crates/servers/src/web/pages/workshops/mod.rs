//! Workshops: the cases and what is arranged, the room in which one goes on, its board, and the report
//! afterwards.

mod act;
mod board;
mod board_drawn;
mod board_files;
mod console;
mod decisions;
mod drawn;
mod envelope;
mod events;
mod fault;
mod fields;
mod list;
mod marks;
mod rated;
mod rating;
mod report;
mod room;
mod routes;
mod seats;
mod talk;

pub(crate) use routes::routes;
