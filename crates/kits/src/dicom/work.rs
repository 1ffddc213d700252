//! What is asked.

use std::sync::atomic::{AtomicU32, Ordering};

use imaging::dataset::{Dataset, EXPLICIT_LE, first, of_texts, text};
use imaging::dimse::sop::{MODALITY_WORKLIST, VERIFICATION};
use imaging::dimse::{Command, Field};
use imaging::worklist::WorklistItem;
use imaging::{VR, tags};

use super::ask::{address, ask, associate, found, open, status_of};
use super::sample::{CLASS, NAME, film};
use crate::model::{Group, Stop, Test, Weight};
use crate::run::Step;
use crate::wire::dicom::{Answer, send_noise};

/// Study Root Query/Retrieve, FIND (PS3.6, annex A).
const FIND: &str = "1.2.840.10008.5.1.4.1.2.2.1";
/// A class that nobody serves: a retired one of the first years.
const RETIRED: &str = "1.2.840.10008.5.1.1.27";

/// How many runs this program has begun.
static RUNS: AtomicU32 = AtomicU32::new(0);

/// The groups.
pub(super) fn groups() -> Vec<Group> {
    vec![
        group("association", "Associations", "Whether and how the server lets callers in.", vec![
            test("association/echo", "C-ECHO is answered", echo).of(&["dicom.echo", "dicom.association"]).gives(&["began"]),
            test("association/release", "An association is released", release).of(&["dicom.association"]).needs(&["began"]),
            test("association/contexts", "What it does not serve it refuses alone", contexts)
                .of(&["dicom.contexts"])
                .needs(&["began"]),
            test("association/called", "A caller of somebody else is kept out", called)
                .of(&["dicom.called"])
                .needs(&["began"])
                .optional(true)
                .about("Servers that answer to any title are common; behind them a wrong configuration is noticed late."),
            test("association/noise", "Noise does not end the service", noise).of(&["dicom.noise"]).needs(&["began"]),
        ]),
        group("store", "C-STORE", "A chest film of nobody is sent.", vec![
            test("store/takes", "An object is stored", store).of(&["dicom.store"]).needs(&["began"]).gives(&["stored"]),
            test("store/again", "The same object again is no error", store_again).of(&["dicom.store"]).needs(&["stored"]),
        ]),
        group("find", "C-FIND", "The study that was stored is looked for.", vec![
            test("find/by-uid", "A study is found by its UID, with what was asked for", by_uid)
                .of(&["dicom.find", "dicom.keys"])
                .needs(&["stored"]),
            test("find/nothing", "What is not there is not found", nothing).of(&["dicom.find"]).needs(&["began"]),
            test("find/by-patient", "A search by patient gives that patient alone", by_patient)
                .of(&["dicom.find"])
                .needs(&["stored"]),
            test("find/wildcard", "An asterisk stands for any characters", wildcard)
                .of(&["dicom.wildcard"])
                .needs(&["stored"]),
            test("find/level", "A query without a level fails", no_level).of(&["dicom.level"]).needs(&["began"]),
        ]),
        group("worklist", "Modality worklist", "What devices are to do next.", vec![
            test("worklist/all", "It gives scheduled steps", worklist).of(&["dicom.worklist"]).needs(&["began"]),
            test("worklist/modality", "It gives those of one modality alone", by_modality)
                .of(&["dicom.worklist"])
                .needs(&["began"]),
        ]),
    ]
}

fn group(id: &str, title: &str, about: &str, tests: Vec<Test>) -> Group {
    let id = format!("dicom-archive/{id}");
    Group { id, title: title.to_owned(), about: about.to_owned(), tests, ..Group::default() }
}

fn test(id: &str, title: &str, work: fn(&mut Step<'_>) -> Result<(), Stop>) -> Test {
    Test::new(format!("dicom-archive/{id}"), title, work)
}

fn echo(step: &mut Step<'_>) -> Result<(), Stop> {
    let mut association = open(step, VERIFICATION)?;
    let answers = ask(step, &mut association, VERIFICATION, Command::new(Field::Echo), None)?;
    success(&answers, "C-ECHO")?;
    // Runs at the same time store studies of their own.
    let number = RUNS.fetch_add(1, Ordering::Relaxed);
    let began = format!("{:X}{:02X}", step.now_us() / 1_000 % 0x1_0000_0000, number & 0xff);
    step.give("began", began);
    Ok(())
}

fn release(step: &mut Step<'_>) -> Result<(), Stop> {
    let association = open(step, VERIFICATION)?;
    match association.release() {
        Ok(true) => Ok(()),
        Ok(false) => Err(Stop::Fail("the answer to a release was something else".to_owned())),
        Err(trouble) => step.hear(Some(trouble)),
    }
}

fn contexts(step: &mut Step<'_>) -> Result<(), Stop> {
    let name = step.value("called");
    let association = associate(step, &[VERIFICATION, RETIRED], &name)?.map_err(|why| {
        Stop::Fail(format!("a class that is not served made the whole association fail: {why}"))
    })?;
    let accepted = &association.accepted;
    match (accepted.context_for(VERIFICATION, EXPLICIT_LE), accepted.context_for(RETIRED, EXPLICIT_LE)) {
        (Some(_), None) => Ok(()),
        (Some(_), Some(_)) => {
            Err(Stop::Fail(format!("{RETIRED} was accepted, which nobody serves any more")))
        }
        (None, _) => Err(Stop::Fail("verification was refused beside a class that is not served".to_owned())),
    }
}

fn called(step: &mut Step<'_>) -> Result<(), Stop> {
    match associate(step, &[VERIFICATION], "KITNOBODY")? {
        Err(_) => Ok(()),
        Ok(_) => Err(Stop::Fail("a caller of KITNOBODY was let in".to_owned())),
    }
}

fn noise(step: &mut Step<'_>) -> Result<(), Stop> {
    let (address, limits) = (address(step), step.limits());
    let sent = send_noise(&address, b"GET / HTTP/1.1\r\nHost: kits\r\n\r\n", &limits)
        .and_then(|()| send_noise(&address, &[1, 0, 0xff, 0xff, 0xff, 0xff], &limits));
    step.hear(sent.err())?;
    let mut association = open(step, VERIFICATION)?;
    success(
        &ask(step, &mut association, VERIFICATION, Command::new(Field::Echo), None)?,
        "C-ECHO after noise",
    )
}

fn send_film(step: &mut Step<'_>) -> Result<Vec<Answer>, Stop> {
    let film = film(step);
    let mut association = open(step, CLASS)?;
    let command = Command::new(Field::Store)
        .with_uid(Command::SOP_INSTANCE, &film.instance)
        .with_number(Command::PRIORITY, 0);
    let shown = of_texts(&[(tags::SOP_INSTANCE_UID, VR::UI, &film.instance)]);
    ask(step, &mut association, CLASS, command, Some((&shown, &film.drawn()?)))
}

fn store(step: &mut Step<'_>) -> Result<(), Stop> {
    success(&send_film(step)?, "C-STORE")?;
    step.give("stored", "yes");
    Ok(())
}

fn store_again(step: &mut Step<'_>) -> Result<(), Stop> {
    let code = status_of(&send_film(step)?);
    match code {
        0 => Ok(()),
        code if code >> 12 == 0xb => {
            step.note(Weight::Information, format!("the duplicate was answered with the warning {code:04X}"));
            Ok(())
        }
        code => Err(Stop::Fail(format!("the same object again was answered with {code:04X}"))),
    }
}

/// What a query at the level of studies finds.
fn find(step: &mut Step<'_>, keys: &Dataset) -> Result<Vec<Dataset>, Stop> {
    let mut association = open(step, FIND)?;
    let command = Command::new(Field::Find).with_number(Command::PRIORITY, 0);
    let syntax =
        association.accepted.context_for(FIND, EXPLICIT_LE).map(|(_, syntax)| syntax).unwrap_or_default();
    let answers = ask(step, &mut association, FIND, command, Some((keys, &[])))?;
    success(&answers, "C-FIND")?;
    found(&answers, &syntax)
}

fn keys(study: &str, patient: &str, name: &str) -> Dataset {
    of_texts(&[
        (tags::QUERY_RETRIEVE_LEVEL, VR::CS, "STUDY"),
        (tags::STUDY_INSTANCE_UID, VR::UI, study),
        (tags::PATIENT_ID, VR::LO, patient),
        (tags::PATIENT_NAME, VR::PN, name),
        (tags::STUDY_DATE, VR::DA, ""),
    ])
}

fn by_uid(step: &mut Step<'_>) -> Result<(), Stop> {
    let film = film(step);
    let found = find(step, &keys(&film.study, "", ""))?;
    let [one] = found.as_slice() else {
        return Err(Stop::Fail(format!("{} studies have the UID that was stored", found.len())));
    };
    let wanted = [
        (tags::STUDY_INSTANCE_UID, "StudyInstanceUID", film.study.as_str()),
        (tags::PATIENT_ID, "PatientID", film.patient.as_str()),
        (tags::PATIENT_NAME, "PatientName", NAME),
        (tags::STUDY_DATE, "StudyDate", "20310304"),
    ];
    let lacking: Vec<&str> =
        wanted.iter().filter(|(tag, _, value)| text(one, *tag) != *value).map(|(_, name, _)| *name).collect();
    if lacking.is_empty() {
        return Ok(());
    }
    step.unseen(lacking.iter().map(|&name| name.to_owned()));
    Err(Stop::Fail(format!("the answer has other values than were stored, or none: {}", lacking.join(", "))))
}

fn nothing(step: &mut Step<'_>) -> Result<(), Stop> {
    let unknown = imaging::uid::derived(&["kits", "nothing", &step.value("began")]);
    match find(step, &keys(&unknown, "", ""))?.len() {
        0 => Ok(()),
        count => Err(Stop::Fail(format!("{count} studies were found by a UID that no study has"))),
    }
}

fn by_patient(step: &mut Step<'_>) -> Result<(), Stop> {
    let film = film(step);
    let found = find(step, &keys("", &film.patient, ""))?;
    holds(&found, &film.study, |one| first(one, tags::PATIENT_ID) == film.patient, "PatientID")
}

fn wildcard(step: &mut Step<'_>) -> Result<(), Stop> {
    let film = film(step);
    let found = find(step, &keys("", &film.patient, "Okaf*"))?;
    holds(&found, &film.study, |one| first(one, tags::PATIENT_NAME).starts_with("Okaf"), "PatientName Okaf*")
}

/// Whether the study is among what was found, and nothing else than what was asked for.
fn holds(found: &[Dataset], study: &str, fits: impl Fn(&Dataset) -> bool, what: &str) -> Result<(), Stop> {
    if !found.iter().any(|one| first(one, tags::STUDY_INSTANCE_UID) == study) {
        return Err(Stop::Fail(format!("the study was not among the {} found by {what}", found.len())));
    }
    match found.iter().filter(|one| !fits(one)).count() {
        0 => Ok(()),
        count => Err(Stop::Fail(format!("{count} of {} found by {what} do not match it", found.len()))),
    }
}

fn no_level(step: &mut Step<'_>) -> Result<(), Stop> {
    let keys = of_texts(&[(tags::STUDY_INSTANCE_UID, VR::UI, ""), (tags::PATIENT_ID, VR::LO, "KIT")]);
    let mut association = open(step, FIND)?;
    let command = Command::new(Field::Find).with_number(Command::PRIORITY, 0);
    let code = status_of(&ask(step, &mut association, FIND, command, Some((&keys, &[])))?);
    match code >> 12 {
        0xa | 0xc => Ok(()),
        _ => Err(Stop::Fail(format!(
            "a query without QueryRetrieveLevel was answered with {code:04X}, which is no failure"
        ))),
    }
}

/// The scheduled steps that match a modality, or all.
fn scheduled(step: &mut Step<'_>, modality: &str) -> Result<Vec<Dataset>, Stop> {
    if step.value("worklist") == "no" {
        return Err(Stop::Omit("the server does not claim a worklist".to_owned()));
    }
    let keys = WorklistItem { modality: modality.to_owned(), ..WorklistItem::default() }.dataset();
    let mut association = open(step, MODALITY_WORKLIST)?;
    let command = Command::new(Field::Find).with_number(Command::PRIORITY, 0);
    let context = association.accepted.context_for(MODALITY_WORKLIST, EXPLICIT_LE);
    let syntax = context.map(|(_, syntax)| syntax).unwrap_or_default();
    let answers = ask(step, &mut association, MODALITY_WORKLIST, command, Some((&keys, &[])))?;
    success(&answers, "C-FIND of the worklist")?;
    found(&answers, &syntax)
}

/// The modality of a scheduled step; none if the item has no step.
fn modality_of(item: &Dataset) -> Option<String> {
    let steps = item.get(tags::SCHEDULED_PROCEDURE_STEP_SEQUENCE)?.items()?;
    steps.first().map(|step| first(step, tags::MODALITY))
}

fn worklist(step: &mut Step<'_>) -> Result<(), Stop> {
    let items = scheduled(step, "")?;
    if items.is_empty() {
        return Err(Stop::Skip(
            "the worklist is empty, so there is nothing to look at: order an examination first".to_owned(),
        ));
    }
    match items.iter().filter(|item| modality_of(item).is_none()).count() {
        0 => Ok(()),
        count => Err(Stop::Fail(format!("{count} of {} items have no scheduled step", items.len()))),
    }
}

fn by_modality(step: &mut Step<'_>) -> Result<(), Stop> {
    let all = scheduled(step, "")?;
    let Some(modality) = all.iter().find_map(modality_of) else {
        return Err(Stop::Skip(
            "the worklist is empty, so there is nothing to look at: order an examination first".to_owned(),
        ));
    };
    let items = scheduled(step, &modality)?;
    let strays = items.iter().filter(|item| modality_of(item).as_deref() != Some(&modality)).count();
    match (items.is_empty(), strays) {
        (true, _) => {
            Err(Stop::Fail(format!("nothing was found by the modality {modality}, which an item has")))
        }
        (_, 0) => Ok(()),
        (_, count) => Err(Stop::Fail(format!(
            "{count} of {} items found by {modality} are of another modality",
            items.len()
        ))),
    }
}

fn success(answers: &[Answer], what: &str) -> Result<(), Stop> {
    match status_of(answers) {
        0 => Ok(()),
        code => {
            let comment =
                answers.last().map(|(command, _)| command.text(Command::COMMENT)).unwrap_or_default();
            let why = if comment.is_empty() { comment } else { format!(": {comment}") };
            Err(Stop::Fail(format!("{what} was answered with {code:04X}, not with success{why}")))
        }
    }
}
