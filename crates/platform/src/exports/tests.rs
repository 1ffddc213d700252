use std::path::Path;
use std::sync::Arc;

use super::job::{Job, State};
use super::registry::Exports;
use crate::fhir::{FhirError, Refusal};

fn admit(exports: &Exports, sandbox: &str, at: i64) -> (String, Arc<Job>, Result<(), FhirError>) {
    let id = format!("{sandbox}-{at}");
    let job = Arc::new(Job::new(sandbox, "ana", exports.folder_of(sandbox, &id), at));
    let admitted = exports.admit(&id, &job);
    (id, job, admitted)
}

fn is_busy(admitted: &Result<(), FhirError>) -> bool {
    admitted.as_ref().is_err_and(|error| error.refusal == Refusal::Busy)
}

#[test]
fn two_exports_of_a_sandbox_and_four_in_all_are_at_work() {
    let folder = tempfile::tempdir().unwrap();
    let exports = Exports::over(folder.path());
    let (_, first, admitted) = admit(&exports, "a", 1);
    assert!(admitted.is_ok());
    assert!(admit(&exports, "a", 2).2.is_ok());
    assert!(is_busy(&admit(&exports, "a", 3).2));
    assert!(admit(&exports, "b", 4).2.is_ok());
    let (fourth, ..) = admit(&exports, "c", 5);
    assert!(is_busy(&admit(&exports, "d", 6).2));
    first.set(State::Failed { expires_us: 100 });
    assert!(admit(&exports, "d", 7).2.is_ok(), "one that has ended makes room");
    assert!(is_busy(&admit(&exports, "e", 8).2));
    exports.remove(&fourth);
    assert!(admit(&exports, "e", 9).2.is_ok(), "so does one that was cancelled");
}

#[test]
fn a_job_that_is_cancelled_notices_and_one_whose_time_is_over_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let exports = Exports::over(folder.path());
    let (id, job, _) = admit(&exports, "a", 1);
    assert!(exports.get(&id, "a", "ana").is_ok() && !job.is_cancelled());
    exports.sweep(i64::MAX);
    assert!(exports.get(&id, "a", "ana").is_ok(), "what is at work is not too old");
    job.set(State::Failed { expires_us: 100 });
    exports.sweep(99);
    assert!(exports.get(&id, "a", "ana").is_ok());
    exports.sweep(100);
    assert!(exports.get(&id, "a", "ana").is_err() && job.is_cancelled());
    for (sandbox, actor) in [("b", "ana"), ("a", "ben")] {
        let (id, ..) = admit(&exports, "a", 2);
        assert!(exports.get(&id, sandbox, actor).is_err(), "{sandbox} {actor}");
        exports.remove(&id);
    }
}

#[test]
fn files_of_another_process_go() {
    let folder = tempfile::tempdir().unwrap();
    let left = folder.path().join("abcdefgh/exports/job/Patient.ndjson");
    std::fs::create_dir_all(left.parent().unwrap()).unwrap();
    std::fs::write(&left, "{}").unwrap();
    let kept = folder.path().join("abcdefgh/hospital.sqlite");
    std::fs::write(&kept, "").unwrap();
    let exports = Exports::over(folder.path());
    assert!(left.exists(), "who opens the folder beside a server takes nothing from it");
    exports.sweep(0);
    assert!(!left.exists() && kept.exists());
    std::fs::create_dir_all(left.parent().unwrap()).unwrap();
    exports.sweep(0);
    assert!(left.parent().unwrap().exists(), "what this process writes stays");
    Exports::over(Path::new("/nowhere")).sweep(0);
}
