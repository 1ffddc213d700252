//! Copies converge, whatever the order and however often an update comes.

use boards::Board;
use proptest::prelude::*;

use crate::people::Copy;

/// Something that somebody does with their copy; `which` chooses among what is there.
#[derive(Debug, Clone)]
enum Deed {
    Card(usize),
    Type(usize, usize),
    Note(usize),
    Move(usize, usize),
    Drop(usize),
    Step,
    Unstep(usize),
    Link(usize, usize),
    Column,
    Row,
    Cell(usize, usize),
}

const LANES: [&str; 4] = ["known", "open", "risk", "idea"];

fn deed() -> impl Strategy<Value = Deed> {
    let any = 0..40_usize;
    prop_oneof![
        any.clone().prop_map(Deed::Card),
        (any.clone(), any.clone()).prop_map(|(which, at)| Deed::Type(which, at)),
        any.clone().prop_map(Deed::Note),
        (any.clone(), any.clone()).prop_map(|(which, lane)| Deed::Move(which, lane)),
        any.clone().prop_map(Deed::Drop),
        Just(Deed::Step),
        any.clone().prop_map(Deed::Unstep),
        (any.clone(), any.clone()).prop_map(|(from, to)| Deed::Link(from, to)),
        Just(Deed::Column),
        Just(Deed::Row),
        (any.clone(), any).prop_map(|(row, column)| Deed::Cell(row, column)),
    ]
}

fn pick(ids: &[String], which: usize) -> Option<&String> {
    (!ids.is_empty()).then(|| &ids[which % ids.len()])
}

fn does(copy: &mut Copy, deed: &Deed) -> Option<()> {
    match *deed {
        Deed::Card(lane) => drop(copy.card(LANES[lane % 4], "slip 🏥")),
        Deed::Type(which, at) => copy.type_into(pick(&copy.ids("cards"), which)?, at, "ü—x"),
        Deed::Note(at) => copy.note(at, "note 📌 "),
        Deed::Move(which, lane) => {
            copy.set("cards", pick(&copy.ids("cards"), which)?, "lane", LANES[lane % 4]);
        }
        Deed::Drop(which) => copy.remove("cards", pick(&copy.ids("cards"), which)?),
        Deed::Step => drop(copy.step("do it")),
        Deed::Unstep(which) => copy.remove("steps", pick(&copy.ids("steps"), which)?),
        Deed::Link(from, to) => {
            let steps = copy.ids("steps");
            let ends =
                [("from", pick(&steps, from)?.as_str()), ("to", pick(&steps, to)?.as_str()), ("when", "")];
            copy.put("links", 0.0, &ends, &[]);
        }
        Deed::Column => drop(copy.put("columns", 0.0, &[("name", "who")], &[])),
        Deed::Row => drop(copy.put("rows", 0.0, &[], &[])),
        Deed::Cell(row, column) => {
            let field = format!("cell-{}", pick(&copy.ids("columns"), column)?);
            copy.set("rows", pick(&copy.ids("rows"), row)?, &field, "cell");
        }
    }
    Some(())
}

/// What three people wrote apart from each other, update by update.
fn written(base: &Board, deeds: &[Vec<Deed>]) -> Vec<Vec<Vec<u8>>> {
    let one = |(client, deeds): (u64, &Vec<Deed>)| {
        let mut copy = Copy::of(base, client);
        deeds
            .iter()
            .map(|deed| {
                does(&mut copy, deed);
                copy.said()
            })
            .collect()
    };
    (11..).zip(deeds).map(one).collect()
}

/// The updates of all, each person's in their order, the next always of whom `turns` names.
fn woven(written: &[Vec<Vec<u8>>], turns: &[usize]) -> Vec<Vec<u8>> {
    let mut queues: Vec<_> = written.iter().map(|updates| updates.iter()).collect();
    let mut all = Vec::new();
    for turn in turns.iter().copied().chain((0..queues.len()).flat_map(|who| std::iter::repeat_n(who, 40))) {
        let who = turn % queues.len();
        all.extend(queues[who].next().cloned());
    }
    all
}

fn base() -> Board {
    let mut board = Board::new();
    let mut copy = Copy::of(&board, 7);
    copy.card("known", "The printer table is wrong");
    let (one, two) = (copy.step("Print"), copy.step("Read the label"));
    copy.put("links", 0.0, &[("from", &one), ("to", &two), ("when", "always")], &[]);
    copy.put("columns", 0.0, &[("name", "Who")], &[]);
    copy.put("rows", 0.0, &[], &[]);
    board.apply(&copy.said()).unwrap();
    board
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_order_of_updates_all_see_the_same(
        deeds in prop::collection::vec(prop::collection::vec(deed(), 0..14), 3),
        turns in prop::collection::vec(0..3_usize, 0..40),
        others in prop::collection::vec(0..3_usize, 0..40),
    ) {
        let base = base();
        let written = written(&base, &deeds);
        let (mut one, mut another) = (Board::of(base.state()).unwrap(), Board::of(base.state()).unwrap());
        for update in woven(&written, &turns) {
            one.apply(&update).unwrap();
        }
        for update in woven(&written, &others) {
            another.apply(&update).unwrap();
            prop_assert!(!another.apply(&update).unwrap(), "what comes twice counts once");
        }
        prop_assert_eq!(one.contents(), another.contents());
        // Somebody who was away since the beginning catches up by what they lack, and a board read anew is the same.
        let late = Copy::of(&base, 99);
        let known = yrs::updates::encoder::Encode::encode_v1(&yrs::ReadTxn::state_vector(&yrs::Transact::transact(&late.doc)));
        let mut caught_up = Board::of(base.state()).unwrap();
        caught_up.apply(&one.since(&known).unwrap()).unwrap();
        prop_assert_eq!(caught_up.contents(), one.contents());
        let again = Board::of(another.state()).unwrap();
        prop_assert_eq!(again.contents(), one.contents());
    }

    #[test]
    fn broken_bytes_change_nothing(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut board = base();
        let before = (board.state().to_vec(), board.contents().clone());
        if board.apply(&bytes).is_err() {
            prop_assert_eq!(&before, &(board.state().to_vec(), board.contents().clone()));
        }
        let _ = board.since(&bytes);
    }

    #[test]
    fn an_update_with_a_byte_changed_is_taken_whole_or_not_at_all(
        deeds in prop::collection::vec(deed(), 1..8),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut board = base();
        let mut copy = Copy::of(&board, 11);
        for deed in &deeds {
            does(&mut copy, deed);
        }
        let mut update = copy.said();
        let place = at.index(update.len());
        update[place] = byte;
        let before = board.contents().clone();
        if board.apply(&update).is_err() {
            prop_assert_eq!(&before, board.contents());
        }
        // And the board goes on all the same.
        let mut other = Copy::of(&board, 12);
        other.card("idea", "Go on");
        board.apply(&other.said()).unwrap();
        prop_assert!(board.contents().cards.iter().any(|card| card.text == "Go on"));
    }
}

#[test]
fn two_who_type_into_one_card_both_keep_their_words() {
    let mut board = base();
    let (mut ana, mut ben) = (Copy::of(&board, 11), Copy::of(&board, 12));
    let card = ana.ids("cards")[0].clone();
    ana.type_into(&card, 0, "Ana: ");
    ben.type_into(&card, 26, ", says Ben");
    let (first, second) = (ana.said(), ben.said());
    board.apply(&second).unwrap();
    board.apply(&first).unwrap();
    assert_eq!(board.contents().cards[0].text, "Ana: The printer table is wrong, says Ben");
    ana.hear(&second);
    ben.hear(&first);
    assert_eq!(Board::of(&ana.state()).unwrap().contents(), board.contents());
}

#[test]
fn an_arrow_to_a_step_that_another_took_away_is_not_shown() {
    let mut board = base();
    let (mut ana, mut ben) = (Copy::of(&board, 11), Copy::of(&board, 12));
    let steps = ana.ids("steps");
    ana.put("links", 0.0, &[("from", &steps[1]), ("to", &steps[0]), ("when", "")], &[]);
    ben.remove("steps", &steps[0]);
    board.apply(&ana.said()).unwrap();
    board.apply(&ben.said()).unwrap();
    assert_eq!((board.contents().steps.len(), board.contents().links.len()), (1, 0));
}
