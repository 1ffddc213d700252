use security::query::{Answer, Table, parse, run};
use security::telemetry::ABOUT_CARE;

use super::error::DeskError;
use super::signals::signals;
use crate::access::Access;
use crate::platform::Platform;

/// Searches a hospital's journal.
///
/// # Errors
/// If the query cannot be understood, or the store fails.
pub fn hunt(platform: &Platform, access: &Access, query: &str) -> Result<Answer, DeskError> {
    let query = parse(query)?;
    if query.reads_any(&ABOUT_CARE) {
        return Ok(run(&query, &Table::of(&signals(access, true)?)));
    }
    Ok(platform.tables.search(access, &query)?)
}
