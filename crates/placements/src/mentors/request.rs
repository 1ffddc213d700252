/// How long a mentor has to answer, in microseconds: 72 hours.
const ANSWER_US: i64 = 72 * 3_600_000_000;

/// What a mentor answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Nothing yet.
    Open,
    /// Yes.
    Accepted,
    /// No.
    Declined,
}

/// A mentor who was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The mentor.
    pub mentor: String,
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
    /// What they answered.
    pub answer: Answer,
}

/// A learner's search for a mentor: who was asked, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// Who was asked.
    pub asked: Vec<Asked>,
}

/// What happens next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// The pair is made.
    Paired(String),
    /// The mentor who was asked has until then.
    Wait(i64),
    /// This one is asked now.
    Ask(String),
    /// Everybody was asked; a person has to look at it.
    Nobody,
}

/// What happens next to a request at `now_us`, with the mentors who could be asked, best first. Whoever let 72 hours pass counts as having said no,
/// and nobody is asked twice.
#[must_use]
pub fn ask_next(request: &Request, candidates: &[String], now_us: i64) -> Next {
    if let Some(yes) = request.asked.iter().find(|asked| asked.answer == Answer::Accepted) {
        return Next::Paired(yes.mentor.clone());
    }
    let until = |asked: &Asked| asked.at_us.saturating_add(ANSWER_US);
    let open = request.asked.iter().filter(|asked| asked.answer == Answer::Open && until(asked) > now_us);
    if let Some(until) = open.map(until).max() {
        return Next::Wait(until);
    }
    let fresh = candidates.iter().find(|mentor| !request.asked.iter().any(|asked| asked.mentor == **mentor));
    fresh.map_or(Next::Nobody, |mentor| Next::Ask(mentor.clone()))
}
