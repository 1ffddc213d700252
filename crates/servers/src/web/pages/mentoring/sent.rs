//! What the form of a profile carries, and how its parts are written.

use std::collections::BTreeMap;

use platform::mentoring::Talks;
use serde::Deserialize;

/// The form as it was sent. Of each competency there is a field `skill.ID`.
#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    pub(super) capacity: String,
    #[serde(default)]
    pub(super) languages: String,
    #[serde(default)]
    pub(super) offset_min: String,
    #[serde(default)]
    pub(super) from: String,
    #[serde(default)]
    pub(super) until: String,
    #[serde(default)]
    pub(super) not_with: String,
    #[serde(default)]
    pub(super) about: String,
    #[serde(default)]
    pub(super) active: String,
    #[serde(flatten)]
    pub(super) others: BTreeMap<String, String>,
}

impl Sent {
    /// Competencies with a number above nothing.
    pub(super) fn skills(&self) -> Vec<(String, u8)> {
        let one = |(name, value): (&String, &String)| {
            let id = name.strip_prefix("skill.")?;
            let how: u8 = value.parse().ok().filter(|how| *how > 0)?;
            Some((id.to_owned(), how))
        };
        self.others.iter().filter_map(one).collect()
    }

    /// When and how they can talk. A time that is none is told apart by the minute that no day has.
    pub(super) fn talks(&self, not_with: Vec<String>) -> Talks {
        let languages = self.languages.split(',').map(|one| one.trim().to_lowercase());
        Talks {
            languages: languages.filter(|one| !one.is_empty()).collect(),
            offset_min: self.offset_min.parse().unwrap_or(i32::MAX),
            from_min: minute(&self.from).unwrap_or(-1),
            until_min: minute(&self.until).unwrap_or(-1),
            not_with,
            about: self.about.trim().to_owned(),
        }
    }
}

/// `09:30` as minutes of a day.
fn minute(text: &str) -> Option<i32> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    ((0..=24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
}

/// Minutes of a day as `09:30`.
pub(super) fn clock(minutes: i32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Minutes east of UTC as `UTC+05:45`.
pub(super) fn zone(offset_min: i32) -> String {
    let sign = if offset_min < 0 { '−' } else { '+' };
    format!("UTC{sign}{}", clock(offset_min.abs()))
}

/// The offsets that clocks on earth have (IANA time zone database, offsets in force in 2026).
pub(super) const OFFSETS_MIN: [i32; 38] = [
    -720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -150, -120, -60, 0, 60, 120, 180,
    210, 240, 270, 300, 330, 345, 360, 390, 420, 480, 525, 540, 570, 600, 630, 660, 720, 765, 840,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_zones_are_written_as_people_read_them() {
        assert_eq!(
            (minute("09:30"), minute("24:00"), minute("9"), minute("25:00")),
            (Some(570), Some(1_440), None, None)
        );
        assert_eq!(clock(570), "09:30");
        assert_eq!((zone(345).as_str(), zone(-570).as_str()), ("UTC+05:45", "UTC−09:30"));
    }
}
