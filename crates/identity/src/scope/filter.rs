use std::collections::BTreeSet;
use std::fmt;

/// A value that a coded element may have: `system|code`, `|code` for no system, `code` for any.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Token {
    /// The system; empty for none, absent for any.
    pub system: Option<String>,
    /// The code; absent for any code of the system.
    pub code: Option<String>,
}

/// One parameter of a granular scope: the element must have one of these values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Condition {
    /// The search parameter, such as `category`.
    pub parameter: String,
    /// Its values.
    pub any: BTreeSet<Token>,
}

/// What a granular scope asks of a resource: every condition. An empty one asks nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Filter(pub BTreeSet<Condition>);

impl Token {
    /// Reads a token as search has it (FHIR R4, 3.1.1.4.10).
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        match text.split_once('|') {
            None => part(text).map(|code| Self { system: None, code: Some(code) }),
            Some(("", "")) => None,
            Some((system, code)) => Some(Self { system: Some(system.to_owned()), code: part(code) }),
        }
    }

    /// Whether an element with this system and code has this value.
    #[must_use]
    pub fn matches(&self, system: Option<&str>, code: &str) -> bool {
        self.system.as_deref().is_none_or(|wanted| wanted == system.unwrap_or_default())
            && self.code.as_deref().is_none_or(|wanted| wanted == code)
    }

    /// Whether everything that has `other` has this, too.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        (self.system.is_none() || self.system == other.system)
            && (self.code.is_none() || self.code == other.code)
    }
}

impl Condition {
    /// Whether whatever meets `other` meets this.
    fn follows_from(&self, other: &Self) -> bool {
        let covered = |token: &Token| self.any.iter().any(|known| known.contains(token));
        self.parameter == other.parameter && other.any.iter().all(covered)
    }
}

impl Filter {
    /// Reads `category=a,b&code=c`; what is no token parameter without modifier cannot be read.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let condition = |pair: &str| {
            let (parameter, values) = pair.split_once('=')?;
            let sound = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
            if parameter.is_empty() || !parameter.chars().all(sound) {
                return None;
            }
            let any: Option<BTreeSet<Token>> = values.split(',').map(Token::read).collect();
            Some(Condition { parameter: parameter.to_owned(), any: any? })
        };
        text.split('&').map(condition).collect::<Option<BTreeSet<_>>>().map(Self)
    }

    /// Whether whatever meets `other` meets this: every condition here follows from one there.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        self.0.iter().all(|own| other.0.iter().any(|theirs| own.follows_from(theirs)))
    }

    /// What meets both.
    #[must_use]
    pub fn meet(&self, other: &Self) -> Self {
        Self(self.0.union(&other.0).cloned().collect())
    }

    /// Whether it asks nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(system) = &self.system {
            write!(f, "{system}|")?;
        }
        f.write_str(self.code.as_deref().unwrap_or_default())
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, condition) in self.0.iter().enumerate() {
            let any: Vec<String> = condition.any.iter().map(Token::to_string).collect();
            let mark = if at == 0 { '?' } else { '&' };
            write!(f, "{mark}{}={}", condition.parameter, any.join(","))?;
        }
        Ok(())
    }
}
