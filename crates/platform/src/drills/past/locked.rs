use store::StoreError;
use store::sandbox::View;

use crate::drills::keep::SYSTEM;
use crate::drills::records::{LOCKED, is_locked};
use crate::response::as_of;

/// Whether any record could not be read at a moment.
pub(super) fn is_any_locked(view: View<'_>, at_us: i64) -> Result<bool, StoreError> {
    for one in view.system_records(SYSTEM, LOCKED)? {
        let (kind, id) = one.key.split_once('/').unwrap_or_default();
        if one.updated_us <= at_us && as_of(view, kind, id, at_us)?.is_some_and(|then| is_locked(&then.body))
        {
            return Ok(true);
        }
    }
    Ok(false)
}
