use subtle::ConstantTimeEq;

use crate::access::Came;
use crate::entropy::Entropy;
use crate::people::secret::new_secret;

/// The word for somebody who shows a certificate.
const CERTIFIED: &str = "certified";

/// What shows that a request over the network comes from people who are played.
///
/// A secret made when the program starts, which never leaves it. With it a request may say from where it comes and when.
#[derive(Clone)]
pub struct PlayKey(String);

impl PlayKey {
    /// The header that carries it.
    pub const HEADER: &'static str = "practicum-played";

    /// A new one.
    pub fn new(entropy: &dyn Entropy) -> Self {
        Self(new_secret(entropy))
    }

    /// The header's value for a request that comes like this.
    pub fn write(&self, came: &Came) -> String {
        let at = came.at_us.map_or_else(|| "-".to_owned(), |at_us| at_us.to_string());
        let shown = if came.certified { CERTIFIED } else { "-" };
        format!("{} {at} {shown} {}", self.0, came.address)
    }

    /// What the header says, if it was written with this key.
    pub fn read(&self, value: &str) -> Option<Came> {
        let mut parts = value.splitn(4, ' ');
        let (key, at, shown, address) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let is_own: bool = key.as_bytes().ct_eq(self.0.as_bytes()).into();
        let at_us = if at == "-" { None } else { Some(at.parse().ok()?) };
        is_own.then(|| Came { at_us, ..Came::from(address).certified(shown == CERTIFIED) })
    }
}
