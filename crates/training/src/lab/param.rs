//! Params: values made for one learner's attempt.

use serde_json::Value;

use crate::problem::Place;

/// A named value that differs from attempt to attempt.
#[derive(Debug, Clone)]
pub struct Param {
    /// Its name, as used in placeholders.
    pub name: String,
    /// How it is made.
    pub generator: Generator,
    /// Where it is declared.
    pub place: Place,
}

/// How a param is made from the attempt's seed.
#[derive(Debug, Clone, PartialEq)]
pub enum Generator {
    /// One of these, `pick = [..]`.
    Pick(Vec<Value>),
    /// A whole number between two others, both included, `number = { min = 1, max = 6 }`.
    Number {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
    },
    /// So many decimal digits as text, `digits = 8`; the first is never zero.
    Digits(u32),
    /// A day between two others, both included, `date = { from = "1950-01-01", to = "1990-12-31" }`.
    Date {
        /// First day.
        from: jiff::civil::Date,
        /// Last day.
        to: jiff::civil::Date,
    },
    /// A moment before the lab's start, `minutes_ago = { min = 140, max = 260 }`; a FHIR instant in UTC.
    MinutesAgo {
        /// Fewest minutes.
        min: i64,
        /// Most minutes.
        max: i64,
    },
    /// An invented person to register, `person = { gender = "female", born = { from = "..", to = ".." } }`.
    Person {
        /// `female` or `male`; either when absent.
        gender: Option<String>,
        /// Earliest birth date.
        from: jiff::civil::Date,
        /// Latest birth date.
        to: jiff::civil::Date,
    },
    /// Resources of this learner's hospital, `search = "Encounter?status=in-progress", count = 1`.
    ///
    /// All matches are ranked by a keyed hash of their ids and the first `count` are taken, so each attempt meets
    /// others and the same attempt always the same. One is a table; more are a list.
    Select {
        /// A FHIR search, with placeholders of earlier params.
        search: String,
        /// `FHIRPath` over each match that must be true for it to be eligible.
        only: Option<String>,
        /// A search made for each candidate, reachable as `{each}`, that must find nothing for it to be eligible.
        unless: Option<String>,
        /// How many.
        count: u32,
    },
}
