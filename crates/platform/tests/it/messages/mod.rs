//! Messages that come for the systems of a sandbox.

mod receiving;
