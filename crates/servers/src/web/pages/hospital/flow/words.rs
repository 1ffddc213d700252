/// A number with as many places as help.
pub(super) fn number(value: f64) -> String {
    if value.abs() >= 10.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

/// A figure in its unit.
pub(super) fn figure(value: f64, unit: &str) -> String {
    match unit {
        "share" => format!("{:.1} %", value * 100.0),
        "minutes" => format!("{} min", number(value)),
        _ => format!("{} h", number(value)),
    }
}

/// A time between two events.
pub(super) fn span(seconds: f64) -> String {
    match seconds {
        s if s < 90.0 => format!("{s:.0} s"),
        s if s < 5_400.0 => format!("{:.0} min", s / 60.0),
        s if s < 172_800.0 => format!("{:.1} h", s / 3_600.0),
        s => format!("{:.1} days", s / 86_400.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_the_unit_that_is_read_most_easily() {
        let told = [12.0, 600.0, 7_200.0, 400_000.0].map(span);
        assert_eq!(told, ["12 s", "10 min", "2.0 h", "4.6 days"]);
        assert_eq!(figure(0.256, "share"), "25.6 %");
    }
}
