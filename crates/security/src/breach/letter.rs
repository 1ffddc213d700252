use jiff::civil::Date;

/// A notice to one person, as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letter {
    /// What happened.
    pub what_happened: String,
    /// When it happened, if known.
    pub happened_on: Option<Date>,
    /// When it was discovered.
    pub discovered_on: Option<Date>,
    /// The kinds of information involved.
    pub information: String,
    /// What the person can do.
    pub steps: String,
    /// What the hospital is doing.
    pub doing: String,
    /// How to ask.
    pub contact: String,
}

/// What is wrong with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterFault {
    /// Which part.
    pub part: &'static str,
    /// What is missing or must not be there.
    pub what: String,
}

impl Letter {
    fn parts(&self) -> [(&'static str, &str); 5] {
        [
            ("what happened", &self.what_happened),
            ("the information involved", &self.information),
            ("what you can do", &self.steps),
            ("what we are doing", &self.doing),
            ("how to reach us", &self.contact),
        ]
    }
}

/// What a letter lacks of the content that 164.404(c) asks for, and what it must not hold.
///
/// That is anything that names another patient (`others`: names, numbers, addresses), and markup that a mail program
/// would run.
#[must_use]
pub fn check_letter(letter: &Letter, discovered: Date, others: &[String]) -> Vec<LetterFault> {
    let mut faults = Vec::new();
    let mut fault = |part, what: String| faults.push(LetterFault { part, what });
    for (part, text) in letter.parts() {
        if text.trim().chars().count() < 20 {
            fault(part, "says too little: write at least a sentence".to_owned());
        }
        if text.contains('<') || text.to_lowercase().contains("javascript:") {
            fault(part, "holds markup: write plain text without <".to_owned());
        }
        let told = text.to_lowercase();
        if let Some(other) = others.iter().find(|other| names(&told, &other.to_lowercase())) {
            fault(part, format!("holds another patient's data: {other}"));
        }
    }
    match letter.discovered_on {
        None => fault("what happened", "does not say when it was discovered".to_owned()),
        Some(day) if day != discovered => {
            fault("what happened", format!("gives {day} as the day of discovery, which was {discovered}"));
        }
        Some(_) => {}
    }
    if !reachable(&letter.contact) {
        fault("how to reach us", "needs a toll-free number with an e-mail, web or postal address".to_owned());
    }
    faults
}

/// Whether a text names somebody: as whole words, so that "Ann" is not found in "annual".
fn names(text: &str, name: &str) -> bool {
    let name = name.trim();
    !name.is_empty()
        && text.match_indices(name).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + name.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
}

/// A toll-free number has one of the prefixes of the North American plan.
fn reachable(contact: &str) -> bool {
    const TOLL_FREE: [&str; 7] = ["800", "833", "844", "855", "866", "877", "888"];
    let digits: String = contact.chars().filter(char::is_ascii_digit).collect();
    TOLL_FREE.iter().any(|prefix| {
        digits
            .match_indices(prefix)
            .any(|(at, _)| digits.len() - at >= 10 && (at == 0 || &digits[..at] == "1"))
    })
}
