//! Durations as authors write them.

/// A length of time in microseconds, written `30 s`, `30 min`, `2 h` or `1 d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration {
    /// Microseconds; never negative.
    pub us: i64,
}

impl Duration {
    /// Reads a duration; `None` when the text is not one, or is longer than ten years.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let split = text.find(|c: char| !c.is_ascii_digit())?;
        let count: i64 = text[..split].parse().ok()?;
        let seconds = match text[split..].trim() {
            "s" => 1,
            "min" => 60,
            "h" => 3_600,
            "d" => 86_400,
            _ => return None,
        };
        let us = count.checked_mul(seconds)?.checked_mul(1_000_000)?;
        (us <= 10 * 366 * 86_400_000_000).then_some(Self { us })
    }
}

impl std::fmt::Display for Duration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let seconds = self.us / 1_000_000;
        match seconds {
            s if s > 0 && s % 86_400 == 0 => write!(f, "{} d", s / 86_400),
            s if s > 0 && s % 3_600 == 0 => write!(f, "{} h", s / 3_600),
            s if s > 0 && s % 60 == 0 => write!(f, "{} min", s / 60),
            s => write!(f, "{s} s"),
        }
    }
}
