use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use ::models::Predictor;
use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::StoreError;
use store::records::{BlindTestRow, BlindTryRow, SandboxId};

use super::drawn::{Drawn, Opening};
use super::paper::Paper;
use super::score::Score;
use crate::access::{Access, outcome};
use crate::ehr::roles::working;
use crate::models::study::{PERMISSION, ReadyTask, StudyError, ready_tasks};
use crate::platform::Platform;

/// Risks that may be handed in for one test.
pub const TRIES_MAX: u32 = 10;
/// Bytes of a sheet of risks.
const CSV_BYTES_MAX: usize = 5 << 20;

/// Risks as they are handed in.
#[derive(Debug, Clone, Copy)]
pub enum Risks<'a> {
    /// A sheet with the columns `case` and `risk`.
    Csv(&'a [u8]),
    /// Those of a version of a model of this hospital, or of its newest.
    Model(&'a str, Option<u32>),
}

/// A blind test as a hospital sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct BlindTest {
    /// The task.
    pub task: &'static ReadyTask,
    /// When it was opened, microseconds since 1970 UTC; none of one that was not.
    pub opened_us: Option<i64>,
    /// How far it is, while it is being opened.
    pub opening: Option<Opening>,
    /// What was handed in, in order.
    pub tries: Vec<BlindTry>,
    /// The try it was closed with.
    pub chosen: Option<u32>,
}

/// Risks that were handed in.
#[derive(Debug, Clone, PartialEq)]
pub struct BlindTry {
    /// Its number, from 1.
    pub number: u32,
    /// When, microseconds since 1970 UTC.
    pub tried_us: i64,
    /// By whom.
    pub tried_by: String,
    /// Where the risks came from.
    pub source: String,
    /// SHA-256 of them.
    pub sha256: String,
    /// The score that is told at once.
    pub public: Score,
    /// The score for the others, once the test is closed.
    pub private: Option<Score>,
}

/// Opens a blind test; one that is open stays as it is. The first on a server has to wait while people are made: it is opened in a
/// thread of its own, for which this waits no longer than `patience`.
///
/// # Errors
/// [`StudyError`].
pub fn open_blind_test(
    platform: &Arc<Platform>,
    access: &Access,
    task: &str,
    patience: Duration,
) -> Result<BlindTest, StudyError> {
    working(access)?.check(PERMISSION)?;
    let ready = ready(task)?;
    let sandbox = access.sandbox().id().to_owned();
    if platform.blind.begin(&sandbox, &ready.slug) {
        let (whole, own, sandbox) = (Arc::clone(platform), access.clone(), sandbox);
        let (done, waiting) = channel();
        let work = move || {
            let opened = whole.open_now(&own, ready).map_err(|error| error.to_string());
            whole.blind.end(&sandbox, &ready.slug, opened);
            // Whoever asked may have gone on.
            let _ = done.send(());
        };
        if let Err(error) = thread::Builder::new().name("blind-test".to_owned()).spawn(work) {
            let what = "it could not be begun; the server's log says why".to_owned();
            tracing::error!(%error, "the thread that opens a blind test could not be started");
            platform.blind.end(access.sandbox().id(), &ready.slug, Err(what));
        }
        let _ = waiting.recv_timeout(patience);
    }
    platform.kept(access, ready)
}

impl Platform {
    /// The blind tests there are, opened or not.
    ///
    /// # Errors
    /// When the store fails.
    pub fn blind_tests(&self, access: &Access) -> Result<Vec<BlindTest>, StudyError> {
        ready_tasks().iter().map(|ready| self.kept(access, ready)).collect()
    }

    /// A blind test by its task.
    ///
    /// # Errors
    /// [`StudyError::Unknown`] if there is no such task.
    pub fn blind_test(&self, access: &Access, task: &str) -> Result<BlindTest, StudyError> {
        self.kept(access, ready(task)?)
    }

    fn open_now(&self, access: &Access, ready: &'static ReadyTask) -> Result<(), StudyError> {
        let drawn = self.blind.drawn(self, &ready.slug, &ready.task)?;
        let row = BlindTestRow {
            task: ready.slug.clone(),
            mark: drawn.mark.clone(),
            opened_us: self.clock.now_us(),
            chosen: None,
        };
        self.records.blind_test_open(&sandbox(access), &row)?;
        let cases = Paper::of(&drawn, &self.blind_key(access, ready)).len();
        self.note_blind(access, "blind-test.open", &json!({"task": ready.slug, "cases": cases}))
    }

    /// What is known of the cases, as CSV.
    ///
    /// # Errors
    /// [`StudyError`] when the test is not open.
    pub fn blind_cases(&self, access: &Access, task: &str) -> Result<String, StudyError> {
        working(access)?.check(PERMISSION)?;
        let (ready, drawn) = self.open_paper(access, task)?;
        Ok(Paper::of(&drawn, &self.blind_key(access, ready)).csv())
    }

    /// Hands in a risk for each case. What cannot be read does not count as a try.
    ///
    /// # Errors
    /// [`StudyError`] when the test is not open, the risks are not as they must be, or all tries are used.
    pub fn try_blind_test(
        &self,
        access: &Access,
        task: &str,
        risks: Risks<'_>,
    ) -> Result<BlindTry, StudyError> {
        working(access)?.check(PERMISSION)?;
        let (ready, drawn) = self.open_paper(access, task)?;
        let paper = Paper::of(&drawn, &self.blind_key(access, ready));
        let (source, risks) = match risks {
            Risks::Csv(csv) if csv.len() > CSV_BYTES_MAX => {
                let what = format!("the sheet is larger than {} MB", CSV_BYTES_MAX >> 20);
                return Err(StudyError::Invalid(what));
            }
            Risks::Csv(csv) => ("a sheet".to_owned(), paper.read(csv)?),
            Risks::Model(name, version) => {
                let model = self.model(access, name, version)?;
                let predictor: Predictor = self.predictor(access, &model)?;
                let table = drawn.known.table.rows_of(&paper.places());
                (format!("{} {}", model.name, model.version), predictor.risks(&table)?)
            }
        };
        let (public, private) = paper.score(&risks)?;
        let mut digest = Sha256::new();
        risks.iter().for_each(|risk| digest.update(risk.to_be_bytes()));
        let mut row = BlindTryRow {
            number: 0,
            tried_us: self.clock.now_us(),
            tried_by: access.actor().to_owned(),
            source,
            sha256: HEXLOWER.encode(&digest.finalize()),
            public: written(&public)?,
            private: written(&private)?,
        };
        row.number = self.records.blind_try_add(&sandbox(access), &ready.slug, &row, TRIES_MAX)?;
        let detail = json!({
            "task": ready.slug,
            "try": row.number,
            "source": row.source,
            "sha256": row.sha256,
            "auroc": public.auroc.value,
            "brier": public.brier,
        });
        self.note_blind(access, "blind-test.try", &detail)?;
        told(row, false)
    }

    /// Closes a test with one of its tries, and tells how it does for the others.
    ///
    /// # Errors
    /// [`StudyError`] when the test is not open, or has no such try.
    pub fn close_blind_test(
        &self,
        access: &Access,
        task: &str,
        number: u32,
    ) -> Result<BlindTest, StudyError> {
        working(access)?.check(PERMISSION)?;
        let ready = ready(task)?;
        let test = self.kept(access, ready)?;
        if let Some(chosen) = test.chosen {
            return Err(StudyError::Invalid(format!("it was closed with try {chosen}, and stays so")));
        }
        if !test.tries.iter().any(|one| one.number == number) {
            let what = format!("there is no try {number} of this test; it has {}", test.tries.len());
            return Err(StudyError::Unknown(what));
        }
        self.records.blind_test_close(&sandbox(access), &ready.slug, number)?;
        let closed = self.kept(access, ready)?;
        let private = closed.tries.iter().find(|one| one.number == number).and_then(|one| one.private);
        let detail = json!({
            "task": ready.slug,
            "try": number,
            "tries": closed.tries.len(),
            "auroc": private.map(|score| score.auroc.value),
            "brier": private.map(|score| score.brier),
        });
        self.note_blind(access, "blind-test.close", &detail)?;
        Ok(closed)
    }

    fn kept(&self, access: &Access, task: &'static ReadyTask) -> Result<BlindTest, StudyError> {
        let sandbox = sandbox(access);
        let row = self.records.blind_test(&sandbox, &task.slug)?;
        let chosen = row.as_ref().and_then(|row| row.chosen);
        let tries = self.records.blind_tries(&sandbox, &task.slug)?;
        Ok(BlindTest {
            task,
            opened_us: row.as_ref().map(|row| row.opened_us),
            opening: self.blind.opening(access.sandbox().id(), &task.slug),
            tries: tries.into_iter().map(|row| told(row, chosen.is_some())).collect::<Result<_, _>>()?,
            chosen,
        })
    }

    /// A test that is open, with its cases.
    fn open_paper(
        &self,
        access: &Access,
        task: &str,
    ) -> Result<(&'static ReadyTask, Arc<Drawn>), StudyError> {
        let ready = ready(task)?;
        let Some(row) = self.records.blind_test(&sandbox(access), &ready.slug)? else {
            return Err(StudyError::Unknown("this blind test is not open yet; open it first".to_owned()));
        };
        if let Some(chosen) = row.chosen {
            return Err(StudyError::Invalid(format!("it was closed with try {chosen}, and stays so")));
        }
        let drawn = self.blind.drawn(self, &ready.slug, &ready.task)?;
        match row.mark == drawn.mark {
            true => Ok((ready, drawn)),
            false => Err(StudyError::Invalid(
                "its people were made by another version of this program; open it again, and it begins anew"
                    .to_owned(),
            )),
        }
    }

    fn blind_key(&self, access: &Access, task: &ReadyTask) -> [u8; 32] {
        self.seal.key_for(&format!("blind test\n{}\n{}", access.sandbox().id(), task.slug))
    }

    fn note_blind(&self, access: &Access, kind: &'static str, detail: &Value) -> Result<(), StudyError> {
        access.note(access.event(kind, None, outcome::OK, detail.clone()))?;
        Ok(())
    }
}

fn sandbox(access: &Access) -> SandboxId {
    SandboxId::from(access.sandbox().id())
}

fn ready(task: &str) -> Result<&'static ReadyTask, StudyError> {
    ready_tasks().iter().find(|one| one.slug == task).ok_or_else(|| {
        let known: Vec<&str> = ready_tasks().iter().map(|one| one.slug.as_str()).collect();
        StudyError::Unknown(format!("there is no blind test '{task:.60}'; there are {}", known.join(", ")))
    })
}

fn written(score: &Score) -> Result<String, StoreError> {
    serde_json::to_string(score).map_err(|error| StoreError::Damaged { what: format!("a score: {error}") })
}

fn told(row: BlindTryRow, is_closed: bool) -> Result<BlindTry, StudyError> {
    let read = |text: &str| {
        serde_json::from_str(text).map_err(|error| StoreError::Damaged { what: format!("a score: {error}") })
    };
    let (public, private) = (read(&row.public)?, is_closed.then(|| read(&row.private)).transpose()?);
    let BlindTryRow { number, tried_us, tried_by, source, sha256, .. } = row;
    Ok(BlindTry { number, tried_us, tried_by, source, sha256, public, private })
}
