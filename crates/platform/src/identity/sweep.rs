use store::StoreError;
use store::sandbox::Change;

use super::consent::KeptCode;
use super::keep::{Kind, all, forget};
use super::launch::Launch;
use super::mint::AccessToken;
use crate::access::Access;

/// How long what has ended is remembered, in seconds: a code that comes back within a day still ends the tokens that came of it.
const REMEMBERED_S: i64 = 24 * 60 * 60;

/// Forgets codes, access tokens and launches that ended long ago, so that a hospital that is left running does not gather them.
pub(super) fn sweep(access: &Access, change: &Change<'_>) -> Result<(), StoreError> {
    let before_us = access.wall_us() - REMEMBERED_S * 1_000_000;
    for (key, code) in all::<KeptCode>(change.view(), Kind::Code)? {
        if code.expires_us < before_us {
            forget(change, Kind::Code, &key)?;
        }
    }
    for (key, token) in all::<AccessToken>(change.view(), Kind::Access)? {
        if token.expires_us < before_us {
            forget(change, Kind::Access, &key)?;
        }
    }
    for (key, launch) in all::<Launch>(change.view(), Kind::Launch)? {
        if launch.expires_us < before_us {
            forget(change, Kind::Launch, &key)?;
        }
    }
    Ok(())
}
