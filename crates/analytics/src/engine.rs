use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::logical_expr::LogicalPlan;
use datafusion::prelude::SessionContext;
use futures_util::StreamExt;
use lake::{Answer, Asked, Cause, Column, Detail, Dialect, Engine, Limits, Question, TableWriter, Trouble};
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;

use crate::answer::written;
use crate::govern::{condition_over, register};
use crate::groups::without_small;
use crate::plan::{count_values, plan, read, with_values};
use crate::postgres;
use crate::run;
use crate::session::session;
use crate::size::check_text;
use crate::trouble::{failed, told};
use crate::types::{columns, schema};
use crate::writer::ParquetFile;

/// Questions that are answered at the same time; others wait.
const AT_ONCE: usize = 2;
/// The stack of a thread that answers: a question of as many operators as there may be is that deep.
const STACK_BYTES: usize = 64 << 20;
/// Questions that may wait.
const WAITING_MAX: usize = 16;

/// The engine over the files below one folder.
pub struct Lake {
    root: PathBuf,
    runtime: Runtime,
    cores: usize,
    asking: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Lake {
    /// An engine that reads and writes below `root`, on at most `cores` threads.
    ///
    /// # Errors
    /// When the folder cannot be made, or threads cannot be started.
    pub fn new(root: &Path, cores: usize) -> std::io::Result<Self> {
        std::fs::create_dir_all(root)?;
        let cores = cores.max(1);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(cores)
            .thread_name("lake")
            .enable_time()
            .build()?;
        Ok(Self {
            root: root.canonicalize()?,
            runtime,
            cores,
            asking: Arc::new(Semaphore::new(AT_ONCE)),
            waiting: Arc::new(Semaphore::new(AT_ONCE + WAITING_MAX)),
        })
    }

    /// Waits for work, within the time and the queue there are. It has a thread of its own, whose stack is large enough for
    /// everything that may be asked; if it panics, that is one question without an answer.
    fn run<T: Send>(
        &self,
        limits: &Limits,
        work: impl Future<Output = Result<T, Trouble>> + Send,
    ) -> Result<T, Trouble> {
        let busy = || Trouble::new(Cause::Busy, "many questions are being answered", "ask again in a moment");
        let _waits = self.waiting.try_acquire().map_err(|_| busy())?;
        let wait = async {
            let _asks = self.asking.acquire().await.map_err(|_| busy())?;
            let late = |_| {
                let what = format!("this takes longer than {} s", limits.time.as_secs());
                Trouble::new(Cause::Limit, what, "ask for fewer rows, or narrow the join with a condition")
            };
            tokio::time::timeout(limits.time, work).await.map_err(late)?
        };
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().name("lake-question".to_owned()).stack_size(STACK_BYTES);
            let started = thread.spawn_scoped(scope, || self.runtime.block_on(wait));
            let started = started.map_err(|error| failed("a thread cannot be started", &error))?;
            started.join().unwrap_or_else(|_| Err(Trouble::internal()))
        })
    }

    /// A session for a question, and its SQL as the session reads it.
    fn open(&self, question: &Question<'_>) -> Result<(SessionContext, String), Trouble> {
        check_text(question.sql)?;
        let session = session(&self.root, &question.limits, self.cores).map_err(|error| told(&error))?;
        let granted = register(&session, &self.root, question.tables, question.grant);
        granted.map_err(|error| failed("the tables of a grant cannot be offered", &error))?;
        match question.dialect {
            Dialect::Plain => Ok((session, question.sql.to_owned())),
            Dialect::Postgres => {
                postgres::furnish(&session, question).map_err(|error| told(&error))?;
                let sql = postgres::rewritten(question.sql)?;
                Ok((session, sql))
            }
        }
    }

    async fn ask(&self, question: &Question<'_>) -> Result<Answer, Trouble> {
        let (session, sql) = self.open(question)?;
        let planned = with_values(plan(&session, &sql).await?, question)?;
        let looks = read(&planned, question.tables).map_err(|error| told(&error))?;
        let state = session.state();
        let (planned, groups) = match question.grant.detail {
            Detail::Groups { smallest } if !looks.is_empty() => {
                let analyzed = state.analyzer().execute_and_check(planned, state.config_options(), |_, _| {});
                let analyzed = analyzed.map_err(|error| told(&error))?;
                let (planned, made) = without_small(&session, analyzed, question.tables, smallest).await?;
                (planned, Some(made))
            }
            _ => (planned, None),
        };
        let optimized = state.optimize(groups.as_ref().unwrap_or(&planned)).map_err(|error| told(&error))?;
        let read = read(&optimized, question.tables).map_err(|error| told(&error))?;
        let rows = self.rows(&session, planned, &question.limits).await?;
        let (columns, body) =
            written(&rows.schema, &rows.batches, question.form).map_err(|error| told(&error))?;
        Ok(Answer { columns, body, rows: rows.count, more: rows.more, read, groups_only: groups.is_some() })
    }

    async fn rows(
        &self,
        session: &SessionContext,
        plan: LogicalPlan,
        limits: &Limits,
    ) -> Result<Rows, Trouble> {
        let schema = Arc::new(plan.schema().as_arrow().clone());
        let stream = run::rows(session, &plan).await.map_err(|error| told(&error))?;
        gather(stream, schema, limits).await
    }
}

/// The rows of an answer, as far as they may go.
struct Rows {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
    count: usize,
    more: bool,
}

async fn gather(
    mut stream: SendableRecordBatchStream,
    schema: SchemaRef,
    limits: &Limits,
) -> Result<Rows, Trouble> {
    let mut rows = Rows { schema, batches: Vec::new(), count: 0, more: false };
    let mut bytes = 0;
    while let Some(batch) = stream.next().await {
        let batch = batch.map_err(|error| told(&error))?;
        let room = limits.rows - rows.count;
        rows.more = batch.num_rows() > room;
        let batch = batch.slice(0, batch.num_rows().min(room));
        bytes += batch.get_array_memory_size();
        if bytes > limits.answer_bytes {
            let what = format!("the answer has more than {} MB", limits.answer_bytes >> 20);
            return Err(Trouble::new(Cause::Limit, what, "ask for fewer columns or rows, or sum them up"));
        }
        rows.count += batch.num_rows();
        rows.batches.push(batch);
        if rows.more {
            break;
        }
    }
    Ok(rows)
}

impl Engine for Lake {
    fn create(&self, path: &Path, columns: &[Column]) -> Result<Box<dyn TableWriter>, Trouble> {
        Ok(Box::new(ParquetFile::create(path, columns)?))
    }

    fn describe(&self, question: &Question<'_>) -> Result<Asked, Trouble> {
        self.run(&question.limits, async {
            let (session, sql) = self.open(question)?;
            let planned = plan(&session, &sql).await?;
            let values = count_values(&planned)?;
            let state = session.state();
            let typed = state.analyzer().execute_and_check(planned, state.config_options(), |_, _| {});
            let typed = typed.map_err(|error| told(&error))?;
            Ok(Asked { columns: columns(typed.schema().as_arrow()), values })
        })
    }

    fn answer(&self, question: &Question<'_>) -> Result<Answer, Trouble> {
        self.run(&question.limits, self.ask(question))
    }

    fn check_condition(&self, columns: &[Column], condition: &str) -> Result<(), Trouble> {
        let limits = Limits::SMALL;
        self.run(&limits, async {
            let session = session(&self.root, &limits, 1).map_err(|error| told(&error))?;
            condition_over(&session, &schema(columns), condition).map(drop).map_err(|error| told(&error))
        })
    }
}
