//! The archive as DICOM and DICOMweb ask it: who is let in, what is kept, found and planned for delivery.

use std::collections::BTreeSet;

use imaging::association::{Proposal, Rejection};
use imaging::dataset::{EXPLICIT_LE, IMPLICIT_LE, first, of_texts, read, split, write};
use imaging::dimse::{Command, Field, Message, WITH_DATASET, sop, status};
use imaging::synthesis::{Kind, Patient, Place, StudyRequest, headers, object};
use imaging::{VR, tags};
use platform::access::Access;
use platform::fhir::{Context, Interaction, perform};
use platform::imaging::{
    Admitted, Archive, EntityError, Incoming, KeepError, Scope, Served, entities, keep, register_entity,
    remove_entity, serve, title_of,
};
use platform::sandboxes::Filter;
use serde_json::{Value, json};

use crate::home::{Home, home};

const CT_STORAGE: &str = "1.2.840.10008.5.1.4.1.1.2";
const STUDY_FIND: &str = "1.2.840.10008.5.1.4.1.2.2.1";
const STUDY_MOVE: &str = "1.2.840.10008.5.1.4.1.2.2.2";

struct Hospital {
    home: Home,
    sandbox: String,
}

impl Hospital {
    fn new() -> Self {
        let home = home(&[]);
        let sandbox =
            home.platform.start_sandbox(&home.ana, platform::images::DEFAULT_IMAGE, "Imaging", None);
        let sandbox = sandbox.unwrap().id.to_string();
        Self { home, sandbox }
    }

    fn access(&self) -> Access {
        self.home.platform.enter(&self.home.ana, &self.sandbox, "client").unwrap()
    }

    fn admit(&self, called: &str, calling: &str) -> Result<Admitted, Rejection> {
        let proposal = Proposal {
            called: called.to_owned(),
            calling: calling.to_owned(),
            implementation: String::new(),
        };
        self.home.platform.admit(&proposal, None).unwrap()
    }

    fn ct01(&self) -> Admitted {
        self.admit(&title_of(&self.sandbox), "CT01").unwrap_or_else(|why| panic!("{why:?}"))
    }

    fn outcomes(&self, kind: &str) -> Vec<String> {
        let filter = Filter { kinds: vec![kind.to_owned()], ..Filter::default() };
        let entries = self.home.platform.journal(&self.access(), &filter).unwrap();
        entries.into_iter().map(|entry| entry.event.outcome).collect()
    }

    /// Sends an identifier; returns the status of the last answer and how many came before it.
    fn find(&self, class: &str, keys: &[(imaging::Tag, VR, &str)]) -> (u16, usize) {
        let answers = self.answers(&message(class, Field::Find, &identifier(keys)));
        let last = answers.last().unwrap().command.number(Command::STATUS).unwrap();
        (last, answers.len() - 1)
    }

    fn answers(&self, message: &Message) -> Vec<Message> {
        let admitted = self.ct01();
        match serve(&admitted, &admitted.access, message) {
            (Served::Answers(answers), None) => answers,
            other => panic!("{other:?}"),
        }
    }

    fn write(&self, kind: &str, body: &Value) -> String {
        let access = self.access();
        let platform = &self.home.platform;
        let context = Context {
            access: &access,
            base_url: "http://x",
            entropy: platform.entropy(),
            limits: &platform.limits().json,
        };
        let body = body.to_string();
        let asked = Interaction::Create { kind, body: body.as_bytes(), if_none_exist: None };
        match perform(&context, &asked).unwrap() {
            platform::fhir::Answer::Created(stored) => stored.id,
            other => panic!("{other:?}"),
        }
    }
}

fn identifier(keys: &[(imaging::Tag, VR, &str)]) -> Vec<u8> {
    write(&of_texts(keys), IMPLICIT_LE).unwrap()
}

fn message(class: &str, field: Field, dataset: &[u8]) -> Message {
    Message {
        context: 1,
        abstract_syntax: class.to_owned(),
        syntax: IMPLICIT_LE.to_owned(),
        command: Command::new(field)
            .with_uid(Command::SOP_CLASS, class)
            .with_number(Command::MESSAGE, 1)
            .with_number(Command::DATASET_TYPE, WITH_DATASET),
        dataset: dataset.to_vec(),
    }
}

/// A CT of somebody whom the hospital does not know.
fn ct(study: &str) -> StudyRequest {
    StudyRequest {
        seed: 1,
        study: study.to_owned(),
        accession: "E1".to_owned(),
        patient: Patient { id: "X1".to_owned(), name: "Elsewhere^Pat".to_owned(), ..Patient::default() },
        kind: Kind::HeadCt,
        findings: BTreeSet::new(),
        place: Place::default(),
        description: "CT head".to_owned(),
        performed: ("20310301".to_owned(), "101500".to_owned()),
        referring: String::new(),
        institution: String::new(),
    }
}

fn sent(study: &StudyRequest, number: u32) -> (String, Vec<u8>) {
    let dataset = object(study, number).unwrap().unwrap();
    (first(&headers(study)[number as usize - 1], tags::SOP_INSTANCE_UID), dataset)
}

fn incoming<'a>(sop_instance: &'a str, dataset: &'a [u8]) -> Incoming<'a> {
    Incoming::Dataset { sop_class: CT_STORAGE, sop_instance, syntax: EXPLICIT_LE, dataset }
}

#[test]
fn a_caller_is_let_in_by_both_titles_and_otherwise_told_which_was_wrong() {
    let hospital = Hospital::new();
    let title = title_of(&hospital.sandbox);
    assert!(hospital.admit(&title, "CT01").is_ok());
    assert!(hospital.admit(&hospital.sandbox, "CT01").is_ok(), "the id alone, in any case");
    assert_eq!(hospital.admit("PACS_AAAAAAAA", "CT01").err(), Some(Rejection::CalledUnknown));
    assert_eq!(hospital.admit("ORTHANC", "CT01").err(), Some(Rejection::CalledUnknown));
    assert_eq!(hospital.admit(&title, "ME").err(), Some(Rejection::CallingUnknown));
    assert_eq!(hospital.outcomes("dicom.refused"), ["calling-ae-title"]);
    register_entity(&hospital.access(), "ME", None, None).unwrap();
    assert!(hospital.admit(&title, "ME").is_ok());
    remove_entity(&hospital.access(), "ME").unwrap();
    assert_eq!(hospital.admit(&title, "ME").err(), Some(Rejection::CallingUnknown));
}

#[test]
fn entities_are_checked_and_deliveries_stay_on_this_machine() {
    let hospital = Hospital::new();
    let register = |title: &str, host: Option<&str>, port: Option<u16>| {
        register_entity(&hospital.access(), title, host, port)
    };
    for (title, host, port) in [
        ("", None, None),
        ("ABCDEFGHIJKLMNOPQ", None, None),
        ("ME", Some("10.0.0.1"), Some(104)),
        ("ME", Some("example.org"), Some(104)),
        ("ME", Some("127.0.0.1"), None),
        ("ME", None, Some(0)),
    ] {
        let refused = register(title, host, port);
        assert!(matches!(refused, Err(EntityError::Invalid(_))), "{title} {host:?} {port:?}");
    }
    for host in [None, Some("localhost"), Some("127.0.0.9"), Some("::1")] {
        register("ME", host, Some(11_113)).unwrap();
    }
    let known = entities(&hospital.access()).unwrap();
    assert_eq!(known.len(), 5, "four devices, and ME once");
    assert!(matches!(remove_entity(&hospital.access(), "NOBODY"), Err(EntityError::Store(_))));
}

#[test]
fn what_is_sent_is_kept_byte_for_byte_once() {
    let hospital = Hospital::new();
    let study = ct("1.2.3");
    let (uid, dataset) = sent(&study, 1);
    let access = hospital.access();
    let digest = || access.sandbox().state_digest().unwrap();
    let before = digest();
    assert!(!keep(&access, incoming(&uid, &dataset)).unwrap().was_there);
    let object = Archive::of(&access).object(&Scope::default(), &uid).unwrap().unwrap();
    assert_eq!(object.dataset(), dataset);
    let kept = digest();
    assert_ne!(kept, before);
    assert!(keep(&access, incoming(&uid, &dataset)).unwrap().was_there);
    assert!(keep(&access, Incoming::File(&object.bytes)).unwrap().was_there, "the same over HTTP");

    let mut other = dataset.clone();
    let last = other.len() - 1;
    other[last] ^= 1;
    assert!(matches!(keep(&access, incoming(&uid, &other)), Err(KeepError::Other(_))));
    assert!(matches!(keep(&access, incoming("1.2", &dataset)), Err(KeepError::Mismatch { .. })));
    assert!(matches!(keep(&access, incoming(&uid, &dataset[..90])), Err(KeepError::Unreadable(_))));
    assert!(matches!(keep(&access, Incoming::File(b"hello")), Err(KeepError::Unreadable(_))));
    assert_eq!(digest(), kept, "what was refused changed nothing");
    let outcomes = ["ok", "duplicate", "duplicate", "conflict", "mismatch", "unreadable", "unreadable"];
    assert_eq!(hospital.outcomes("dicom.store"), outcomes);
    assert!(hospital.home.platform.undo(&access).unwrap());
    assert_eq!(digest(), before);
}

#[test]
fn films_of_the_past_are_drawn_alike_each_time_and_found_by_level() {
    let hospital = Hospital::new();
    let archive = hospital.access();
    let archive = Archive::of(&archive);
    let films = archive.headers(&Scope::default()).unwrap();
    assert!(!films.is_empty(), "nobody of sixty had a chest film");
    let [person, study, uid] =
        [tags::PATIENT_ID, tags::STUDY_INSTANCE_UID, tags::SOP_INSTANCE_UID].map(|tag| first(&films[0], tag));
    let scope = Scope { study: Some(study.clone()), ..Scope::default() };
    let once = archive.object(&scope, &uid).unwrap().unwrap();
    assert_eq!(archive.object(&Scope::default(), &uid).unwrap().unwrap(), once);
    assert_eq!(first(&read(once.dataset(), EXPLICIT_LE).unwrap().0, tags::PATIENT_ID), person);

    let level = |word| (tags::QUERY_RETRIEVE_LEVEL, VR::CS, word);
    let of_person = (tags::PATIENT_ID, VR::LO, person.as_str());
    let of_study = (tags::STUDY_INSTANCE_UID, VR::UI, study.as_str());
    assert_eq!(hospital.find(STUDY_FIND, &[level("STUDY"), of_study]), (status::SUCCESS, 1));
    assert_eq!(hospital.find(STUDY_FIND, &[level("SERIES"), of_study]), (status::SUCCESS, 1));
    let (code, count) = hospital.find(STUDY_FIND, &[level("STUDY"), of_person]);
    assert!(code == status::SUCCESS && count >= 1);
    let nobody = (tags::PATIENT_ID, VR::LO, "nobody");
    assert_eq!(hospital.find(STUDY_FIND, &[level("STUDY"), nobody]), (status::SUCCESS, 0));
    assert_eq!(hospital.find(STUDY_FIND, &[of_person]), (status::DOES_NOT_MATCH, 0));
    assert_eq!(hospital.find(STUDY_FIND, &[level("SERIES")]), (status::DOES_NOT_MATCH, 0));
    assert_eq!(hospital.outcomes("dicom.find").last().map(String::as_str), Some("identifier"));
    let broken = hospital.answers(&message(STUDY_FIND, Field::Find, &[1, 2, 3]));
    assert_eq!(broken[0].command.number(Command::STATUS), Some(status::CANNOT_UNDERSTAND));
    let odd = hospital.answers(&message(STUDY_FIND, Field::Store, &[]));
    assert_eq!(odd[0].command.number(Command::STATUS), Some(status::UNRECOGNIZED_OPERATION));
}

#[test]
fn an_order_is_on_the_worklist_until_its_pictures_take_the_place_of_drawn_ones() {
    let hospital = Hospital::new();
    let patient = hospital.write(
        "Patient",
        &json!({"resourceType": "Patient", "name": [{"family": "Moor", "given": ["Ada", "Lee"]}], "gender": "female",
            "birthDate": "1970-01-02", "identifier": [{"system": "https://practicum.example/mrn", "value": "M77"}]}),
    );
    let order = |status: &str| {
        json!({"resourceType": "ServiceRequest", "status": status, "intent": "order",
            "subject": {"reference": format!("Patient/{patient}")}, "authoredOn": "2031-03-04T06:00:00Z",
            "category": [{"coding": [{"system": "http://snomed.info/sct", "code": "363679005"}]}],
            "code": {"coding": [{"system": "http://loinc.org", "code": "30799-1", "display": "CT Head WO contrast"}]}})
    };
    hospital.write("ServiceRequest", &order("draft"));
    let id = hospital.write("ServiceRequest", &order("active"));
    let of = (tags::PATIENT_ID, VR::LO, "M77");
    let keys = [
        of,
        (tags::PATIENT_NAME, VR::PN, ""),
        (tags::ACCESSION_NUMBER, VR::SH, ""),
        (tags::STUDY_INSTANCE_UID, VR::UI, ""),
    ];
    let answers = hospital.answers(&message(sop::MODALITY_WORKLIST, Field::Find, &identifier(&keys)));
    assert_eq!(answers.len(), 2, "the one in force, and the end");
    let (item, _) = read(&answers[0].dataset, IMPLICIT_LE).unwrap();
    assert_eq!(first(&item, tags::PATIENT_NAME), "Moor^Ada^Lee");
    assert_eq!(first(&item, tags::ACCESSION_NUMBER), id.to_uppercase());

    let report = json!({"resourceType": "DiagnosticReport", "status": "final", "subject": {"reference": format!("Patient/{patient}")},
        "basedOn": [{"reference": format!("ServiceRequest/{id}")}], "effectiveDateTime": "2031-03-04T07:00:00Z",
        "code": {"coding": [{"system": "http://loinc.org", "code": "30799-1", "display": "CT Head WO contrast"}]}});
    hospital.write("DiagnosticReport", &report);
    let study = first(&item, tags::STUDY_INSTANCE_UID);
    let scope = Scope { study: Some(study.clone()), ..Scope::default() };
    let count = || Archive::of(&hospital.access()).headers(&scope).unwrap().len();
    assert_eq!(count(), 8, "the report's slices are drawn under the UID of the worklist");
    let (uid, dataset) = sent(&ct(&study), 1);
    keep(&hospital.access(), incoming(&uid, &dataset)).unwrap();
    assert_eq!(count(), 1, "what was sent takes their place");

    let as_ordered = StudyRequest {
        accession: id.to_uppercase(),
        patient: Patient { id: "M77".to_owned(), ..Patient::default() },
        ..ct(&study)
    };
    let own_study = StudyRequest { study: "1.2.3".to_owned(), ..as_ordered.clone() };
    let nobodys = StudyRequest { study: "1.2.4".to_owned(), accession: String::new(), ..as_ordered.clone() };
    let anothers =
        StudyRequest { patient: Patient::default(), study: "1.2.5".to_owned(), ..as_ordered.clone() };
    for (study, number) in [(&own_study, 1), (&nobodys, 1), (&anothers, 1), (&as_ordered, 2)] {
        let (uid, dataset) = sent(study, number);
        keep(&hospital.access(), incoming(&uid, &dataset)).unwrap();
    }
    let filter = Filter { kinds: vec!["dicom.store".to_owned()], ..Filter::default() };
    let entries = hospital.home.platform.journal(&hospital.access(), &filter).unwrap();
    let said: Vec<(Value, Value)> = entries
        .into_iter()
        .map(|entry| (entry.event.detail["order"].clone(), entry.event.detail["unmatched"].clone()))
        .collect();
    let unmatched = |why: &str| (Value::Null, json!(why));
    assert_eq!(
        said,
        [
            unmatched("accession"),
            unmatched("study"),
            unmatched("accession"),
            unmatched("patient"),
            (json!(format!("ServiceRequest/{id}")), Value::Null),
        ]
    );
}

#[test]
fn a_delivery_goes_only_to_a_registered_address() {
    let hospital = Hospital::new();
    let study = ct("1.2.3");
    for number in 1..=2 {
        let (uid, dataset) = sent(&study, number);
        keep(&hospital.access(), incoming(&uid, &dataset)).unwrap();
    }
    let keys = [(tags::QUERY_RETRIEVE_LEVEL, VR::CS, "STUDY"), (tags::STUDY_INSTANCE_UID, VR::UI, "1.2.3")];
    let mut asked = message(STUDY_MOVE, Field::Move, &identifier(&keys));
    let status_of = |asked: &Message| hospital.answers(asked)[0].command.number(Command::STATUS).unwrap();
    for nowhere in ["", "CT01", "ELSEWHERE"] {
        asked.command = asked.command.clone().with_text(Command::DESTINATION, nowhere);
        assert_eq!(status_of(&asked), status::UNKNOWN_DESTINATION, "{nowhere}");
    }
    register_entity(&hospital.access(), "ME", None, Some(11_113)).unwrap();
    asked.command = asked.command.clone().with_text(Command::DESTINATION, "ME");
    let without_key = Message { dataset: identifier(&keys[..1]), ..asked.clone() };
    assert_eq!(status_of(&without_key), status::DOES_NOT_MATCH);
    let admitted = hospital.ct01();
    let (Served::Deliver(delivery), None) = serve(&admitted, &admitted.access, &asked) else {
        panic!("no delivery")
    };
    assert_eq!(delivery.objects.len(), 2);
    let object = delivery.object(&admitted.access, 1).unwrap().unwrap();
    assert_eq!(split(&object.bytes).unwrap().meta.sop_class, CT_STORAGE);
    let last = delivery.done(&admitted.access, Default::default(), Some("nobody answered")).unwrap();
    assert_eq!(last.command.number(Command::STATUS), Some(status::UNABLE_TO_DELIVER));
    assert_eq!(hospital.outcomes("dicom.move").last().map(String::as_str), Some("undelivered"));
}
