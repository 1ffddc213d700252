use ::lake::{Detail, Grant, Purpose, Rule, Table};
use standards::fhir::instant;

use super::error::LakeError;
use super::reason;
use crate::access::Access;
use crate::ehr::roles::{Working, working};
use crate::platform::Platform;

/// What somebody may ask, and why.
#[derive(Debug, Clone)]
pub struct Right {
    /// The role worked as.
    pub(super) working: Working,
    /// The code of the purpose.
    pub purpose: String,
    /// Whether that was taken because none was said.
    pub assumed: bool,
    /// The purposes for which the role may ask.
    pub purposes: Vec<Purpose>,
    /// The rule that says what is seen.
    pub(super) rule: Rule,
    /// Whether a reason was given that opens restricted charts.
    pub reason_given: bool,
}

impl Right {
    /// The code of the role worked as.
    #[must_use]
    pub fn role(&self) -> &str {
        &self.working.role
    }

    /// Why the rule is as it is.
    #[must_use]
    pub fn because(&self) -> &str {
        &self.rule.because
    }

    /// How close one may look.
    #[must_use]
    pub fn detail(&self) -> Detail {
        self.rule.detail()
    }

    /// Whether giving a reason would show more.
    #[must_use]
    pub fn takes_reason(&self) -> bool {
        self.rule.takes_reasons() && !self.reason_given && self.working.may("break-glass")
    }
}

impl Platform {
    /// What the role worked as may ask for a purpose; for the role's usual one if none is said.
    ///
    /// # Errors
    /// When the policy grants nothing.
    pub fn lake_right(&self, access: &Access, purpose: Option<&str>) -> Result<Right, LakeError> {
        self.lake_right_of(access, working(access)?, purpose)
    }

    /// What a role may ask for a purpose.
    pub(super) fn lake_right_of(
        &self,
        access: &Access,
        working: Working,
        purpose: Option<&str>,
    ) -> Result<Right, LakeError> {
        let policy = self.lake_policy(access)?.policy;
        let own = policy.purposes_of(&working.role);
        let said = purpose.map(str::trim).filter(|purpose| !purpose.is_empty());
        let usual = own.first().or_else(|| policy.purposes.first().map(|first| &first.code));
        let purpose = said.map(str::to_owned).or_else(|| usual.cloned()).unwrap_or_default();
        let rule = policy.rule(&working.role, &purpose)?.clone();
        let purposes = policy.purposes.into_iter().filter(|one| own.contains(&one.code)).collect();
        let reason_given = rule.takes_reasons() && reason::holds(access, &working, &purpose)?;
        Ok(Right { working, purpose, assumed: said.is_none(), purposes, rule, reason_given })
    }

    /// What a right grants of the tables of a snapshot.
    pub(super) fn lake_grant(
        &self,
        access: &Access,
        right: &Right,
        tables: &[Table],
    ) -> Result<Grant, LakeError> {
        let now = instant::format(access.virtual_us());
        let year = now.get(..4).and_then(|year| year.parse().ok()).unwrap_or(1970);
        let mut grant = right.rule.grant(tables, year, self.lake_key(access, &right.purpose));
        if !right.rule.shows_restricted(right.reason_given) {
            let (sandbox, images) = (access.sandbox(), &self.lakes.images);
            grant.hidden_people =
                sandbox.view(|hospital| images.restricted(hospital, &sandbox.image().digest))?;
        }
        Ok(grant)
    }

    /// What pseudonyms are made with: another for each hospital and purpose, so that two releases cannot be joined.
    fn lake_key(&self, access: &Access, purpose: &str) -> [u8; 32] {
        self.seal.key_for(&format!("lake pseudonyms\n{}\n{purpose}", access.sandbox().id()))
    }
}
