/// What a receiver made of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It is taken and will be worked with.
    Accepted,
    /// Its content is wrong; sending it again unchanged will not help.
    Erred,
    /// It is not for this receiver, or the receiver cannot take it now.
    Rejected,
}

/// What an acknowledgement says (MSA-1, HL7 table 0008).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// `AA` `AE` `AR`: what the application made of it.
    Application(Verdict),
    /// `CA` `CE` `CR`: what was made of its receipt, before any application saw it.
    Commit(Verdict),
}

impl Code {
    /// The two letters.
    #[must_use]
    pub fn letters(self) -> &'static str {
        match self {
            Self::Application(Verdict::Accepted) => "AA",
            Self::Application(Verdict::Erred) => "AE",
            Self::Application(Verdict::Rejected) => "AR",
            Self::Commit(Verdict::Accepted) => "CA",
            Self::Commit(Verdict::Erred) => "CE",
            Self::Commit(Verdict::Rejected) => "CR",
        }
    }

    /// The code of these two letters.
    #[must_use]
    pub fn of(letters: &str) -> Option<Self> {
        let verdicts = [Verdict::Accepted, Verdict::Erred, Verdict::Rejected];
        let all =
            verdicts.into_iter().flat_map(|verdict| [Self::Application(verdict), Self::Commit(verdict)]);
        { all }.find(|code| code.letters() == letters)
    }
}
