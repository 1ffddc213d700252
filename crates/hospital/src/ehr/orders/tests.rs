//! From the catalogue to an order in force, and everything typed wrong.
