use crate::hl7::batch::{Batch, BatchRemarkKind, Role, wrap};
use crate::hl7::message::Message;

const FILE: &str = "FHS|^~\\&|LAB\rBHS|^~\\&|LAB\rMSH|^~\\&|A\rPID|1\rMSH|^~\\&|B\rBTS|2\rFTS|1\r";

#[test]
fn a_file_is_taken_apart_and_keeps_its_bytes() {
    use Role::{BatchHeader, BatchTrailer, FileHeader, FileTrailer, Message as Msg};
    let batch = Batch::parse(FILE).unwrap();
    let roles: Vec<Role> = batch.pieces().iter().map(|piece| piece.role).collect();
    assert_eq!(roles, [FileHeader, BatchHeader, Msg, Msg, BatchTrailer, FileTrailer]);
    assert_eq!(batch.messages().collect::<Vec<_>>(), [&b"MSH|^~\\&|A\rPID|1\r"[..], b"MSH|^~\\&|B\r"]);
    let printed: Vec<u8> =
        batch.pieces().iter().flat_map(|piece| &batch.bytes()[piece.span.clone()]).copied().collect();
    assert_eq!(printed, FILE.as_bytes());
    assert_eq!(batch.remarks(), []);
    assert_eq!(Batch::parse("\u{feff}MSH|^~\\&|A\nMSH|^~\\&|B").unwrap().messages().count(), 2);
    assert!(Batch::parse("PID|1").is_err());
}

#[test]
fn counts_and_missing_trailers_are_said() {
    for (from, to, kind) in [
        ("BTS|2", "BTS|3", BatchRemarkKind::Messages { said: "3".to_owned(), counted: 2 }),
        ("FTS|1", "FTS|x", BatchRemarkKind::Batches { said: "x".to_owned(), counted: 1 }),
        ("BTS|2\r", "", BatchRemarkKind::Unended { header: "BHS", trailer: "BTS" }),
        ("FTS|1\r", "", BatchRemarkKind::Unended { header: "FHS", trailer: "FTS" }),
    ] {
        let remarks = Batch::parse(FILE.replace(from, to)).unwrap().remarks();
        assert_eq!(remarks.into_iter().map(|remark| remark.kind).collect::<Vec<_>>(), [kind]);
    }
}

#[test]
fn messages_are_wrapped_and_found_again() {
    let messages =
        ["MSH|^~\\&|A|B|C|D|20260301\rPID|1", "MSH|^~\\&|X\r"].map(|text| Message::parse(text).unwrap());
    let file = wrap(&messages);
    assert!(file.starts_with(b"FHS|^~\\&|A|B|C|D|20260301\rBHS|"));
    let batch = Batch::parse(file).unwrap();
    assert_eq!((batch.messages().count(), batch.remarks()), (2, vec![]));
    assert_eq!(wrap(&[]), b"");
}
