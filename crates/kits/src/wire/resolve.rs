use std::io;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::Reach;

/// Looks names up, and gives none that leads where must not be dialled. What is checked is what is then dialled: a name
/// cannot lead elsewhere at a second look.
pub(super) struct Guarded {
    reach: Reach,
    names: DefaultResolver,
}

impl Guarded {
    /// For dialling within `reach`.
    pub(super) fn new(reach: Reach) -> Self {
        Self { reach, names: DefaultResolver::default() }
    }
}

impl std::fmt::Debug for Guarded {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Guarded").field("reach", &self.reach).finish_non_exhaustive()
    }
}

impl Resolver for Guarded {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        if found.iter().all(|one| self.reach.allows(one.ip())) {
            return Ok(found);
        }
        let host = uri.host().unwrap_or_default();
        let what = format!("{host} is an address that is not dialled from here");
        Err(ureq::Error::Io(io::Error::new(io::ErrorKind::PermissionDenied, what)))
    }
}
