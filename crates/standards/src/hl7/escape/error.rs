/// Why a text cannot be written in a message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EscapeError {
    /// The text needs an escape, and MSH-2 declares no escape character.
    #[error("{letter:?} must be escaped, and MSH-2 declares no escape character")]
    NoEscape {
        /// The character.
        letter: char,
    },
    /// The message's character set does not have a character.
    #[error(
        "{letter:?} is not in the character set {charset:?} of MSH-18; set MSH-18 to UNICODE UTF-8 if the receiver reads it"
    )]
    Foreign {
        /// The character.
        letter: char,
        /// The name in MSH-18.
        charset: String,
    },
    /// What has several parts, and MSH-2 declares nothing to separate them.
    #[error("MSH-2 declares no separator for a {level}, so a second one cannot be written")]
    NoSeparator {
        /// The level's name.
        level: &'static str,
    },
}
