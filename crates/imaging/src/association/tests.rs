use dicom_ul::pdu::{AssociationAC, AssociationRQ, PDataValue, PDataValueType, PresentationContextProposed};
use proptest::prelude::*;

use super::requestor::{Answers, Proposed};
use super::*;
use crate::dataset::{EXPLICIT_LE, IMPLICIT_LE};
use crate::dimse::{Command, Field, Message, NO_DATASET, WITH_DATASET, sop};

const CT: &str = "1.2.840.10008.5.1.4.1.1.2";
const JPEG_2000: &str = "1.2.840.10008.1.2.4.90";

fn request(contexts: &[(u8, &str, &[&str])]) -> Pdu {
    let context = |(id, class, syntaxes): &(u8, &str, &[&str])| PresentationContextProposed {
        id: *id,
        abstract_syntax: (*class).to_owned(),
        transfer_syntaxes: syntaxes.iter().map(|syntax| (*syntax).to_owned()).collect(),
    };
    Pdu::AssociationRQ(AssociationRQ {
        protocol_version: 1,
        calling_ae_title: "CT01".to_owned(),
        called_ae_title: "PACS_ABCDEFGH".to_owned(),
        application_context_name: "1.2.840.10008.3.1.1.1".to_owned(),
        presentation_contexts: contexts.iter().map(context).collect(),
        user_variables: Vec::new(),
    })
}

fn opened(contexts: &[(u8, &str, &[&str])]) -> (Acceptor, AssociationAC) {
    let mut acceptor = Acceptor::default();
    let steps = acceptor.take(request(contexts));
    assert!(matches!(&steps[..], [Step::Decide(proposal)] if proposal.calling == "CT01"));
    let steps = acceptor.accept();
    let [Step::Send(Pdu::AssociationAC(answer))] = &steps[..] else { panic!("{steps:?}") };
    (acceptor, answer.clone())
}

fn message(context: u8, field: Field, dataset: &[u8]) -> Message {
    let kind = if dataset.is_empty() { NO_DATASET } else { WITH_DATASET };
    Message {
        context,
        abstract_syntax: CT.to_owned(),
        syntax: EXPLICIT_LE.to_owned(),
        command: Command::new(field).with_number(Command::DATASET_TYPE, kind),
        dataset: dataset.to_vec(),
    }
}

#[test]
fn contexts_are_taken_where_service_and_syntax_are_known() {
    let (_, answer) = opened(&[
        (1, sop::VERIFICATION, &[IMPLICIT_LE]),
        (3, CT, &[JPEG_2000, EXPLICIT_LE]),
        (5, "1.2.3", &[IMPLICIT_LE]),
        (7, sop::MODALITY_WORKLIST, &[JPEG_2000]),
        (9, CT, &["1.2.840.10008.1.2.2"]),
        (4, CT, &[EXPLICIT_LE]),
    ]);
    let given: Vec<_> = answer
        .presentation_contexts
        .iter()
        .map(|result| (result.id, result.reason.clone() as u8, result.transfer_syntax.as_str()))
        .collect();
    let expected = [
        (1, 0, IMPLICIT_LE),
        (3, 0, JPEG_2000),
        (5, 3, IMPLICIT_LE),
        (7, 4, IMPLICIT_LE),
        (9, 4, IMPLICIT_LE),
        (4, 2, IMPLICIT_LE),
    ];
    assert_eq!(given, expected);
}

#[test]
fn a_message_in_pieces_arrives_whole() {
    let (mut acceptor, _) = opened(&[(1, CT, &[EXPLICIT_LE])]);
    let dataset: Vec<u8> = (0..5_000_u32).map(|number| number as u8).collect();
    let sent = message(1, Field::Store, &dataset);
    let pdus = sent.pdus(1_024);
    assert!(pdus.len() > 5);
    let mut steps = Vec::new();
    for pdu in pdus {
        assert!(bytes(&pdu).len() <= 1_024 + 6);
        steps.extend(acceptor.take(pdu));
    }
    assert_eq!(steps, [Step::Perform(sent)]);
    let steps = acceptor.take(Pdu::ReleaseRQ);
    assert_eq!(steps, [Step::Send(Pdu::ReleaseRP), Step::Close(None)]);
    assert_eq!(acceptor.take(Pdu::ReleaseRQ), []);
}

#[test]
fn what_breaks_the_protocol_is_aborted_with_a_reason() {
    let value = |context, kind, data: &[u8]| Pdu::PData {
        data: vec![PDataValue {
            presentation_context_id: context,
            value_type: kind,
            is_last: true,
            data: data.to_vec(),
        }],
    };
    let cases = [
        (value(9, PDataValueType::Command, &[]), "presentation context 9"),
        (value(1, PDataValueType::Data, &[1]), "mixed"),
        (value(1, PDataValueType::Command, &[1, 2, 3]), "byte 0"),
        (Pdu::ReleaseRP, "no place"),
        (request(&[]), "no place"),
        (Pdu::Unknown { pdu_type: 0x42, data: Vec::new() }, "no place"),
    ];
    for (pdu, expected) in cases {
        let (mut acceptor, _) = opened(&[(1, CT, &[EXPLICIT_LE])]);
        let steps = acceptor.take(pdu.clone());
        let [Step::Send(Pdu::AbortRQ { .. }), Step::Close(Some(what))] = &steps[..] else {
            panic!("{steps:?}")
        };
        assert!(what.contains(expected), "{pdu:?}: {what}");
    }
    let mut acceptor = Acceptor::default();
    assert!(matches!(
        &acceptor.take(Pdu::ReleaseRQ)[..],
        [Step::Send(Pdu::AbortRQ { .. }), Step::Close(Some(_))]
    ));
}

#[test]
fn a_caller_may_be_kept_out() {
    for (why, expected) in [
        (Rejection::CalledUnknown, [1, 1, 7]),
        (Rejection::CallingUnknown, [1, 1, 3]),
        (Rejection::Busy, [2, 3, 2]),
    ] {
        let mut acceptor = Acceptor::default();
        acceptor.take(request(&[]));
        let steps = acceptor.reject(why);
        let [Step::Send(pdu), Step::Close(None)] = &steps[..] else { panic!("{steps:?}") };
        assert_eq!(bytes(pdu)[7..], expected, "{why:?}");
    }
}

#[test]
fn bytes_are_cut_into_pdus_wherever_they_break_off() {
    let whole = [bytes(&request(&[(1, CT, &[EXPLICIT_LE])])), bytes(&Pdu::ReleaseRQ)].concat();
    let mut frames = Frames::default();
    let mut found = 0;
    for byte in &whole {
        frames.push(&[*byte]);
        found += usize::from(frames.next_pdu().unwrap().is_some());
    }
    assert_eq!((found, frames.is_within()), (2, false));
}

#[test]
fn other_protocols_and_huge_lengths_are_refused_at_once() {
    let error = |bytes: &[u8]| {
        let mut frames = Frames::default();
        frames.push(bytes);
        frames.next_pdu().unwrap_err()
    };
    assert_eq!(error(b"GET / HTTP/1.1"), FrameError::Type(b'G'));
    assert_eq!(error(&[0x16, 3, 1]), FrameError::Type(0x16));
    assert_eq!(error(&[4, 0, 0xff, 0xff, 0xff, 0xff]), FrameError::TooLong(u32::MAX));
    assert!(matches!(error(&[1, 0, 0, 0, 0, 2, 0, 1]), FrameError::Malformed(_)));
}

#[test]
fn a_delivery_falls_back_to_implicit_but_never_unpacks() {
    let proposed = Proposed::of([(CT, EXPLICIT_LE), (CT, JPEG_2000)]);
    let mut acceptor = Acceptor::default();
    acceptor.take(proposed.pdu("PACS", "ME"));
    let steps = acceptor.accept();
    let [Step::Send(answer)] = &steps[..] else { panic!("{steps:?}") };
    let all = proposed.answered(answer).unwrap();
    assert_eq!(all.context_for(CT, JPEG_2000).unwrap().1, JPEG_2000);
    assert_eq!(all.context_for(CT, EXPLICIT_LE).unwrap().1, EXPLICIT_LE);
    assert_eq!(all.context_for("1.2.3", EXPLICIT_LE), None);
    let Pdu::AssociationAC(mut only) = answer.clone() else { panic!("no answer") };
    only.presentation_contexts.retain(|context| context.transfer_syntax == IMPLICIT_LE);
    let only = proposed.answered(&Pdu::AssociationAC(only)).unwrap();
    assert_eq!(only.context_for(CT, EXPLICIT_LE).unwrap().1, IMPLICIT_LE);
    assert_eq!(only.context_for(CT, JPEG_2000), None);
    assert!(proposed.answered(&Rejection::CallingUnknown.pdu()).unwrap_err().contains("calling AE title"));
    let mut answers = Answers::default();
    let back = message(1, Field::StoreResponse, &[]).pdus(1_024).remove(0);
    assert_eq!(answers.take(back).unwrap().len(), 1);
}

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..300), kind in 1_u8..8) {
        let mut frames = Frames::default();
        let length = (bytes.len() as u32).to_be_bytes();
        frames.push(&[[kind, 0].as_slice(), &length, &bytes].concat());
        if let Ok(Some(pdu)) = frames.next_pdu() {
            let (mut acceptor, _) = opened(&[(1, CT, &[EXPLICIT_LE])]);
            let _ = acceptor.take(pdu.clone());
            let _ = Acceptor::default().take(pdu);
        }
    }

    #[test]
    fn a_spoiled_request_is_answered(at in 0_usize..200, byte: u8) {
        let mut whole = bytes(&request(&[(1, CT, &[EXPLICIT_LE, IMPLICIT_LE])]));
        let at = at % whole.len();
        whole[at] = byte;
        let mut frames = Frames::default();
        frames.push(&whole);
        let _ = frames.next_pdu();
    }
}
