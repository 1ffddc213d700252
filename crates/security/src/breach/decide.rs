use serde::{Deserialize, Serialize};

use super::law::Law;

/// What is known about an incident before anybody weighs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Whether protected health information was acquired, accessed, used or disclosed at all.
    pub involves_phi: bool,
    /// Whether the Privacy Rule permitted it.
    pub permitted: bool,
    /// How the information was protected.
    pub protection: Protection,
    /// The exception that is claimed, with what it asks for.
    pub exception: Option<Exception>,
    /// The documented assessment, if one was made.
    pub assessment: Option<Assessment>,
}

/// How the information was protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Protection {
    /// Readable.
    None,
    /// Encrypted as the guidance asks, and the key did not go with it.
    Encrypted,
    /// Encrypted, but whoever has it can have the key as well.
    EncryptedKeyTaken,
    /// Destroyed as the guidance asks, before anybody could have it.
    Destroyed,
}

/// The three things that are no breach, each with all that it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Exception {
    /// A member of the workforce came upon it unintentionally.
    Unintentional {
        /// In good faith.
        good_faith: bool,
        /// Within the scope of their authority.
        within_authority: bool,
        /// It went further, in a way that is not permitted.
        used_further: bool,
    },
    /// One authorized person told another at the same organisation by mistake.
    Inadvertent {
        /// Both are authorized to access such information there.
        both_authorized: bool,
        /// It went further, in a way that is not permitted.
        used_further: bool,
    },
    /// Whoever received it could not have retained it.
    NotRetained {
        /// The good-faith belief that they could not.
        good_faith_belief: bool,
    },
}

impl Exception {
    /// Whether all that it asks for is met.
    #[must_use]
    pub fn holds(self) -> bool {
        match self {
            Self::Unintentional { good_faith, within_authority, used_further } => {
                good_faith && within_authority && !used_further
            }
            Self::Inadvertent { both_authorized, used_further } => both_authorized && !used_further,
            Self::NotRetained { good_faith_belief } => good_faith_belief,
        }
    }
}

/// One of the four factors, as somebody weighed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// Whether it speaks for a low probability that the information was compromised.
    pub low: bool,
    /// The journal entries it rests on.
    pub evidence: Vec<i64>,
}

/// The documented risk assessment: at least these four factors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Nature and extent of the information, with identifiers and likelihood of re-identification.
    pub nature: Factor,
    /// Who used it or received it.
    pub recipient: Factor,
    /// Whether it was actually acquired or viewed.
    pub acquired: Factor,
    /// How far the risk has been mitigated.
    pub mitigation: Factor,
}

impl Assessment {
    fn factors(&self) -> [&Factor; 4] {
        [&self.nature, &self.recipient, &self.acquired, &self.mitigation]
    }
}

/// Whether it has to be told, with the section that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Whether it is a breach of unsecured information.
    pub breach: bool,
    /// Why, in a sentence.
    pub because: &'static str,
    /// The section.
    pub section: String,
}

/// Decides. What is not shown counts as a breach: the burden of proof is on whoever held the information.
#[must_use]
pub fn decide(incident: &Incident, law: &Law) -> Decision {
    let (assessment, encryption) = (&law.assessment.section, &law.encryption.section);
    let say = |breach, because, section: &str| Decision { breach, because, section: section.to_owned() };
    if !incident.involves_phi {
        return say(false, "no protected health information was involved", assessment);
    }
    if incident.permitted {
        return say(false, "the Privacy Rule permitted it", assessment);
    }
    match incident.protection {
        Protection::Encrypted => {
            return say(false, "it was encrypted and the key is safe, so it was not unsecured", encryption);
        }
        Protection::Destroyed => {
            return say(false, "it had been destroyed, so it was not unsecured", encryption);
        }
        Protection::EncryptedKeyTaken | Protection::None => {}
    }
    if incident.exception.is_some_and(Exception::holds) {
        return say(false, "an exception of the definition holds in full", assessment);
    }
    match &incident.assessment {
        None => say(true, "it is presumed to be a breach, and no assessment shows otherwise", assessment),
        Some(found) if found.factors().iter().any(|factor| factor.evidence.is_empty()) => {
            say(true, "a factor of the assessment rests on nothing, so the presumption stands", assessment)
        }
        Some(found) if found.factors().iter().all(|factor| factor.low) => {
            say(false, "a documented assessment shows a low probability of compromise", assessment)
        }
        Some(_) => say(true, "the assessment does not show a low probability of compromise", assessment),
    }
}
