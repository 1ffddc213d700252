use proptest::prelude::*;

use super::*;

#[test]
fn a_command_set_is_read_as_it_was_written() {
    let command = Command::new(Field::Find)
        .with_uid(Command::SOP_CLASS, "1.2.840.10008.5.1.4.31")
        .with_number(Command::MESSAGE, 7)
        .with_text(Command::DESTINATION, "ME")
        .with_number(Command::DATASET_TYPE, WITH_DATASET);
    let read = Command::decode(&command.encode()).unwrap();
    assert_eq!(read, command);
    assert_eq!((read.field(), read.number(Command::MESSAGE)), (Field::Find, Some(7)));
    assert_eq!(read.text(Command::SOP_CLASS), "1.2.840.10008.5.1.4.31");
    assert!(read.has_dataset());
}

#[test]
fn what_is_no_command_set_is_refused() {
    assert_eq!(Command::decode(&[]), Err(CommandError::Missing("Command Field (0000,0100)")));
    assert_eq!(Command::decode(&[0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff]), Err(CommandError::Length(0)));
    assert_eq!(Command::decode(&[8, 0, 0, 0, 0, 0, 0, 0]), Err(CommandError::Group(8)));
    assert!(Command::decode(&vec![0; 20_000]).is_err());
}

#[test]
fn an_answer_names_what_it_answers_and_its_comment_fits() {
    let command = Command::new(Field::Echo)
        .with_number(Command::MESSAGE, 9)
        .with_number(Command::DATASET_TYPE, NO_DATASET);
    let request = Message {
        context: 3,
        abstract_syntax: sop::VERIFICATION.to_owned(),
        syntax: crate::dataset::IMPLICIT_LE.to_owned(),
        command,
        dataset: Vec::new(),
    };
    let long = "é".repeat(80) + &"x".repeat(80);
    let answer = response(&request, status::PROCESSING_FAILURE, Some(&long), None, None);
    assert_eq!(answer.command.field(), Field::Other(0x8030));
    assert_eq!(answer.command.number(Command::RESPONDED), Some(9));
    assert_eq!(answer.command.text(Command::COMMENT), "x".repeat(64));
    assert_eq!(answer.command.text(Command::SOP_CLASS), sop::VERIFICATION);
}

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(command) = Command::decode(&bytes) {
            prop_assert_eq!(Command::decode(&command.encode()), Ok(command));
        }
    }
}
