use std::time::Duration;

use axum::response::sse::KeepAlive;

/// How often a quiet stream shows that it lives; proxies cut what is silent for a minute.
const EVERY: Duration = Duration::from_secs(15);

/// What keeps a quiet stream open.
pub(crate) fn keep_alive() -> KeepAlive {
    KeepAlive::new().interval(EVERY)
}
