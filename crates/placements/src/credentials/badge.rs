use serde_json::{Value, json};

/// A badge to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    /// Where it can be looked at, which is also its id.
    pub url: String,
    /// The house's address.
    pub house: String,
    /// Who issues it.
    pub issuer: String,
    /// When, as an RFC 3339 instant, and in seconds since 1970 UTC.
    pub issued: (String, i64),
    /// A URN of the learner that nobody can guess a person from.
    pub subject: String,
    /// The learner's name.
    pub learner: String,
    /// Id of the competency.
    pub competency: String,
    /// What the person can do.
    pub title: String,
    /// At which level it was shown.
    pub level: &'static str,
    /// Where public frameworks say something like it.
    pub alignments: Vec<Alignment>,
    /// What was seen, one piece of work each: its title, and what came of it.
    pub evidence: Vec<(String, String)>,
    /// Its place in the status list.
    pub status: u32,
}

/// A place in a public framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alignment {
    /// The framework, with its version.
    pub framework: String,
    /// Code or heading in it.
    pub code: String,
    /// Its address.
    pub url: String,
}

/// The claims of a badge.
#[must_use]
pub fn badge(badge: &Badge) -> Value {
    let alignment = |one: &Alignment| json!({"type": ["Alignment"], "targetName": one.code, "targetFramework": one.framework, "targetUrl": one.url});
    let evidence = |(name, narrative): &(String, String)| json!({"type": ["Evidence"], "name": name, "narrative": narrative});
    let list = format!("{}/credentials/status", badge.house);
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": badge.url,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": badge.title,
        "issuer": {"id": badge.issuer, "type": ["Profile"], "name": "Practicum", "url": badge.house},
        "validFrom": badge.issued.0,
        "credentialSubject": {
            "id": badge.subject,
            "type": ["AchievementSubject"],
            "identifier": [{"type": "IdentityObject", "hashed": false, "identityHash": badge.learner, "identityType": "name"}],
            "achievement": {
                "id": format!("{}/credentials/achievements/{}", badge.house, badge.competency),
                "type": ["Achievement"],
                "achievementType": "Competency",
                "name": badge.title,
                "description": format!("Shown without help, at the level {}, on a simulated hospital.", badge.level),
                "criteria": {"narrative": "Every check that must pass has passed in at least one lab for this competency, with no hint taken; each learner meets other patients."},
                "alignment": badge.alignments.iter().map(alignment).collect::<Vec<_>>(),
            },
        },
        "evidence": badge.evidence.iter().map(evidence).collect::<Vec<_>>(),
        "credentialStatus": {
            "id": format!("{list}#{}", badge.status),
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": badge.status.to_string(),
            "statusListCredential": list,
        },
        "iss": badge.issuer,
        "sub": badge.subject,
        "jti": badge.url,
        "nbf": badge.issued.1,
    })
}
