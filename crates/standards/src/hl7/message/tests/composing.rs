use crate::hl7::charset::Charset;
use crate::hl7::escape::EscapeError;
use crate::hl7::message::{ComposeError, Content, Line, Message, ParseError, Separators};

fn compose(lines: &[Line]) -> Result<String, ComposeError> {
    let message = Message::compose(&Separators::STANDARD, &Charset::Ascii, lines)?;
    Ok(String::from_utf8(message.into_bytes()).unwrap())
}

#[test]
fn segments_are_written_from_their_parts() {
    let header = Line::new("MSH").with(1, "ignored").with(3, "ADT").with(9, ["ADT", "A01"]);
    let authority = Content::from(["SSA", "1.2.3", "ISO"]);
    let number =
        Content::from([Content::from("9"), Content::Empty, Content::Empty, authority, Content::Empty]);
    let numbers = Content::repetitions([Content::from(["100", "", ""]), number, Content::Empty]);
    let patient = Line::new("PID").with(3, numbers).with(5, ["A|B", "C"]).with(7, None::<String>).with(9, "");
    assert_eq!(
        compose(&[header, patient, Line::new("ZZZ").with(1, Content::Raw(b"a^b".to_vec()))]).unwrap(),
        "MSH|^~\\&|ADT||||||ADT^A01\rPID|||100~9^^^SSA&1.2.3&ISO||A\\F\\B^C\rZZZ|a^b\r"
    );
}

#[test]
fn what_cannot_be_written_says_where() {
    let patient = |text: &str| Line::new("PID").with(5, text);
    let foreign = EscapeError::Foreign { letter: 'ë', charset: "ASCII".to_owned() };
    assert_eq!(
        compose(&[Line::new("MSH"), patient("Zoë")]),
        Err(ComposeError::Text { segment: "PID", field: 5, why: foreign })
    );
    assert!(matches!(compose(&[patient("x")]), Err(ComposeError::Header(ParseError::NotHl7 { .. }))));
}
