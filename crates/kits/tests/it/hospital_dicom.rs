//! A small archive that is right, or wrong in one way.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use imaging::association::{Acceptor, Frames, PDU_BYTES_MAX, Pdu, Rejection, Step, bytes};
use imaging::dataset::{Dataset, first, read, write};
use imaging::dimse::sop::{Service, service};
use imaging::dimse::{Message, response, status};
use imaging::query::{Model, Query, answer, matches, project};
use imaging::tags;
use imaging::worklist::WorklistItem;

/// Whom callers call.
pub(crate) const TITLE: &str = "ARCHIVE";

/// What is wrong with an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    EchoFails,
    AbortsInsteadOfReleasing,
    AnswersToAnyTitle,
    NoiseEndsService,
    RefusesObjects,
    RefusesDuplicates,
    FindsEverything,
    FindsNothing,
    IgnoresPatient,
    TakesAsteriskLiterally,
    NeedsNoLevel,
    LeavesOutNames,
    IgnoresModality,
    StepsWithoutSequence,
}

struct House {
    fault: Fault,
    objects: Mutex<Vec<Dataset>>,
    over: Mutex<bool>,
}

/// Starts one; returns its address.
pub(crate) fn start(fault: Fault) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it has an address").to_string();
    let house = Arc::new(House { fault, objects: Mutex::new(vec![other()]), over: Mutex::default() });
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let house = Arc::clone(&house);
            thread::spawn(move || house.talk(stream));
        }
    });
    address
}

/// A study of somebody else, which must not be found.
fn other() -> Dataset {
    use imaging::VR;
    imaging::dataset::of_texts(&[
        (tags::STUDY_INSTANCE_UID, VR::UI, "1.2.3"),
        (tags::SERIES_INSTANCE_UID, VR::UI, "1.2.3.4"),
        (tags::SOP_INSTANCE_UID, VR::UI, "1.2.3.4.5"),
        (tags::PATIENT_ID, VR::LO, "SOMEBODY"),
        (tags::PATIENT_NAME, VR::PN, "Somebody^Else"),
        (tags::STUDY_DATE, VR::DA, "20300101"),
    ])
}

impl House {
    fn is(&self, fault: Fault) -> bool {
        self.fault == fault
    }

    fn talk(&self, mut stream: TcpStream) {
        let (mut frames, mut acceptor, mut piece) = (Frames::default(), Acceptor::default(), [0; 65_536]);
        while let Ok(count @ 1..) = stream.read(&mut piece) {
            if *self.over.lock().expect("no thread panicked") {
                return;
            }
            frames.push(&piece[..count]);
            loop {
                match frames.next_pdu() {
                    Ok(Some(Pdu::ReleaseRQ)) if self.is(Fault::AbortsInsteadOfReleasing) => {
                        for step in acceptor.abort_unreadable("no".to_owned()) {
                            self.step(&mut stream, &mut acceptor, step);
                        }
                        return;
                    }
                    Ok(Some(pdu)) => {
                        for step in acceptor.take(pdu) {
                            if !self.step(&mut stream, &mut acceptor, step) {
                                return;
                            }
                        }
                    }
                    Ok(None) => break,
                    Err(_) => {
                        *self.over.lock().expect("no thread panicked") |= self.is(Fault::NoiseEndsService);
                        return;
                    }
                }
            }
        }
    }

    /// Carries a step out; false if the connection is over.
    fn step(&self, stream: &mut TcpStream, acceptor: &mut Acceptor, step: Step) -> bool {
        match step {
            Step::Send(pdu) => stream.write_all(&bytes(&pdu)).is_ok(),
            Step::Close(_) => false,
            Step::Decide(proposal) => {
                let is_known = proposal.called == TITLE || self.is(Fault::AnswersToAnyTitle);
                let steps =
                    if is_known { acceptor.accept() } else { acceptor.reject(Rejection::CalledUnknown) };
                steps.into_iter().all(|step| self.step(stream, acceptor, step))
            }
            Step::Perform(message) => {
                let answers = self.answers(&message);
                let pdus = answers.iter().flat_map(|answer| answer.pdus(PDU_BYTES_MAX.min(16_384)));
                pdus.into_iter().all(|pdu| stream.write_all(&bytes(&pdu)).is_ok())
            }
        }
    }

    fn answers(&self, message: &Message) -> Vec<Message> {
        let last = |code| response(message, code, None, None, None);
        match service(&message.abstract_syntax) {
            Some(Service::Verification) if self.is(Fault::EchoFails) => {
                vec![last(status::PROCESSING_FAILURE)]
            }
            Some(Service::Verification) => vec![last(status::SUCCESS)],
            Some(Service::Storage) => vec![last(self.store(message))],
            Some(Service::Find(_)) => self.find(message).unwrap_or_else(|code| vec![last(code)]),
            Some(Service::Worklist) => self.worklist(message),
            _ => vec![last(status::UNRECOGNIZED_OPERATION)],
        }
    }

    fn store(&self, message: &Message) -> u16 {
        if self.is(Fault::RefusesObjects) {
            return status::OUT_OF_RESOURCES;
        }
        let Ok((object, _)) = read(&message.dataset, &message.syntax) else {
            return status::CANNOT_UNDERSTAND;
        };
        let mut objects = self.objects.lock().expect("no thread panicked");
        let uid = first(&object, tags::SOP_INSTANCE_UID);
        if objects.iter().any(|one| first(one, tags::SOP_INSTANCE_UID) == uid) {
            return if self.is(Fault::RefusesDuplicates) {
                status::ALREADY_OTHERWISE
            } else {
                status::SUCCESS
            };
        }
        objects.push(object);
        status::SUCCESS
    }

    fn find(&self, message: &Message) -> Result<Vec<Message>, u16> {
        let (keys, _) = read(&message.dataset, &message.syntax).map_err(|_| status::CANNOT_UNDERSTAND)?;
        let has_level = !first(&keys, tags::QUERY_RETRIEVE_LEVEL).is_empty();
        if !has_level && self.is(Fault::NeedsNoLevel) {
            return Ok(vec![response(message, status::SUCCESS, None, None, None)]);
        }
        let query = Query::read(Model::StudyRoot, keys).map_err(|_| status::DOES_NOT_MATCH)?;
        let name = first(&query.keys, tags::PATIENT_NAME);
        let uid = first(&query.keys, tags::STUDY_INSTANCE_UID);
        let mut asked = query.keys.clone();
        match self.fault {
            Fault::IgnoresPatient => drop(asked.remove_element(tags::PATIENT_ID)),
            Fault::FindsEverything if !uid.is_empty() => drop(asked.remove_element(tags::STUDY_INSTANCE_UID)),
            _ => {}
        }
        let objects = self.objects.lock().expect("no thread panicked");
        let mut found = project(&objects, query.level);
        found.retain(|one| matches(&asked, one));
        if self.is(Fault::FindsNothing) || (self.is(Fault::TakesAsteriskLiterally) && name.contains('*')) {
            found.clear();
        }
        let mut all: Vec<Message> = found
            .iter()
            .map(|one| {
                let mut answer = answer(&query.keys, one, []);
                if self.is(Fault::LeavesOutNames) && !uid.is_empty() {
                    answer.remove_element(tags::PATIENT_NAME);
                }
                pending(message, &answer)
            })
            .collect();
        all.push(response(message, status::SUCCESS, None, None, None));
        Ok(all)
    }

    fn worklist(&self, message: &Message) -> Vec<Message> {
        let (mut keys, _) =
            read(&message.dataset, &message.syntax).expect("the kit writes keys that can be read");
        if self.is(Fault::IgnoresModality) {
            keys = WorklistItem::default().dataset();
        }
        let items = ["CT", "CR"]
            .map(|modality| WorklistItem { modality: modality.to_owned(), ..WorklistItem::default() });
        let found = items.iter().map(WorklistItem::dataset).filter(|item| matches(&keys, item));
        let mut all: Vec<Message> = found
            .map(|item| {
                let mut answer = answer(&keys, &item, []);
                if self.is(Fault::StepsWithoutSequence) && first_modality(&item) == "CR" {
                    answer.remove_element(tags::SCHEDULED_PROCEDURE_STEP_SEQUENCE);
                }
                pending(message, &answer)
            })
            .collect();
        all.push(response(message, status::SUCCESS, None, None, None));
        all
    }
}

fn first_modality(item: &Dataset) -> String {
    let steps = item.get(tags::SCHEDULED_PROCEDURE_STEP_SEQUENCE).and_then(|element| element.items());
    steps.and_then(|steps| steps.first()).map(|step| first(step, tags::MODALITY)).unwrap_or_default()
}

fn pending(message: &Message, answer: &Dataset) -> Message {
    let bytes = write(answer, &message.syntax).expect("an answer can be written");
    response(message, status::PENDING, None, None, Some(bytes))
}
