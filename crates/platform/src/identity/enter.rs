use identity::client::Client;
use identity::grant::Grant;
use identity::scope::Reach;
use identity::token::Family;
use store::StoreError;
use store::sandbox::View;

use super::keep::{Kind, find, hashed};
use super::mint::AccessToken;
use super::users::User;
use crate::access::Access;
use crate::ehr::roles::{bounds_of, working};
use crate::platform::Platform;
use crate::response::is_disabled;
use crate::sandboxes::SandboxError;

impl Platform {
    /// Lets the bearer of an access token into the sandbox that issued it, no further than its scopes reach. The journal
    /// names the app, and the person for whom it acts.
    ///
    /// # Errors
    /// [`SandboxError::NotYours`] when the token is unknown here, has expired or was taken back.
    pub fn enter_with_token(&self, sandbox: &str, token: &str) -> Result<Access, SandboxError> {
        let not_yours = || SandboxError::NotYours(sandbox.to_owned());
        // A sandbox that is not there must look like one that does not know the token.
        if self.owner_of(sandbox)?.is_none() {
            return Err(not_yours());
        }
        let access = self.access(sandbox, "an app", "app")?;
        let found = access.sandbox().view(|view| live(view, token, access.wall_us()))?;
        let grant = found.ok_or_else(not_yours)?.grant;
        let actor = match &grant.subject {
            Some(subject) => format!("{} by {}", subject.login, grant.client),
            None => grant.client.clone(),
        };
        Ok(access.acting_as(&actor, "app").within(reach_of(&access, &grant)?))
    }
}

/// How far a token of this grant reaches now: no further than the role of the person for whom it is (decision 13), as the
/// hospital's matrix has it at this moment. Whoever has an account here has the role of that account; the learner, who goes
/// on as themselves, the role they work as. A patient is bounded by their own records already, unless it was left to the
/// app to see to that, and an app that acts for itself by its scopes alone.
fn reach_of(access: &Access, grant: &Grant) -> Result<Reach, StoreError> {
    let Some(subject) = &grant.subject else { return Ok(grant.reach(None)) };
    if subject.is_patient() {
        let reach = grant.reach(None);
        let app: Option<Client> = access.sandbox().view(|view| find(view, Kind::App, &grant.client))?;
        return Ok(match app.is_some_and(|app| app.checks_itself) {
            true => Reach { scopes: reach.scopes.for_every_patient(), ..reach },
            false => reach,
        });
    }
    let account: Option<User> = access.sandbox().view(|view| find(view, Kind::User, &subject.login))?;
    let working = working(access)?;
    let role = account.map_or(working.role, |account| account.role);
    Ok(grant.reach(bounds_of(&working.matrix, &role)))
}

/// An access token that is good now.
pub(super) fn live(view: View<'_>, token: &str, now_us: i64) -> Result<Option<AccessToken>, StoreError> {
    let found: Option<AccessToken> = find(view, Kind::Access, &hashed(token))?;
    let Some(found) = found.filter(|found| now_us < found.expires_us) else { return Ok(None) };
    let login = found.grant.subject.as_ref().map(|subject| subject.login.as_str());
    if login.map(|login| is_disabled(view, login)).transpose()? == Some(true) {
        return Ok(None);
    }
    let Some(family) = &found.family else { return Ok(Some(found)) };
    let family: Option<Family> = find(view, Kind::Family, family)?;
    Ok(family.is_some_and(|family| !family.ended).then_some(found))
}
