use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::{Column, DataFusionError, Result};
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, TableType};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::streaming::{PartitionStream, StreamingTableExec};
use datafusion::physical_plan::{ExecutionPlan, ExecutionPlanProperties};
use futures_util::{StreamExt, stream};

/// A table of which only what `plan` gives is there.
pub(super) struct Wall {
    plan: LogicalPlan,
    schema: SchemaRef,
}

impl Wall {
    /// A wall before a plan.
    pub(super) fn new(plan: LogicalPlan) -> Self {
        let schema = Arc::clone(plan.schema().inner());
        Self { plan, schema }
    }

    fn only(&self, wanted: &[usize]) -> Result<LogicalPlan> {
        let schema = self.plan.schema();
        let columns = wanted.iter().map(|at| Expr::Column(Column::from(schema.qualified_field(*at))));
        LogicalPlanBuilder::from(self.plan.clone()).project(columns)?.build()
    }
}

impl fmt::Debug for Wall {
    /// What is behind it is told to nobody, not even in a plan that is explained.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Wall").finish_non_exhaustive()
    }
}

#[async_trait]
impl TableProvider for Wall {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::View
    }

    /// The rows of the wanted columns. Conditions stay outside, and are evaluated on what comes out.
    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        _filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let nothing = projection.filter(|wanted| wanted.is_empty());
        let plan = match (projection, nothing) {
            (None, _) => self.plan.clone(),
            // Rows are counted by a column, whichever it is.
            (Some(_), Some(_)) => self.only(&[0])?,
            (Some(wanted), None) => self.only(wanted)?,
        };
        let behind = state.create_physical_plan(&plan).await?;
        let schema = behind.schema();
        let partitions = (0..behind.output_partitioning().partition_count()).map(|partition| {
            let behind = Arc::clone(&behind);
            Arc::new(Behind { plan: behind, partition, schema: Arc::clone(&schema) })
                as Arc<dyn PartitionStream>
        });
        let read = StreamingTableExec::try_new(
            Arc::clone(&schema),
            partitions.collect(),
            nothing,
            [],
            false,
            limit,
        )?;
        Ok(Arc::new(read))
    }
}

/// One part of what is behind a wall.
struct Behind {
    plan: Arc<dyn ExecutionPlan>,
    partition: usize,
    schema: SchemaRef,
}

impl fmt::Debug for Behind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Behind").finish_non_exhaustive()
    }
}

impl PartitionStream for Behind {
    fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn execute(&self, context: Arc<TaskContext>) -> SendableRecordBatchStream {
        let schema = Arc::clone(&self.schema);
        match self.plan.execute(self.partition, context) {
            Ok(rows) => {
                let quiet = rows.map(|batch| batch.map_err(|error| unsaid(&error)));
                Box::pin(RecordBatchStreamAdapter::new(schema, quiet))
            }
            Err(error) => {
                let error = unsaid(&error);
                Box::pin(RecordBatchStreamAdapter::new(schema, stream::once(async move { Err(error) })))
            }
        }
    }
}

/// What went wrong behind a wall, without what it went wrong on.
fn unsaid(error: &DataFusionError) -> DataFusionError {
    if let DataFusionError::ResourcesExhausted(_) = error.find_root() {
        return DataFusionError::ResourcesExhausted("behind a policy".to_owned());
    }
    tracing::warn!(%error, "a policy of the lake cannot be followed");
    DataFusionError::Execution("the policy cannot be followed on some row; tell whoever keeps it".to_owned())
}
