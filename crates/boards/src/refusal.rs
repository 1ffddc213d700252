/// Why an update of a board is not taken. Then nothing of it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is larger than what is taken at once.
    #[error(
        "the update has {bytes} bytes, and at most {max} are taken at once; send what was changed in smaller steps"
    )]
    Large {
        /// How large it is.
        bytes: usize,
        /// How large it may be.
        max: usize,
    },
    /// The board would hold more than it may.
    #[error("the board would hold {count} {what}, and at most {max} fit on it; take something away first")]
    Full {
        /// Of what.
        what: &'static str,
        /// How many.
        count: usize,
        /// How many it may.
        max: usize,
    },
    /// It is no update, or a broken one.
    #[error(
        "the update cannot be read: {0}; load the board again and send updates of Yjs in the first version of its encoding"
    )]
    Unreadable(&'static str),
    /// It rests on changes that were never sent here.
    #[error("the update builds on changes that this board does not have; load the board again")]
    Ahead,
    /// What it leaves is no board.
    #[error(
        "{place} {why}; a board holds text, cards, a process and a table, and of these plain words alone"
    )]
    Odd {
        /// Where.
        place: String,
        /// What is odd there.
        why: &'static str,
    },
}
