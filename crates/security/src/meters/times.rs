/// The turns of an incident on the hospital's clock, microseconds since 1970 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Turns {
    /// The first thing the attacker did.
    pub began_us: i64,
    /// The first true alert or correct note.
    pub detected_us: Option<i64>,
    /// The last thing the attacker succeeded in, if they succeed no more.
    pub contained_us: Option<i64>,
    /// When care could work again as before.
    pub restored_us: Option<i64>,
}

/// Minutes from the beginning to each turn; none where it never came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Minutes {
    /// To the first true alert.
    pub to_detect: Option<f64>,
    /// To the attacker's last success.
    pub to_contain: Option<f64>,
    /// To care as before.
    pub to_restore: Option<f64>,
}

/// The minutes between the turns. A turn before the beginning counts as no time, since foresight is no fault.
#[must_use]
pub fn minutes(turns: &Turns) -> Minutes {
    let since =
        |turn: Option<i64>| turn.map(|turn| turn.saturating_sub(turns.began_us).max(0) as f64 / 60_000_000.0);
    Minutes {
        to_detect: since(turns.detected_us),
        to_contain: since(turns.contained_us),
        to_restore: since(turns.restored_us),
    }
}
