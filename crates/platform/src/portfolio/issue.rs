use std::io::Write;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use flate2::Compression;
use flate2::write::GzEncoder;
use placements::credentials as claims;
use sha2::{Digest, Sha256};
use standards::fhir::instant;
use store::StoreError;
use store::records::{Credential, Person, Role};
use training::content::Alignment;

use super::{Help, PortfolioError, Shown, Work};
use crate::ids::new_id;
use crate::platform::Platform;

/// A badge, as anybody may look at it.
#[derive(Debug, Clone)]
pub struct Badge {
    /// As it was handed out.
    pub credential: Credential,
    /// The learner's name.
    pub learner: String,
    /// Who signed it.
    pub issuer: String,
    /// Whether the signature is ours and nothing was changed.
    pub genuine: bool,
    /// What it says, as it was signed.
    pub claims: serde_json::Value,
}

impl Platform {
    /// Makes a badge of what a person has shown without help. `house` is the address that people reach this house by.
    ///
    /// # Errors
    /// [`PortfolioError::NotShown`] if there is nothing to show; [`PortfolioError::Made`] if there is such a badge.
    pub fn issue_badge(
        &self,
        person: &Person,
        competency: &str,
        house: &str,
    ) -> Result<Credential, PortfolioError> {
        let portfolio = self.portfolio(person)?;
        let shown = portfolio.competencies.into_iter().find(|shown| shown.id == competency);
        let shown = shown.ok_or_else(|| PortfolioError::Unknown(competency.to_owned()))?;
        let level = shown.standing.level.ok_or_else(|| PortfolioError::NotShown(shown.title.clone()))?.word();
        let same = |badge: &Credential| {
            badge.competency == shown.id && badge.level == level && badge.withdrawn_us.is_none()
        };
        if portfolio.badges.iter().any(same) {
            return Err(PortfolioError::Made(shown.title));
        }
        let (issuer, id, now_us) = (self.issuer()?, new_id(&*self.entropy), self.clock.now_us());
        let made = self.records.credential_add(|status| {
            let badge = badge(person, &shown, level, (&id, house, &issuer.name), now_us, status);
            Credential {
                token: issuer.sign(&claims::badge(&badge)),
                id,
                person: person.id.clone(),
                competency: shown.id.clone(),
                level: level.to_owned(),
                title: shown.title.clone(),
                issued_us: now_us,
                status,
                withdrawn_us: None,
                withdrawn_why: None,
            }
        })?;
        Ok(made)
    }

    /// A badge by its id, for whoever wants to verify it; nobody needs to be signed in.
    ///
    /// # Errors
    /// [`PortfolioError::NoBadge`] if there is none, [`PortfolioError::Forgotten`] if its holder asked to be forgotten.
    pub fn badge(&self, id: &str) -> Result<Badge, PortfolioError> {
        let missing = || PortfolioError::NoBadge(id.to_owned());
        let credential = self.records.credential(id)?.ok_or_else(missing)?;
        if credential.token.is_empty() {
            return Err(PortfolioError::Forgotten);
        }
        let learner = self.records.person(&credential.person)?.ok_or_else(missing)?.name;
        let issuer = self.issuer()?;
        let verified = issuer.verified(&credential.token);
        Ok(Badge {
            genuine: verified.is_some(),
            claims: verified.unwrap_or_default(),
            learner,
            issuer: issuer.name,
            credential,
        })
    }

    /// The badge behind a signed text that somebody was shown; none if this house did not sign it, or it was changed since.
    ///
    /// # Errors
    /// From the store.
    pub fn recognise_badge(&self, token: &str) -> Result<Option<String>, StoreError> {
        let Some(claims) = self.issuer()?.verified(token) else { return Ok(None) };
        let id = claims["jti"].as_str().and_then(|url| url.rsplit('/').next()).map(str::to_owned);
        let Some(id) = id else { return Ok(None) };
        Ok(self.records.credential(&id)?.map(|credential| credential.id))
    }

    /// Withdraws a badge for good.
    ///
    /// # Errors
    /// [`PortfolioError::NotYours`] for everybody but instructors, and without a reason.
    pub fn withdraw_badge(&self, instructor: &Person, id: &str, why: &str) -> Result<(), PortfolioError> {
        if instructor.role != Role::Instructor || why.trim().is_empty() {
            return Err(PortfolioError::NotYours);
        }
        match self.records.credential_withdraw(id, self.clock.now_us(), why.trim())? {
            true => Ok(()),
            false => Err(PortfolioError::NoBadge(id.to_owned())),
        }
    }

    /// The signed list of badges that were withdrawn, for verifiers.
    ///
    /// # Errors
    /// From the store.
    pub fn badge_status_list(&self, house: &str) -> Result<String, StoreError> {
        let now_us = self.clock.now_us();
        let withdrawn = self.records.credential_withdrawn()?;
        let list = format!("{house}/credentials/status");
        self.sign_status_list(&list, &withdrawn, &instant::format(now_us), now_us / 1_000_000)
    }

    /// A signed list, found at `list`, of places that were withdrawn; it is of `issued`, which is so many `seconds` after the
    /// beginning of 1970 UTC.
    pub(crate) fn sign_status_list(
        &self,
        list: &str,
        withdrawn: &[u32],
        issued: &str,
        seconds: i64,
    ) -> Result<String, StoreError> {
        let issuer = self.issuer()?;
        let failed = StoreError::io(std::path::Path::new("the status list"));
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        let bits = claims::bits(withdrawn);
        let packed = packed.write_all(&bits).and_then(|()| packed.finish()).map_err(failed)?;
        let encoded = BASE64URL_NOPAD.encode(&packed);
        Ok(issuer.sign(&claims::status_list(list, &issuer.name, (issued, seconds), &encoded)))
    }
}

fn badge(
    person: &Person,
    shown: &Shown,
    level: &'static str,
    (id, house, issuer): (&str, &str, &str),
    now_us: i64,
    status: u32,
) -> claims::Badge {
    let alignment = |one: &Alignment| {
        let framework = format!("{} ({})", one.framework, one.version);
        Some(claims::Alignment { framework, code: one.code.clone(), url: one.url.clone()? })
    };
    let told = |work: &Work| {
        let help = match work.help {
            Help::None => "without help".to_owned(),
            Help::Hints(1) => "with a hint".to_owned(),
            Help::Hints(hints) => format!("with {hints} hints"),
            Help::Team(people) => format!("in a team of {people}"),
        };
        let day = instant::format(work.at_us);
        (work.title.clone(), format!("Finished on {} {help}, worth {:.0} %.", &day[..10], work.worth * 100.0))
    };
    claims::Badge {
        url: format!("{house}/credentials/{id}"),
        house: house.to_owned(),
        issuer: issuer.to_owned(),
        issued: (instant::format(now_us), now_us / 1_000_000),
        subject: subject(person),
        learner: person.name.clone(),
        competency: shown.id.clone(),
        title: shown.title.clone(),
        level,
        alignments: shown.alignments.iter().filter_map(alignment).collect(),
        evidence: shown.work.iter().map(told).collect(),
        status,
    }
}

/// A URN that stays the same for a person: a UUID of version 8 (RFC 9562, section 5.8) over a hash of the id.
fn subject(person: &Person) -> String {
    let digest = Sha256::digest(person.id.as_str().as_bytes());
    let mut bytes: [u8; 16] = std::array::from_fn(|at| digest[at]);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex = HEXLOWER.encode(&bytes);
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
