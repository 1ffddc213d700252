//! Snapshots of the lake, and who may ask them, with an engine that writes rows as lines.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lake::{
    Answer, Asked, Body, Cause, Column, Detail, Engine, Form, Grant, Limits, Question, Sight, TableWriter,
    Trouble, Written,
};
use platform::access::Access;
use platform::ehr::roles::switch_role;
use platform::fhir::{Context, Interaction, perform};
use platform::images::DEFAULT_IMAGE;
use platform::lake::{Asking, Door, LakeError, Progress, drop_question, saved_questions};
use platform::sandboxes::Filter;
use serde_json::{Value, json};

use crate::home::{Home, home_with};

/// Writes rows as lines of JSON, and answers nothing but what it was granted.
#[derive(Default)]
struct Lines {
    granted: Mutex<Option<Grant>>,
}

struct LinesFile {
    file: fs::File,
    path: PathBuf,
    rows: u64,
}

fn failed(error: &std::io::Error) -> Trouble {
    Trouble::new(Cause::Internal, error.to_string(), "look")
}

impl Engine for Lines {
    fn create(&self, path: &Path, _: &[Column]) -> Result<Box<dyn TableWriter>, Trouble> {
        let file = fs::File::create_new(path).map_err(|error| failed(&error))?;
        Ok(Box::new(LinesFile { file, path: path.to_owned(), rows: 0 }))
    }

    fn describe(&self, _: &Question<'_>) -> Result<Asked, Trouble> {
        Ok(Asked { columns: Vec::new(), values: 0 })
    }

    fn answer(&self, question: &Question<'_>) -> Result<Answer, Trouble> {
        *self.granted.lock().unwrap() = Some(question.grant.clone());
        if question.sql == "wrong" {
            return Err(Trouble::new(Cause::Forbidden, "that tells too much", "ask for less"));
        }
        let read = BTreeMap::from([("patients".to_owned(), BTreeSet::from(["id".to_owned()]))]);
        let body = Body::Cells(Vec::new());
        Ok(Answer { columns: Vec::new(), body, rows: 0, more: false, read, groups_only: false })
    }

    fn check_condition(&self, _: &[Column], condition: &str) -> Result<(), Trouble> {
        match condition {
            "nonsense" => Err(Trouble::new(Cause::Question, "no condition", "write one")),
            _ => Ok(()),
        }
    }
}

impl TableWriter for LinesFile {
    fn add(&mut self, row: &[Value]) -> Result<(), Trouble> {
        self.rows += 1;
        writeln!(self.file, "{}", json!(row)).map_err(|error| failed(&error))
    }

    fn finish(self: Box<Self>) -> Result<Written, Trouble> {
        let text = fs::read_to_string(&self.path).map_err(|error| failed(&error))?;
        let sum = text.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        Ok(Written { rows: self.rows, bytes: text.len() as u64, sha256: format!("{sum:064x}") })
    }
}

struct Ward {
    home: Home,
    engine: Arc<Lines>,
    access: Access,
}

fn ward() -> Ward {
    let engine = Arc::new(Lines::default());
    let handed: Arc<dyn Engine> = engine.clone();
    let home = home_with(&[], |platform| platform.with_engine(handed));
    let sandbox = home.platform.start_sandbox(&home.ana, DEFAULT_IMAGE, "tests", None).unwrap();
    let access = home.platform.enter(&home.ana, sandbox.id.as_str(), "test").unwrap();
    Ward { home, engine, access }
}

impl Ward {
    fn take(&self) -> u64 {
        match self.home.platform.take_lake_snapshot(&self.access, Duration::from_secs(300)).unwrap() {
            Progress::Done(number) => number,
            other => panic!("{other:?}"),
        }
    }

    /// The names in the pool of the files of a snapshot, by table.
    fn files(&self, number: u64) -> BTreeMap<String, Vec<String>> {
        let manifest = self.home.platform.lake_manifest(&self.access, None, number).unwrap();
        let names = |table: &lake::TableOf| table.files.iter().map(|file| file.made_from.clone()).collect();
        manifest.tables.iter().map(|table| (table.name.clone(), names(table))).collect()
    }

    fn ask(&self, sql: &str, purpose: Option<&str>) -> Result<(), LakeError> {
        let asking = Asking {
            sql,
            values: &[],
            purpose,
            snapshot: None,
            form: Form::Cells,
            limits: Limits::PAGE,
            door: Door::Api,
        };
        self.home.platform.ask_lake(&self.access, &asking).map(drop)
    }

    fn granted(&self) -> Grant {
        self.engine.granted.lock().unwrap().clone().unwrap()
    }

    fn entries(&self, kind: &str) -> Vec<(String, Value)> {
        let filter = Filter { kinds: vec![kind.to_owned()], limit: 100, ..Filter::default() };
        let entries = self.access.sandbox().journal(&filter).unwrap();
        entries.into_iter().map(|entry| (entry.event.outcome, entry.event.detail)).collect()
    }

    /// Any patient of the hospital, restricted.
    fn restrict(&self) -> String {
        let (sandbox, mut patient) = (self.access.sandbox(), Value::Null);
        sandbox
            .view(|view| {
                view.each_of_image::<platform::StoreError>("Patient", &mut |body| {
                    patient = serde_json::from_slice(body).unwrap();
                    Ok(())
                })
            })
            .unwrap();
        let id = patient["id"].as_str().unwrap().to_owned();
        patient["meta"]["security"] =
            json!([{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]);
        self.put(&patient);
        id
    }

    fn put(&self, resource: &Value) {
        let platform = &self.home.platform;
        let context = Context {
            access: &self.access,
            base_url: "http://test/fhir",
            entropy: platform.entropy(),
            limits: &platform.limits().json,
        };
        let (kind, id) = (resource["resourceType"].as_str().unwrap(), resource["id"].as_str().unwrap());
        let body = resource.to_string();
        let asked = Interaction::Update { kind, id, body: body.as_bytes(), if_match: None };
        perform(&context, &asked).unwrap();
    }
}

#[test]
fn a_refresh_makes_only_what_was_changed_and_a_reset_finds_the_older_files() {
    let ward = ward();
    let first = ward.take();
    let untouched = ward.files(first);
    let patients = untouched["patients"].clone();
    assert!(!patients.is_empty() && untouched.len() == 10, "{untouched:?}");
    let before = ward.home.platform.lake_manifest(&ward.access, None, first).unwrap();

    ward.restrict();
    let second = ward.files(ward.take());
    assert_ne!(second["patients"], patients);
    let others = |files: &BTreeMap<String, Vec<String>>| {
        files
            .iter()
            .filter(|(name, _)| *name != "patients")
            .map(|(_, files)| files.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(others(&second), others(&untouched));

    ward.home.platform.reset_sandbox(&ward.access).unwrap();
    let third = ward.take();
    assert_eq!((third, ward.files(third)), (3, untouched));
    let after = ward.home.platform.lake_manifest(&ward.access, None, third).unwrap();
    assert_eq!((after.sha256, after.tables), (before.sha256, before.tables));
}

#[test]
fn two_hospitals_over_one_image_share_their_files_and_one_that_goes_takes_only_its_own() {
    let ward = ward();
    ward.take();
    let other = ward.home.platform.start_sandbox(&ward.home.ana, DEFAULT_IMAGE, "tests", None).unwrap();
    let access = ward.home.platform.enter(&ward.home.ana, other.id.as_str(), "test").unwrap();
    let second = Ward { home: ward.home, engine: ward.engine, access };
    second.take();
    let pool = second.home.platform.data().join("lake").join("pool");
    let count = || fs::read_dir(&pool).unwrap().count();
    let shared = count();
    assert_eq!(shared, 20, "a file and what is said of it for each table");
    second.restrict();
    second.take();
    assert_eq!(count(), shared + 2);
    second.home.platform.delete_sandbox(&second.home.ana, other.id.as_str()).unwrap();
    assert_eq!(count(), shared, "what the image has is needed again");
}

#[test]
fn a_role_and_a_purpose_make_a_grant_and_the_journal_has_every_question() {
    let ward = ward();
    assert!(matches!(ward.ask("SELECT 1", None), Err(LakeError::NoSnapshot)));
    ward.take();
    ward.ask("SELECT 1", None).unwrap();
    let whole = ward.granted();
    assert_eq!(
        (whole.detail, whole.tables["patients"].columns["family"].clone()),
        (Detail::Rows, Sight::Shown)
    );

    switch_role(&ward.access, "analyst").unwrap();
    ward.ask("SELECT 2", None).unwrap();
    assert_eq!(ward.granted().tables["patients"].columns.get("family"), None);
    let research = ward.granted().key;
    ward.ask("SELECT 3", Some("HQUALIMP")).unwrap();
    assert_eq!(ward.granted().detail, Detail::Groups { smallest: 11 });
    assert_ne!(ward.granted().key, research);
    let refused = ward.ask("SELECT 4", Some("TREAT")).unwrap_err().to_string();
    assert!(refused.contains("it may ask for HRESCH, HQUALIMP, PUBHLTH"), "{refused}");
    assert!(ward.ask("wrong", None).is_err());

    let told: Vec<(String, Value, Value, Value)> = ward
        .entries("sql.query")
        .into_iter()
        .map(|(outcome, detail)| {
            (outcome, detail["sql"].clone(), detail["role"].clone(), detail["purpose"].clone())
        })
        .collect();
    let entry = |outcome: &str, sql: &str, role: Value, purpose: Value| {
        (outcome.to_owned(), json!(sql), role, purpose)
    };
    let nothing = Value::Null;
    assert_eq!(
        told,
        [
            entry("failed", "SELECT 1", nothing.clone(), nothing.clone()),
            entry("ok", "SELECT 1", json!("all-round"), json!("HOPERAT")),
            entry("ok", "SELECT 2", json!("analyst"), json!("HRESCH")),
            entry("ok", "SELECT 3", json!("analyst"), json!("HQUALIMP")),
            entry("denied", "SELECT 4", nothing.clone(), json!("TREAT")),
            entry("denied", "wrong", nothing.clone(), nothing),
        ]
    );
    assert_eq!(ward.entries("sql.query")[1].1["tables"], json!({"patients": ["id"]}));
}

#[test]
fn restricted_charts_open_with_a_reason_for_a_while() {
    let ward = ward();
    let restricted = ward.restrict();
    ward.take();
    switch_role(&ward.access, "nurse").unwrap();
    let platform = &ward.home.platform;
    let hides = || {
        ward.ask("SELECT 1", None).unwrap();
        ward.granted().hidden_people.contains(&restricted)
    };
    assert!(hides());
    assert!(
        platform
            .break_lake_glass(&ward.access, None, "why")
            .unwrap_err()
            .to_string()
            .contains("8 to 500 letters")
    );
    assert!(hides());
    platform.break_lake_glass(&ward.access, None, "Handover of the whole ward tonight").unwrap();
    assert!(!hides());
    let (outcome, detail) = ward.entries("lake.break-glass").remove(0);
    assert_eq!((outcome.as_str(), &detail["reason"]), ("ok", &json!("Handover of the whole ward tonight")));

    switch_role(&ward.access, "physician").unwrap();
    assert!(hides(), "a reason belongs to a role");
    switch_role(&ward.access, "analyst").unwrap();
    assert!(hides());
    let refused = platform.break_lake_glass(&ward.access, None, "I would like to see them").unwrap_err();
    assert!(matches!(refused, LakeError::Denied(_)), "{refused}");
    let manifest = platform.lake_manifest(&ward.access, None, 1).unwrap_err();
    assert!(manifest.to_string().contains("counts the rows"), "{manifest}");
    let seen = platform.lake(&ward.access, None).unwrap().tables;
    assert!(seen.iter().all(|table| table.rows.is_none()), "{seen:?}");
}

#[test]
fn a_policy_of_ones_own_is_checked_whole_and_taken_or_not() {
    let ward = ward();
    ward.take();
    let platform = &ward.home.platform;
    let shipped = platform.lake_policy(&ward.access).unwrap();
    assert!(shipped.is_shipped);
    let own = "[[purpose]]\ncode = \"TREAT\"\ntitle = \"Treatment\"\n\n[[rule]]\nroles = [\"all-round\"]\npurposes = [\"TREAT\"]\nbecause = \"Only stays.\"\ntables = [\"encounters\"]\nrestricted = \"shown\"\n\n[rule.rows]\nencounters = \"class = 'IMP'\"\n";
    for (wrong, part) in [
        (own.replace("encounters", "nothing"), "there is no table 'nothing'"),
        (own.replace("class = 'IMP'", "nonsense"), "no condition; write one"),
        ("what = 1".to_owned(), "line 1"),
    ] {
        let refused = platform.set_lake_policy(&ward.access, &wrong).unwrap_err().to_string();
        assert!(refused.contains(part), "{refused}");
        assert!(platform.lake_policy(&ward.access).unwrap().is_shipped);
    }
    platform.set_lake_policy(&ward.access, own).unwrap();
    ward.ask("SELECT 1", None).unwrap();
    let granted = ward.granted();
    assert_eq!(granted.tables.keys().collect::<Vec<_>>(), ["encounters"]);
    assert_eq!(granted.tables["encounters"].rows.as_deref(), Some("class = 'IMP'"));
    assert!(platform.set_lake_policy(&ward.access, "").unwrap().is_shipped);

    switch_role(&ward.access, "nurse").unwrap();
    assert!(matches!(platform.set_lake_policy(&ward.access, own), Err(LakeError::Denied(_))));
}

#[test]
fn a_platform_without_an_engine_says_so() {
    let home = home_with(&[], |platform| platform);
    let sandbox = home.platform.start_sandbox(&home.ana, DEFAULT_IMAGE, "tests", None).unwrap();
    let access = home.platform.enter(&home.ana, sandbox.id.as_str(), "test").unwrap();
    let refused = home.platform.take_lake_snapshot(&access, Duration::ZERO).unwrap_err();
    assert!(matches!(refused, LakeError::NoEngine), "{refused}");
}

#[test]
fn a_question_is_kept_under_its_name_until_it_is_removed() {
    let ward = ward();
    let Ward { home, access, .. } = &ward;
    let save = |name: &str, sql: &str, purpose: Option<&str>| {
        home.platform.save_lake_question(access, (name, sql), purpose, "bars")
    };
    for (name, sql, purpose) in [
        ("", "SELECT 1", None),
        ("Adults", "SELECT 1", None),
        ("-adults", "SELECT 1", None),
        ("adults/../x", "SELECT 1", None),
        ("adults", "  ", None),
        ("adults", "SELECT 1", Some("CURIOSITY")),
    ] {
        assert!(save(name, sql, purpose).is_err(), "{name} {sql} {purpose:?}");
    }
    assert_eq!(saved_questions(access).unwrap(), [], "nothing that was refused is kept");

    save("adults", "SELECT 1", None).unwrap();
    let saved = save("adults", "SELECT 2", Some("HQUALIMP")).unwrap();
    assert_eq!(
        (saved.sql.as_str(), saved.purpose.as_str(), saved.role.as_str()),
        ("SELECT 2", "HQUALIMP", "all-round")
    );
    assert_eq!(saved_questions(access).unwrap(), [saved], "one name, one question");
    assert_eq!(ward.entries("lake.question").len(), 2);

    assert!(
        matches!(drop_question(access, "others"), Err(LakeError::UnknownQuestion(name)) if name == "others")
    );
    drop_question(access, "adults").unwrap();
    assert_eq!(saved_questions(access).unwrap(), []);
}
