//! Messages of a whole population and of single events, held to the shipped profiles.

mod by_hand;
mod population;
