//! The hospital as systems that talk to each other: the map, each interface with its messages, and what the systems believe
//! held against the chart.

mod act;
mod cells;
mod compare;
mod drawing;
mod events;
mod interface;
mod page;
mod places;
mod routes;

pub(super) use routes::routes;
