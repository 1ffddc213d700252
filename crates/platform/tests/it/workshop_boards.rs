//! Boards of workshops: who may write, what is kept over a restart, and that nothing of a run finds its way into one.

use platform::people::Person;
use platform::workshops::{Act, NewWorkshop, WorkshopError, case};
use yrs::updates::encoder::Encode;
use yrs::{ClientID, Doc, Map, MapPrelim, Options, ReadTxn, StateVector, TextPrelim, Transact};

use crate::workshops::{CASE, ROLES, Room};

/// An update that puts a card with these words on a board, from a window of its own.
fn card(window: u64, words: &str) -> Vec<u8> {
    let doc = Doc::with_options(Options::with_guid_and_client_id("copy".into(), ClientID::new(window)));
    let cards = doc.get_or_insert_map("cards");
    let mut txn = doc.transact_mut();
    let card = cards.insert(&mut txn, format!("card{window}"), MapPrelim::default());
    card.insert(&mut txn, "order", 0.0);
    card.insert(&mut txn, "lane", "idea");
    card.insert(&mut txn, "text", TextPrelim::new(words));
    drop(txn);
    doc.transact().encode_state_as_update_v1(&StateVector::default())
}

impl Room {
    fn write(&self, person: &Person, update: &[u8]) -> Result<u64, WorkshopError> {
        self.home.platform.write_board(person, &self.workshop.id, update)
    }

    /// The words on the cards that somebody sees.
    fn cards(&self, person: &Person) -> Vec<String> {
        let view = self.home.platform.view_board(person, &self.workshop.id).unwrap();
        view.contents.cards.into_iter().map(|card| card.text).collect()
    }

    /// Why somebody's writing is refused.
    fn refused(&self, person: &Person) -> String {
        let before = self.cards(&self.home.ana);
        let refusal = self.write(person, &card(99, "Refused")).unwrap_err().to_string();
        assert_eq!(self.cards(&self.home.ana), before, "{refusal}");
        refusal
    }
}

#[test]
fn all_who_take_part_write_and_read_the_same_and_nobody_else_does() {
    let room = Room::laid();
    let (cno, it) = (room.of("cno"), room.of("it-lead"));
    assert_eq!(room.write(cno, &card(1, "From nursing")).unwrap(), 1);
    assert_eq!(room.write(it, &card(2, "From IT")).unwrap(), 2);
    assert_eq!(room.write(it, &card(2, "From IT")).unwrap(), 2, "the same twice counts once");
    for person in [cno, it, &room.home.ana] {
        assert_eq!(room.cards(person), ["From nursing", "From IT"]);
    }
    // Ines teaches and may look on; Ben was invited and took no seat.
    for onlooker in [&room.home.ines, &room.home.ben] {
        assert_eq!(room.cards(onlooker).len(), 2);
        assert!(room.refused(onlooker).contains("looks on"));
    }
    let platform = &room.home.platform;
    let new = NewWorkshop { case: CASE, begins: "", invited: "" };
    let other = platform.schedule_workshop(&room.home.ines, &new).unwrap();
    assert!(matches!(platform.view_board(cno, &other.id), Err(WorkshopError::NotYours(_))));
    assert!(matches!(platform.board_since(cno, &other.id, &[]), Err(WorkshopError::NotYours(_))));
    assert!(matches!(platform.write_board(cno, &other.id, &card(1, "x")), Err(WorkshopError::NotYours(_))));
    assert!(matches!(
        platform.at_board_place(cno, &other.id, "w", Some("")),
        Err(WorkshopError::NotYours(_))
    ));
    assert!(platform.view_board(&room.home.ines, &other.id).unwrap().contents.cards.is_empty());
}

#[test]
fn the_facilitator_locks_a_board_and_the_end_of_the_workshop_closes_it() {
    let room = Room::playing(1);
    let (ana, cno) = (&room.home.ana, room.of("cno"));
    let lock = |person, locked| room.home.platform.lock_board(person, &room.workshop.id, locked);
    assert!(lock(cno, true).unwrap_err().to_string().contains("only the facilitator"));
    lock(ana, true).unwrap();
    assert!(room.refused(cno).contains("locked the board"));
    room.write(ana, &card(1, "Look here")).unwrap();
    lock(ana, false).unwrap();
    room.write(cno, &card(2, "Seen")).unwrap();
    // A step back keeps what people wrote: they remember it.
    room.act(ana, &Act::Rewind { phase: "briefing".to_owned() }).unwrap();
    assert_eq!(room.cards(cno).len(), 2);
    room.act(ana, &Act::End).unwrap();
    assert!(room.refused(cno).contains("is over"));
    assert!(room.refused(ana).contains("is over"));
    assert_eq!(room.cards(cno).len(), 2, "it can be read afterwards");
}

#[test]
fn a_restart_keeps_the_board_and_its_lock_however_much_was_written() {
    let room = Room::laid();
    for window in 1..=150 {
        room.write(&room.home.ana, &card(window, "x")).unwrap();
    }
    // More than are kept loose: with these it has been written whole once.
    for window in 1..=150 {
        let doc =
            Doc::with_options(Options::with_guid_and_client_id("copy".into(), ClientID::new(1_000 + window)));
        let columns = doc.get_or_insert_map("columns");
        let mut txn = doc.transact_mut();
        let column = columns.insert(&mut txn, "c1", MapPrelim::default());
        column.insert(&mut txn, "order", 0.0);
        column.insert(&mut txn, "name", format!("Name {window}"));
        drop(txn);
        let update = doc.transact().encode_state_as_update_v1(&StateVector::default());
        room.write(&room.home.ana, &update).unwrap();
    }
    room.home.platform.lock_board(&room.home.ana, &room.workshop.id, true).unwrap();
    let before = room.home.platform.view_board(&room.home.ana, &room.workshop.id).unwrap();
    assert_eq!((before.seq, before.contents.cards.len(), before.contents.columns.len()), (300, 150, 1));
    let Room { home, workshop, .. } = room;
    let home = home.begun_again();
    let after = home.platform.view_board(&home.ana, &workshop.id).unwrap();
    assert_eq!((after.seq, after.locked, after.contents), (before.seq, true, before.contents));
    // Who was away catches up by what they lack.
    let known = StateVector::default().encode_v1();
    let all = home.platform.board_since(&home.ana, &workshop.id, &known).unwrap();
    assert_eq!((all.seq, boards_cards(&all.update)), (300, 150));
}

/// How many cards an update brings.
fn boards_cards(update: &[u8]) -> u32 {
    let doc = Doc::new();
    let cards = doc.get_or_insert_map("cards");
    let update = <yrs::Update as yrs::updates::decoder::Decode>::decode_v1(update).unwrap();
    doc.transact_mut().apply_update(update).unwrap();
    cards.len(&doc.transact())
}

#[test]
fn what_does_not_fit_is_refused_in_words_and_nothing_of_it_is_kept() {
    let room = Room::laid();
    let ana = &room.home.ana;
    room.write(ana, &card(1, "Stays")).unwrap();
    let fifty_mb = room.write(ana, &vec![0; 50 << 20]).unwrap_err();
    assert!(fifty_mb.to_string().contains("at most 262144 are taken at once"), "{fifty_mb}");
    let long = room.write(ana, &card(2, &"x".repeat(1_001))).unwrap_err();
    assert!(long.to_string().contains("at most 1000 fit"), "{long}");
    assert!(room.write(ana, b"no update at all").is_err());
    assert!(room.home.platform.board_since(ana, &room.workshop.id, b"no vector").is_err());
    assert_eq!(room.cards(ana), ["Stays"]);
    let Room { home, workshop, .. } = room;
    let home = home.begun_again();
    assert_eq!(home.platform.view_board(&home.ana, &workshop.id).unwrap().contents.cards.len(), 1);
}

#[test]
fn nothing_of_a_run_finds_its_way_into_a_board() {
    let room = Room::playing(2);
    let cno = room.of("cno");
    room.act(cno, &Act::Say { to: Some("cmio".to_owned()), text: "MARK-private".to_owned() }).unwrap();
    room.act(cno, &Act::Share { fact: "six-patients".to_owned(), to: Some("cmio".to_owned()) }).ok();
    room.act(cno, &Act::Vote { decision: "switch".to_owned(), option: "ward-only".to_owned() }).unwrap();
    room.act(&room.home.ana, &Act::Note { text: "MARK-note".to_owned() }).unwrap();
    room.act(&room.home.ana, &Act::Next { after: None }).unwrap();
    room.act(&room.home.ana, &Act::Pass { minutes: 15 }).unwrap();
    room.write(cno, &card(1, "A card of all")).unwrap();
    room.home.platform.at_board_place(cno, &room.workshop.id, "w1", Some("card-card1")).unwrap();
    let case = case(CASE).unwrap();
    let facts = case.roles.iter().flat_map(|role| role.facts.iter().map(|fact| fact.says.as_str()));
    let briefs = case.roles.iter().map(|role| role.brief.as_str());
    let injects = case.injects.iter().map(|inject| inject.says.as_str());
    let secrets: Vec<&str> =
        facts.chain(briefs).chain(injects).chain(["MARK-private", "MARK-note", "ward-only"]).collect();
    for who in ROLES.map(|role| room.of(role)).into_iter().chain([&room.home.ana, &room.home.ines]) {
        let platform = &room.home.platform;
        let id = &room.workshop.id;
        let view = platform.view_board(who, id).unwrap();
        let update = platform.board_since(who, id, &[]).unwrap().update;
        let told = [
            format!("{:?} {:?} {:?}", view.contents, view.here, view.why_not),
            String::from_utf8_lossy(&update).into_owned(),
            platform.board_markdown(who, id).unwrap(),
            platform.board_cards_csv(who, id).unwrap(),
            platform.board_table_csv(who, id).unwrap(),
        ]
        .concat();
        assert!(told.contains("A card of all"));
        for secret in &secrets {
            assert!(!told.contains(secret), "{} reads on the board: {secret}", who.login);
        }
    }
}

#[test]
fn others_see_where_somebody_is_for_as_long_as_they_are_there() {
    let room = Room::laid();
    let (platform, id) = (&room.home.platform, &room.workshop.id);
    let here = || {
        let here = platform.view_board(&room.home.ana, id).unwrap().here;
        here.into_iter().map(|one| (one.name, one.window, one.at)).collect::<Vec<_>>()
    };
    let at = |role: &str, window: &str, at| platform.at_board_place(room.of(role), id, window, at);
    let shown = |name: &str, window: &str, at: &str| (name.to_owned(), window.to_owned(), at.to_owned());
    at("it-lead", "w1", Some("notes")).unwrap();
    at("it-lead", "w2", Some("")).unwrap();
    at("cno", "w1", Some("card-a")).unwrap();
    assert_eq!(
        here(),
        [shown("cno", "w1", "card-a"), shown("it-lead", "w1", "notes"), shown("it-lead", "w2", "")]
    );
    at("it-lead", "w1", None).unwrap();
    room.home.clock.advance(20_000_000);
    at("it-lead", "w2", Some("step-b")).unwrap();
    room.home.clock.advance(15_000_000);
    assert_eq!(here(), [shown("it-lead", "w2", "step-b")], "who says nothing for half a minute has gone");
    let odd = at("cno", "w1", Some("<script>")).unwrap_err();
    assert!(odd.to_string().contains("letters, digits and hyphens"), "{odd}");
    assert!(at("cno", "", Some("")).is_err());
    assert!(at("cno", "w1", Some(&"x".repeat(49))).is_err());
}
