use store::StoreError;

use super::users::User;
use crate::access::Access;
use crate::entropy::Entropy;
use crate::seal::Sealed;

impl User {
    /// The secret of their authenticator app, opened.
    pub(super) fn totp_secret(&self, access: &Access) -> Result<Option<Vec<u8>>, StoreError> {
        let open = |sealed| access.seal().open(&totp_of(&self.subject.login), sealed);
        self.totp.as_ref().map(open).transpose()
    }
}

/// The secret of a new authenticator app.
pub(super) fn new_totp(entropy: &dyn Entropy) -> [u8; 20] {
    let mut bytes = [0; 20];
    entropy.fill(&mut bytes);
    bytes
}

/// The secret of an authenticator app as it is kept.
pub(super) fn sealed(access: &Access, login: &str, secret: &[u8]) -> Result<Sealed, StoreError> {
    access.seal().seal(&totp_of(login), secret)
}

fn totp_of(login: &str) -> String {
    format!("the authenticator app of {login}")
}
