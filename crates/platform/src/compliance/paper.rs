use security::papers::PaperFault;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaperKind {
    /// Whether an incident is a breach (164.402).
    BreachAssessment,
    /// A letter to one person (164.404).
    Letter,
    /// The notice to the Secretary, or the line of the log (164.408).
    SecretaryNotice,
    /// The notice to the media (164.406).
    MediaNotice,
    /// A risk analysis (164.308(a)(1)(ii)(A)).
    RiskAnalysis,
    /// A policy with its procedure (164.316, 164.530(i)).
    Policy,
    /// A sanction (164.530(e)).
    Sanction,
    /// A contract with a business associate (164.504(e), 164.314(a)).
    AssociateAgreement,
}

impl PaperKind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::BreachAssessment,
        Self::Letter,
        Self::SecretaryNotice,
        Self::MediaNotice,
        Self::RiskAnalysis,
        Self::Policy,
        Self::Sanction,
        Self::AssociateAgreement,
    ];

    /// The word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::BreachAssessment => "breach-assessment",
            Self::Letter => "letter",
            Self::SecretaryNotice => "secretary-notice",
            Self::MediaNotice => "media-notice",
            Self::RiskAnalysis => "risk-analysis",
            Self::Policy => "policy",
            Self::Sanction => "sanction",
            Self::AssociateAgreement => "associate-agreement",
        }
    }

    /// The journal kind of filing one.
    pub(super) fn entry(self) -> &'static str {
        match self {
            Self::BreachAssessment => "compliance.breach-assessment",
            Self::Letter => "compliance.letter",
            Self::SecretaryNotice => "compliance.secretary-notice",
            Self::MediaNotice => "compliance.media-notice",
            Self::RiskAnalysis => "compliance.risk-analysis",
            Self::Policy => "compliance.policy",
            Self::Sanction => "compliance.sanction",
            Self::AssociateAgreement => "compliance.associate-agreement",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == name)
    }
}

/// A paper as it was filed. It is not changed; a better one is filed after it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    /// Its id: `paper-1`.
    pub id: String,
    /// What it is.
    pub kind: PaperKind,
    /// The form, as it was filled in.
    pub form: Value,
    /// What follows from the form: of an assessment, the day of discovery and what the rule decides.
    pub result: Value,
    /// What is wrong with it.
    pub faults: Vec<PaperFault>,
    /// Who filed it.
    pub by: String,
    /// When, on the hospital's clock.
    pub filed_us: i64,
}
