//! Separators, escapes and character sets.

use super::ask::{accepted, ask, ask_bytes};
use super::messages::draft;
use crate::model::{Group, Stop, Test};
use crate::run::Step;

/// How messages are written.
pub(super) fn group() -> Group {
    Group {
        id: "hl7v2-receiver/notation".to_owned(),
        title: "Separators and character sets".to_owned(),
        about: "The same message in other notations that the standard allows.".to_owned(),
        tests: vec![
            test("separators", "Other separators are understood", separators).of(&["v2.separators"]).about(
                "The message comes with `#`, `@`, `!`, `$` and `%` in the places of `|`, `^`, `~`, `\\` and `&`.",
            ),
            test("escapes", "Escaped separators are text", escapes).of(&["v2.escapes"]),
            test("utf-8", "A name in UTF-8 is accepted", utf_8).of(&["v2.charset"]),
            test("latin-1", "A name in ISO 8859/1 is accepted, if MSH-18 says so", latin_1)
                .of(&["v2.charset"])
                .optional(true)
                .about("Receivers may serve one character set alone; then this failing says which messages will not arrive."),
        ],
        ..Group::default()
    }
}

fn test(id: &str, title: &str, work: fn(&mut Step<'_>) -> Result<(), Stop>) -> Test {
    Test::new(format!("hl7v2-receiver/notation/{id}"), title, work).needs(&["accepted"])
}

fn separators(step: &mut Step<'_>) -> Result<(), Stop> {
    let draft = draft(step);
    let swap = |letter: char| match letter {
        '|' => '#',
        '^' => '@',
        '~' => '!',
        '\\' => '$',
        '&' => '%',
        other => other,
    };
    let text = String::from_utf8_lossy(&draft.bytes()).chars().map(swap).collect::<String>();
    let answer = ask_bytes(step, text.as_bytes())?;
    accepted(&answer)?;
    match answer.control_id == draft.control_id {
        true => Ok(()),
        false => Err(Stop::Fail(format!(
            "MSA-2 is {:?}, and MSH-10 of the message with other separators was {:?}",
            answer.control_id, draft.control_id
        ))),
    }
}

fn escapes(step: &mut Step<'_>) -> Result<(), Stop> {
    let draft =
        draft(step).with("PID", |line| line.replace("Okafor", r"Okafor \T\ Daughters \F\ \E\ \S\ \R\"));
    accepted(&ask(step, &draft)?)
}

fn utf_8(step: &mut Step<'_>) -> Result<(), Stop> {
    let draft = draft(step).with("PID", |line| line.replace("Ngozi", "Ngọzi Œuvre 雪"));
    accepted(&ask(step, &draft)?)
}

fn latin_1(step: &mut Step<'_>) -> Result<(), Stop> {
    let draft = draft(step).with_header(18, "8859/1").with("PID", |line| line.replace("Ngozi", "José"));
    // In ISO 8859/1 a character is the byte of its number.
    let text = String::from_utf8_lossy(&draft.bytes()).into_owned();
    let bytes: Vec<u8> = text.chars().filter_map(|letter| u8::try_from(u32::from(letter)).ok()).collect();
    accepted(&ask_bytes(step, &bytes)?)
}
