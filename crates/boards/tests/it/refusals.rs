//! What is refused leaves the board as it was, and says why.

use boards::limits::{CARDS_MAX, NOTES_CHARS_MAX, UPDATE_BYTES_MAX};
use boards::{Board, Refusal};
use yrs::{Any, Array, Map, Text, Transact, WriteTxn, XmlFragment, XmlTextPrelim};

use crate::people::Copy;

/// Applies what somebody does with a copy of a board on which one card lies, and says why it was refused.
fn refused(does: impl FnOnce(&mut Copy)) -> String {
    let mut board = Board::new();
    let mut first = Copy::of(&board, 7);
    first.card("known", "Stays");
    board.apply(&first.said()).unwrap();
    let before = board.state().to_vec();
    let mut copy = Copy::of(&board, 8);
    does(&mut copy);
    let refusal = board.apply(&copy.said()).unwrap_err();
    assert_eq!(board.state(), before, "{refusal}");
    let mut last = Copy::of(&board, 9);
    last.card("known", "Goes on");
    board.apply(&last.said()).unwrap();
    refusal.to_string()
}

#[test]
fn what_no_board_has_is_refused() {
    let odd = refused(|copy| drop(copy.card("secret-lane", "x")));
    assert!(odd.contains("'c8n0' among the cards lies in a lane that there is not"), "{odd}");
    assert!(
        refused(|copy| drop(copy.put("cards", 0.0, &[("lane", "known")], &[]))).contains("lacks its text")
    );
    let more = [("lane", "known"), ("vote", "yes")];
    assert!(
        refused(|copy| drop(copy.put("cards", 0.0, &more, &[("text", "x")])))
            .contains("a field that no such thing has")
    );
    assert!(
        refused(|copy| drop(copy.put("cards", f64::NAN, &[("lane", "known")], &[("text", "x")])))
            .contains("has no place")
    );
    assert!(refused(|copy| drop(copy.put("votes", 0.0, &[], &[]))).contains("a part that no board has"));
    let map = |copy: &mut Copy, key: &str, value: Any| {
        let part = copy.part("cards");
        part.insert(&mut copy.doc.transact_mut(), key, value);
    };
    assert!(refused(|copy| map(copy, "x1", Any::from("words"))).contains("is no thing with fields"));
    assert!(refused(|copy| map(copy, "x1", Any::from(vec![1_u8]))).contains("neither words nor a number"));
    let deep = (0..2_000).fold(Any::Null, |inner, _| Any::from(vec![inner]));
    assert!(refused(|copy| map(copy, "x1", deep)).contains("neither words nor a number"));
    assert!(
        refused(|copy| drop(copy.put("cards", 0.0, &[("lane", "known"), ("a b", "")], &[("text", "")])))
            .contains("field")
    );
}

#[test]
fn formats_lists_and_markup_have_no_way_in() {
    let bold = refused(|copy| {
        let notes = copy.doc.get_or_insert_text("notes");
        let attributes = [("bold".into(), true.into())].into();
        notes.insert_with_attributes(&mut copy.doc.transact_mut(), 0, "x", attributes);
    });
    assert!(bold.contains("formats"), "{bold}");
    let list = refused(|copy| {
        let list = copy.doc.get_or_insert_array("rows");
        list.push_back(&mut copy.doc.transact_mut(), Any::Bool(true));
    });
    assert!(list.contains("neither words nor a number"), "{list}");
    let markup = refused(|copy| {
        let mut txn = copy.doc.transact_mut();
        let fragment = txn.get_or_insert_xml_fragment("notes");
        fragment.push_back(&mut txn, XmlTextPrelim::new("<script>"));
    });
    assert!(markup.contains("markup"), "{markup}");
}

#[test]
fn what_does_not_fit_is_refused_in_words() {
    let mut board = Board::new();
    let fifty_mb = vec![0; 50 << 20];
    let refusal = board.apply(&fifty_mb).unwrap_err();
    assert_eq!(refusal, Refusal::Large { bytes: 50 << 20, max: UPDATE_BYTES_MAX });
    assert!(refusal.to_string().contains("52428800 bytes"), "{refusal}");
    let many = refused(|copy| (0..CARDS_MAX).for_each(|_| drop(copy.card("idea", "x"))));
    assert!(many.contains("201 cards, and at most 200 fit"), "{many}");
    let long = refused(|copy| copy.note(0, &"x".repeat(NOTES_CHARS_MAX + 1)));
    assert!(long.contains("20001 characters of shared text"), "{long}");
    assert!(refused(|copy| drop(copy.card("idea", &"x".repeat(1_001)))).contains("characters in one place"));
    assert!(
        refused(|copy| drop(copy.put("columns", 0.0, &[("name", &"x".repeat(301))], &[])))
            .contains("characters in one place")
    );
}

#[test]
fn a_document_cannot_be_filled_up_bit_by_bit() {
    let mut board = Board::new();
    let mut copy = Copy::of(&board, 8);
    let card = copy.card("idea", "x");
    board.apply(&copy.said()).unwrap();
    // Cells of columns that are gone would be a place to hide things in.
    let row = copy.put("rows", 0.0, &[], &[]);
    let mut refusal = None;
    for at in 0..100 {
        copy.set("rows", &row, &format!("cell-x{at}"), &"y".repeat(300));
        refusal = refusal.or(board.apply(&copy.said()).err());
    }
    assert!(matches!(refusal, Some(Refusal::Full { what: "cells in one row", .. })), "{refusal:?}");
    assert!(board.contents().cards.iter().any(|one| one.id == card));
}

#[test]
fn what_builds_on_something_never_sent_is_refused() {
    let ahead = refused(|copy| {
        copy.card("idea", "Never sent");
        copy.said();
        copy.card("idea", "Sent");
    });
    assert!(ahead.contains("changes that this board does not have"), "{ahead}");
}

#[test]
fn counts_that_promise_more_than_there_is_are_refused_before_anything_is_allocated() {
    let mut board = Board::new();
    for bytes in [
        &[255, 255, 255, 255, 15][..],
        &[1, 255, 255, 255, 255, 15, 1, 0],
        &[1, 1, 1, 0, 0, 255, 255, 255, 255, 15, 0],
    ] {
        assert!(matches!(board.apply(bytes), Err(Refusal::Unreadable(_))), "{bytes:?}");
        assert!(board.since(bytes).is_err());
    }
    assert!(board.contents().is_empty());
}
