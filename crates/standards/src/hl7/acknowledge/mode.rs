use crate::hl7::acknowledge::{Code, Verdict};
use crate::hl7::message::Message;

/// When an acknowledgement is wanted (HL7 table 0155).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// `AL`.
    Always,
    /// `NE`, or nothing said beside the other of the two.
    Never,
    /// `ER`: when it is erred or rejected.
    OnError,
    /// `SU`: when it is accepted.
    OnSuccess,
}

impl When {
    fn read(text: &str) -> Self {
        match text {
            "AL" => Self::Always,
            "ER" => Self::OnError,
            "SU" => Self::OnSuccess,
            _ => Self::Never,
        }
    }

    /// Whether this verdict is to be told.
    #[must_use]
    pub fn wants(self, verdict: Verdict) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::OnError => verdict != Verdict::Accepted,
            Self::OnSuccess => verdict == Verdict::Accepted,
        }
    }
}

/// Which acknowledgements a message asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// MSH-15 and MSH-16 are empty: one application acknowledgement, always.
    Original,
    /// One of them says something.
    Enhanced {
        /// MSH-15: of its receipt.
        accept: When,
        /// MSH-16: of what the application made of it.
        application: When,
    },
}

impl Mode {
    /// What MSH-15 and MSH-16 ask for.
    #[must_use]
    pub fn of(message: &Message) -> Self {
        let (accept, application) = (message.header_text(15), message.header_text(16));
        if accept.is_empty() && application.is_empty() {
            return Self::Original;
        }
        Self::Enhanced { accept: When::read(&accept), application: When::read(&application) }
    }

    /// The acknowledgements that go back for a verdict, in their order: at most one of receipt and one of the application.
    pub fn answers(self, verdict: Verdict) -> impl Iterator<Item = Code> {
        let (accept, application) = match self {
            Self::Original => (When::Never, When::Always),
            Self::Enhanced { accept, application } => (accept, application),
        };
        let commit = accept.wants(verdict).then_some(Code::Commit(verdict));
        let application = application.wants(verdict).then_some(Code::Application(verdict));
        commit.into_iter().chain(application)
    }
}
