//! Views: a ViewDefinition on the left, the rows it gives of this hospital on the right, as one types.

mod bench;
mod export;
mod mistake;
mod routes;
mod rows;

pub(super) use routes::routes;
