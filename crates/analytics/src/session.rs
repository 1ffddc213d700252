//! A session for one question, with nothing in it but what the grant holds.

use std::path::Path;
use std::sync::Arc;

use datafusion::common::{DataFusionError, Result};
use datafusion::datasource::object_store::ObjectStoreUrl;
use datafusion::execution::SessionStateBuilder;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::object_store::local::LocalFileSystem;
use datafusion::prelude::{SessionConfig, SessionContext};
use lake::{Limits, Table};

/// Where the files of the lake are, as plans name them: no plan shows a path of this machine.
const PLACE: &str = "lake://hospital/";
/// The schema that tables stand in.
pub(crate) const SCHEMA: &str = "public";
/// The catalogue, which clients of PostgreSQL call the database.
pub(crate) const CATALOG: &str = "hospital";

/// An empty session that reads below `root` and nowhere else, writes nothing, and keeps within `limits`.
pub(crate) fn session(root: &Path, limits: &Limits, cores: usize) -> Result<SessionContext> {
    let disk = DiskManagerBuilder::default().with_mode(DiskManagerMode::Disabled);
    let runtime = RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(FairSpillPool::new(limits.memory_bytes)))
        .with_disk_manager_builder(disk)
        .build_arc()?;
    let files = LocalFileSystem::new_with_prefix(root).map_err(DataFusionError::from)?;
    runtime.register_object_store(ObjectStoreUrl::parse(PLACE)?.as_ref(), Arc::new(files));
    let mut config = SessionConfig::new()
        .with_target_partitions(cores)
        .with_information_schema(true)
        .with_default_catalog_and_schema(CATALOG, SCHEMA);
    let options = config.options_mut();
    options.execution.parquet.schema_force_view_types = false;
    options.sql_parser.map_string_types_to_utf8view = false;
    options.sql_parser.collect_spans = true;
    options.sql_parser.dialect = datafusion::common::config::Dialect::PostgreSQL;
    let state = SessionStateBuilder::new()
        .with_config(config)
        .with_runtime_env(runtime)
        .with_default_features()
        .build();
    Ok(SessionContext::new_with_state(state))
}

/// The address of a file of the lake.
pub(crate) fn address(root: &Path, file: &Path) -> Result<String> {
    let below = file
        .strip_prefix(root)
        .map_err(|_| DataFusionError::Internal(format!("{} is no file of the lake", file.display())))?;
    let steps: Vec<_> = below.components().map(|step| step.as_os_str().to_string_lossy()).collect();
    Ok(format!("{PLACE}{}", steps.join("/")))
}

/// The names of tables, for what a question read.
pub(crate) fn is_of_lake(tables: &[Table], name: &str) -> bool {
    tables.iter().any(|table| table.name == name)
}
