use std::collections::BTreeSet;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A frontal chest film, posteroanterior.
    ChestFilm,
    /// The same at the bedside, anteroposterior.
    PortableChestFilm,
    /// Axial slices of the chest.
    ChestCt,
    /// Axial slices of the head.
    HeadCt,
    /// The same as an MR would see it.
    BrainMr,
    /// A view of liver, gallbladder and kidney.
    AbdomenUltrasound,
}

impl Kind {
    /// The kind of an examination by its LOINC code.
    pub fn of_loinc(code: &str) -> Option<Self> {
        Some(match code {
            "36643-5" => Self::ChestFilm,
            "30746-2" => Self::PortableChestFilm,
            "24627-2" => Self::ChestCt,
            "30799-1" => Self::HeadCt,
            "24590-2" => Self::BrainMr,
            "24558-9" => Self::AbdomenUltrasound,
            _ => return None,
        })
    }

    /// The modality (PS3.3, C.7.3.1.1.1).
    pub fn modality(self) -> &'static str {
        match self {
            Self::ChestFilm | Self::PortableChestFilm => "CR",
            Self::ChestCt | Self::HeadCt => "CT",
            Self::BrainMr => "MR",
            Self::AbdomenUltrasound => "US",
        }
    }

    /// How many images there are.
    pub fn images(self) -> u32 {
        match self {
            Self::ChestCt | Self::HeadCt | Self::BrainMr => 8,
            _ => 1,
        }
    }
}

/// What is to be seen beside healthy anatomy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// An opacity in one lung: pneumonia.
    Opacity,
    /// Fluid beside a lung.
    Effusion,
    /// A large heart.
    LargeHeart,
    /// Fluid in both lungs, from the middle out.
    Edema,
    /// Lungs too full of air.
    Hyperinflation,
    /// Blood in the brain.
    Bleeding,
    /// Stones in the gallbladder.
    Gallstones,
}

impl Finding {
    /// The findings that the words of a report speak of. A word after "no" or "without" in the same sentence does not count.
    pub fn in_words(report: &str) -> BTreeSet<Self> {
        const WORDS: [(&str, Finding); 15] = [
            ("opacit", Finding::Opacity),
            ("consolidation", Finding::Opacity),
            ("pneumonia", Finding::Opacity),
            ("infiltrate", Finding::Opacity),
            ("effusion", Finding::Effusion),
            ("fluid", Finding::Effusion),
            ("cardiomegaly", Finding::LargeHeart),
            ("enlarged heart", Finding::LargeHeart),
            ("heart is enlarged", Finding::LargeHeart),
            ("edema", Finding::Edema),
            ("congestion", Finding::Edema),
            ("hyperinflat", Finding::Hyperinflation),
            ("hemorrhage", Finding::Bleeding),
            ("gallstone", Finding::Gallstones),
            ("cholelithiasis", Finding::Gallstones),
        ];
        let mut found = BTreeSet::new();
        for sentence in report.to_lowercase().split(['.', ';']) {
            for (word, finding) in WORDS {
                let Some(at) = sentence.find(word) else { continue };
                let before: Vec<&str> = sentence[..at].split_whitespace().collect();
                if !before.iter().any(|word| matches!(*word, "no" | "without" | "not")) {
                    found.insert(finding);
                }
            }
        }
        found
    }
}
