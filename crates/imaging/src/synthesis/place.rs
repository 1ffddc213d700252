use super::noise::Noise;

/// A side of a person: their own, which is the other one in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Their right.
    Right,
    /// Their left.
    Left,
    /// Both.
    Both,
}

/// A third of a lung.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// The upper one.
    Upper,
    /// The middle one.
    Middle,
    /// The lower one.
    Lower,
}

/// Where a finding is, as far as somebody said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// The side; one by chance if nobody said.
    pub side: Option<Side>,
    /// The zone; some height by chance if nobody said.
    pub zone: Option<Zone>,
}

impl Place {
    /// The place that the words of a report name.
    pub fn in_words(report: &str) -> Self {
        let report = report.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| report.contains(word));
        let side = match (says(&["right"]), says(&["left"])) {
            _ if says(&["both", "bilateral"]) => Some(Side::Both),
            (true, true) => Some(Side::Both),
            (true, false) => Some(Side::Right),
            (false, true) => Some(Side::Left),
            (false, false) => None,
        };
        let zone = match (says(&["upper"]), says(&["middle", "lingula"]), says(&["lower", "base", "basal"])) {
            (true, ..) => Some(Zone::Upper),
            (_, true, _) => Some(Zone::Middle),
            (.., true) => Some(Zone::Lower),
            _ => None,
        };
        Self { side, zone }
    }

    /// The sides in the picture: -1 is its left, where the person's right is.
    pub(super) fn sides(self, noise: Noise) -> &'static [f64] {
        match self.side {
            Some(Side::Right) => &[-1.0],
            Some(Side::Left) => &[1.0],
            Some(Side::Both) => &[-1.0, 1.0],
            None if noise.part(90).at(0, 0) < 0.5 => &[-1.0],
            None => &[1.0],
        }
    }

    /// The height in the picture, down from -1 to 1.
    pub(super) fn height(self, noise: Noise) -> f64 {
        match self.zone {
            Some(Zone::Upper) => -0.34,
            Some(Zone::Middle) => 0.02,
            Some(Zone::Lower) => 0.34,
            None => noise.part(91).at(0, 0) * 0.55 - 0.2,
        }
    }
}
