//! Drills: what there is to be lived through, the console of one that goes on, and what it was afterwards.

mod act;
mod console;
mod debrief;
mod drawn;
mod events;
mod fault;
mod labels;
mod list;
mod moments;
mod network;
mod replay;
mod rooms;
mod routes;
mod then;
mod told;

pub(crate) use routes::routes;
