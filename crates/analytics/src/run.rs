//! Running a plan in such a way that it can be stopped.

use std::sync::Arc;

use datafusion::common::Result;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::coop::CooperativeExec;
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use datafusion::prelude::SessionContext;

/// The rows of a plan. Every operator gives way after some batches: a join that multiplies its sides could go on for hours
/// without reading anything, and reading is where the engine gives way by itself.
pub(crate) async fn rows(session: &SessionContext, plan: &LogicalPlan) -> Result<SendableRecordBatchStream> {
    let plan = session.state().create_physical_plan(plan).await?;
    let gives_way = plan.transform_up(|node| {
        Ok(Transformed::yes(Arc::new(CooperativeExec::new(node)) as Arc<dyn ExecutionPlan>))
    });
    execute_stream(gives_way.data()?, session.task_ctx())
}
