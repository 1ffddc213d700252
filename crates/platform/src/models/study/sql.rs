//! The questions of a task as they are asked. `cases` is the cohort with a number for each row; a snapshot and a bedside differ in
//! nothing but how it comes about.

use standards::fhir::instant;

use super::recorded::cut;
use super::task::Task;

/// The table of cases that were drawn.
pub(in crate::models) const CHOSEN: &str = "chosen_cases";
/// The column of a yardstick's points.
pub(in crate::models) const POINTS: &str = "points_in_use";

/// A part of a task in parentheses, on lines of its own so that a comment ends there.
fn inside(part: &str) -> String {
    format!("(\n{}\n)", part.trim().trim_end_matches(';'))
}

fn cases(task: &Task, name: &str) -> String {
    format!(
        "WITH {name} AS (SELECT CAST(row_number() OVER (ORDER BY patient_id, index_time, encounter_id) AS bigint) AS case_id, patient_id, encounter_id, index_time FROM {} AS cohort WHERE patient_id IS NOT NULL AND index_time IS NOT NULL)",
        inside(&task.cohort)
    )
}

/// Who is in the study.
pub(in crate::models) fn cases_sql(task: &Task) -> String {
    format!(
        "{} SELECT case_id, patient_id, encounter_id, index_time FROM cases ORDER BY case_id",
        cases(task, "cases")
    )
}

/// What is known of each.
pub(super) fn features_sql(task: &Task) -> String {
    format!("{} SELECT * FROM {} AS features", cases(task, "cases"), inside(&task.features))
}

/// The same for each person's first case, of tables that end at its index time.
pub(super) fn cut_sql(task: &Task) -> String {
    format!(
        "{},\ncases AS (SELECT case_id, patient_id, encounter_id, index_time FROM (SELECT *, row_number() OVER (PARTITION BY patient_id ORDER BY case_id) AS nth FROM every_case) AS ranked WHERE nth = 1){}\nSELECT * FROM {} AS features",
        cases(task, "every_case"),
        cut(&task.features),
        inside(&task.features)
    )
}

/// The same for the cases of the table [`CHOSEN`], at most one of each person; with the points of the task's yardstick, where it has
/// one. The cohort, which the engine would ask anew for every table, is not asked again.
pub(in crate::models) fn chosen_sql(task: &Task) -> String {
    let points = task.yardstick.as_ref();
    let points = points.map(|one| format!(", CAST({} AS double) AS {POINTS}", inside(&one.points)));
    format!(
        "WITH cases AS (SELECT case_id, patient_id, encounter_id, index_time FROM {CHOSEN}){}\nSELECT *{} FROM {} AS features",
        cut(&task.features),
        points.unwrap_or_default(),
        inside(&task.features)
    )
}

/// When the outcome happens.
pub(in crate::models) fn outcome_sql(task: &Task) -> String {
    format!(
        "{} SELECT patient_id, event_time FROM {} AS events WHERE event_time IS NOT NULL",
        cases(task, "cases"),
        inside(&task.outcome)
    )
}

/// Everybody who lies in the hospital, and what is known of each now: the patients with their encounters, and their features.
pub(in crate::models) fn ward_sql(task: &Task, now_us: i64) -> (String, String) {
    let cases = format!(
        "WITH cases AS (SELECT CAST(row_number() OVER (ORDER BY patient_id, id) AS bigint) AS case_id, patient_id, id AS encounter_id, CAST('{}' AS timestamp with time zone) AS index_time FROM encounters WHERE status = 'in-progress' AND class = 'IMP')",
        instant::format(now_us)
    );
    (
        format!("{cases} SELECT patient_id, encounter_id FROM cases ORDER BY case_id"),
        format!("{cases} SELECT * FROM {} AS features", inside(&task.features)),
    )
}

/// What is known of one patient now.
pub(in crate::models) fn bedside_sql(
    task: &Task,
    patient: &str,
    encounter: Option<&str>,
    now_us: i64,
) -> String {
    let text = |value: &str| format!("'{}'", value.replace('\'', "''"));
    let encounter = encounter.map_or("CAST(NULL AS text)".to_owned(), text);
    format!(
        "WITH cases AS (SELECT CAST(1 AS bigint) AS case_id, {} AS patient_id, {encounter} AS encounter_id, CAST('{}' AS timestamp with time zone) AS index_time) SELECT * FROM {} AS features",
        text(patient),
        instant::format(now_us),
        inside(&task.features)
    )
}
