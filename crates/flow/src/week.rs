/// Hours of a week, which begins on Monday at midnight.
pub const HOURS: usize = 168;

/// The days of a week.
pub const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// An hour of the week, or of a day if it is the only one, in words: `Tue 07:00`.
#[must_use]
pub fn hour_name(hour: usize, period: usize) -> String {
    let of_day = hour % 24;
    if period <= 24 {
        return format!("{of_day:02}:00");
    }
    format!("{} {of_day:02}:00", DAYS[hour / 24 % DAYS.len()])
}
