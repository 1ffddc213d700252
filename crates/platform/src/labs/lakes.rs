//! Problems of layer `lake`: what was done with the hospital's tables before the learner came.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::access::Access;
use crate::lake::Progress;
use crate::platform::Platform;

/// How long whoever starts a lab waits for its snapshot.
const SNAPSHOT_WITHIN: Duration = Duration::from_secs(1_200);

/// The parameters of a problem of layer `lake`.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
enum Problem {
    /// A snapshot of the hospital as the problems before this one have left it.
    Snapshot {},
    /// A snapshot of people of the region instead, so many of them, in these tables or in all.
    Register {
        people: u32,
        #[serde(default)]
        tables: Vec<String>,
    },
}

/// Places a problem, and says what is true about it.
pub(super) fn place_lake(platform: &Platform, access: &Access, table: &Value) -> Result<Value, String> {
    let mut table = table.clone();
    if let Some(table) = table.as_object_mut() {
        table.remove("layer");
    }
    let problem =
        serde_json::from_value(table).map_err(|error| format!("the problem cannot be read: {error}"))?;
    let begun = match problem {
        Problem::Snapshot {} => platform.take_lake_snapshot(access, SNAPSHOT_WITHIN),
        Problem::Register { people, tables } => {
            platform.take_region_snapshot(access, people, tables, SNAPSHOT_WITHIN)
        }
    };
    match begun {
        Ok(Progress::Done(number)) => Ok(json!({"snapshot": number})),
        Ok(Progress::Failed(why)) => Err(format!("the snapshot failed: {why}")),
        Ok(Progress::Running { .. }) => {
            Err(format!("the snapshot took longer than {} s", SNAPSHOT_WITHIN.as_secs()))
        }
        Err(error) => Err(error.to_string()),
    }
}
