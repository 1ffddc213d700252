use crate::hl7::message::{Message, RemarkKind};

#[test]
fn what_was_tolerated_is_said_with_its_place() {
    use RemarkKind as K;
    for (bytes, expected) in [
        (&b"MSH|^~\\&|A\rPID|1\r"[..], vec![]),
        (b"MSH|^~\\&|A\rPID|1", vec![(16, K::Unended)]),
        (b"MSH|^~\\&|A\nPID|1\n", vec![(10, K::LineFeed), (16, K::LineFeed)]),
        (b"MSH|^~\\&|A\r\nPID|1\r", vec![(10, K::ReturnAndLineFeed)]),
        (b"\xEF\xBB\xBFMSH|^~\\&|A\r\r", vec![(0, K::BytesBefore), (13, K::BlankLine)]),
        (b"MSH|^~\\&|A\rNTE|a\nb\r", vec![(16, K::LineFeedInside)]),
        (b"MSH|^~\\&|A\rwords\r", vec![(11, K::OddName)]),
        (b"MSH|^~\\&|A\rMSH|^~\\&|B\r", vec![(11, K::SecondHeader)]),
        (b"MSH|^~\\&|\xEB\r", vec![(9, K::ForeignByte(String::new()))]),
        (b"MSH|^~\\&||||||||||||||||GB 18030\r", vec![(24, K::UnknownCharset("GB 18030".to_owned()))]),
    ] {
        let remarks = Message::parse(bytes).unwrap().remarks();
        let found: Vec<(usize, K)> = remarks.into_iter().map(|remark| (remark.at, remark.kind)).collect();
        assert_eq!(found, expected, "{:?}", String::from_utf8_lossy(bytes));
    }
}
