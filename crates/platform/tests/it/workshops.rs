//! Workshops in a real hospital: who sees what by every way, what a step back takes back, and who may have the console.

use platform::clock::Clock;
use platform::people::{NewPerson, Person, Role};
use platform::portfolio::{Help, Source};
use platform::workshops::{Act, NewWorkshop, Workshop, WorkshopError, case};
use store::journal::Filter;

use crate::home::{Home, home};

pub(crate) const CASE: &str = "ehr-go-live";
pub(crate) const ROLES: [&str; 5] = ["cno", "cmio", "it-lead", "registration", "trainer"];

pub(crate) struct Room {
    pub(crate) home: Home,
    pub(crate) workshop: Workshop,
    /// One person for each role, in their order.
    people: Vec<Person>,
}

impl Room {
    /// Ana facilitates; five people sit, and nothing has begun.
    pub(crate) fn laid() -> Self {
        let mut competencies = platform::content::files(None).unwrap();
        competencies.retain(|file| file.path.starts_with("competencies/"));
        let home = home(&competencies);
        let new = NewWorkshop { case: CASE, begins: "", invited: "ben" };
        let workshop = home.platform.schedule_workshop(&home.ana, &new).unwrap();
        let mut room = Self { home, workshop, people: Vec::new() };
        for role in ROLES {
            let new = NewPerson { login: role, name: role, role: Role::Learner, password: None };
            let person = room.home.platform.people().add(new).unwrap();
            room.home.platform.join_workshop(&person, &room.workshop.code).unwrap();
            room.act(&person, &Act::Sit { role: Some(role.to_owned()) }).unwrap();
            room.people.push(person);
        }
        room
    }

    /// The same in the phase of this number, from 1; the clock stands.
    pub(crate) fn playing(phase: usize) -> Self {
        let room = Self::laid();
        for _ in 0..phase {
            room.act(&room.home.ana, &Act::Next { after: None }).unwrap();
        }
        room.act(&room.home.ana, &Act::Pause { paused: true }).unwrap();
        room
    }

    pub(crate) fn act(&self, person: &Person, act: &Act) -> Result<(), WorkshopError> {
        self.home.platform.act_in_workshop(person, &self.workshop.id, act)
    }

    pub(crate) fn of(&self, role: &str) -> &Person {
        &self.people[ROLES.iter().position(|one| *one == role).unwrap()]
    }

    /// Everything that somebody can get to of the workshop and of its hospital, as text.
    fn everything(&self, person: &Person) -> String {
        let platform = &self.home.platform;
        let view = platform.view_workshop(person, &self.workshop.id).unwrap();
        let mut all = serde_json::to_string(&view.seen).unwrap();
        all.push_str(&format!("{:?}", view.rating));
        all.push_str(view.guide.unwrap_or_default());
        all.push_str(&platform.workshop_calendar(person, &self.workshop.id).unwrap());
        all.push_str(&format!("{:?}", platform.workshop_report(person, &self.workshop.id)));
        all.push_str(&format!("{:?}", platform.workshop_decisions_csv(person, &self.workshop.id)));
        if let Some(sandbox) = &view.workshop.sandbox {
            let access = platform.look_in(person, sandbox.as_str(), "page").unwrap();
            for entry in platform.journal(&access, &Filter::default()).unwrap() {
                all.push_str(&format!("{} {}", entry.event.kind, entry.event.detail));
            }
        }
        all.push_str(&format!("{:?}", platform.drills_of(person)));
        let board = platform.view_board(person, &self.workshop.id).unwrap();
        all.push_str(&format!("{:?} {:?} {:?}", board.contents, board.here, board.why_not));
        all.push_str(&platform.board_markdown(person, &self.workshop.id).unwrap());
        all
    }
}

fn share(fact: &str) -> Act {
    Act::Share { fact: fact.to_owned(), to: None }
}

#[test]
fn no_way_leads_to_anothers_envelope_votes_or_events() {
    let room = Room::playing(3);
    let (cno, cmio, it) = (room.of("cno"), room.of("cmio"), room.of("it-lead"));
    let say = |to: &str, text: &str| Act::Say { to: Some(to.to_owned()), text: text.to_owned() };
    room.act(cno, &say("cmio", "MARK-private")).unwrap();
    room.act(&room.home.ana, &Act::Note { text: "MARK-note".to_owned() }).unwrap();
    // Comes to registration alone, six minutes into the phase.
    room.act(&room.home.ana, &Act::Pass { minutes: 8 }).unwrap();
    let case = case(CASE).unwrap();
    let others: Vec<&str> = case
        .roles
        .iter()
        .filter(|role| role.id != "it-lead")
        .flat_map(|role| role.facts.iter().map(|fact| fact.says.as_str()).chain([role.brief.as_str()]))
        .collect();
    let seen = room.everything(it);
    for secret in others.iter().copied().chain([
        "MARK-private",
        "MARK-note",
        "two-okafors",
        "Bed 7 has not been stuck yet",
        "Two patients called",
    ]) {
        assert!(!seen.contains(secret), "IT can get to: {secret}");
    }
    assert!(
        seen.contains("Nobody gets in") || !seen.contains("slow-sign-in"),
        "an event that did not come is not named"
    );
    assert!(room.everything(cmio).contains("MARK-private"));
    assert!(room.everything(room.of("registration")).contains("Bed 7 has not been stuck yet"));
    // Somebody from outside sees nothing at all, by the workshop or by the drill beneath.
    let nobody = room.home.platform.view_workshop(
        &room
            .home
            .platform
            .people()
            .add(NewPerson { login: "zoe", name: "zoe", role: Role::Learner, password: None })
            .unwrap(),
        &room.workshop.id,
    );
    assert!(matches!(nobody, Err(WorkshopError::NotYours(_))));
}

#[test]
fn what_is_shared_and_decided_reaches_everybody_and_the_hospital() {
    let room = Room::playing(2);
    let (it, cno) = (room.of("it-lead"), room.of("cno"));
    room.act(it, &share("printer-table")).unwrap();
    assert!(room.everything(cno).contains("The table that sends labels to printers"));
    let vote = Act::Vote { decision: "switch".to_owned(), option: "ward-only".to_owned() };
    room.act(cno, &vote).unwrap();
    room.act(&room.home.ana, &Act::Reveal { decision: "switch".to_owned() }).unwrap();
    let refused = room.act(it, &vote).unwrap_err().to_string();
    assert!(refused.contains("closed"), "{refused}");
    let decide = Act::Decide {
        decision: "switch".to_owned(),
        option: "ward-only".to_owned(),
        because: String::new(),
        evidence: vec!["printer-table".to_owned()],
        journal: vec![1],
        owner: "it-lead".to_owned(),
        review: String::new(),
    };
    room.act(cno, &decide).unwrap();
    // The journal of the hospital tells that it was carried out: every option of a decision is known to all.
    assert!(room.everything(it).contains("decide-switch-ward-only"));
}

#[test]
fn a_step_back_gives_the_hospital_back_too() {
    let room = Room::playing(3);
    let ana = &room.home.ana;
    let now = || room.home.platform.view_workshop(ana, &room.workshop.id).unwrap();
    let begun_us = now().now_us.unwrap();
    room.act(ana, &Act::Pass { minutes: 60 }).unwrap();
    let happened = now().seen.happened.len();
    assert!(happened >= 2, "{happened} events came in an hour");
    room.act(ana, &Act::Rewind { phase: "first-hours".to_owned() }).unwrap();
    room.act(ana, &Act::Pause { paused: true }).unwrap();
    assert_eq!((now().now_us, now().seen.rewound), (Some(begun_us), 1));
    assert!(now().seen.happened.len() < happened);
    room.act(ana, &Act::Pass { minutes: 60 }).unwrap();
    assert_eq!(now().seen.happened.len(), happened, "the same comes again");
}

#[test]
fn a_facilitator_who_vanishes_is_followed_by_somebody_else_and_may_come_back() {
    let room = Room::playing(1);
    let cno = room.of("cno");
    assert!(room.act(cno, &Act::TakeOver).unwrap_err().to_string().contains("the facilitator is here"));
    room.home.clock.advance(61_000_000);
    room.act(cno, &Act::TakeOver).unwrap();
    let view = room.home.platform.view_workshop(&room.home.ana, &room.workshop.id).unwrap();
    assert_eq!(view.facilitator, Some(("cno".to_owned(), false)));
    assert!(view.guide.is_none() && view.seen.console.is_none());
    assert!(matches!(room.act(&room.home.ana, &Act::End), Err(WorkshopError::Refused(_))));
}

#[test]
fn the_report_is_written_when_it_is_over_and_the_invitation_tells_a_calendar_what_changed() {
    let room = Room::playing(2);
    let (platform, ana) = (&room.home.platform, &room.home.ana);
    assert!(matches!(platform.workshop_report(ana, &room.workshop.id), Err(WorkshopError::Invalid { .. })));
    room.act(ana, &Act::End).unwrap();
    let report = platform.workshop_report(room.of("trainer"), &room.workshop.id).unwrap();
    assert_eq!(report.participants.len(), 5);
    assert!(
        platform.workshop_report_markdown(ana, &room.workshop.id).unwrap().contains("## Improvement plan")
    );
    // It counts towards what each of the team has shown, as work of five, and for nobody else.
    let shown = |person: &Person| {
        let mut all = platform.portfolio(person).unwrap().competencies.into_iter().flat_map(|one| one.work);
        all.find(|work| work.source == Source::Workshop(room.workshop.id.clone()))
    };
    let work = shown(room.of("trainer")).expect("they had a role");
    assert_eq!((work.help, work.current, work.worth), (Help::Team(5), true, report.measures.share()));
    assert_eq!(shown(ana), None, "who facilitated did not do it");

    let ended_us = platform.workshops_of(ana).unwrap()[0].ended_us;
    assert_eq!(ended_us, Some(room.home.clock.now_us()));

    let calendar = |id: &str| platform.workshop_calendar(ana, id).unwrap();
    let new = NewWorkshop { case: CASE, begins: "2031-03-04T15:00", invited: "" };
    let later = platform.schedule_workshop(ana, &new).unwrap();
    assert!(calendar(&later.id).contains("DTSTART:20310304T150000Z\r\n"));
    platform.invite_to_workshop(ana, &later.id, "ben").unwrap();
    assert!(calendar(&later.id).contains("SEQUENCE:1\r\n"));
    platform.cancel_workshop(ana, &later.id).unwrap();
    assert!(calendar(&later.id).contains("STATUS:CANCELLED\r\n"));
    assert!(platform.join_workshop(room.of("cno"), &later.code).is_err());
}

#[test]
fn a_second_rater_comes_in_only_when_they_are_taken() {
    let room = Room::playing(1);
    let (platform, ana) = (&room.home.platform, &room.home.ana);
    let new = NewPerson { login: "sam", name: "Sam", role: Role::Instructor, password: None };
    let sam = platform.people().add(new).unwrap();
    let ask = |login: &str| platform.ask_workshop_rater(ana, &room.workshop.id, login);
    let to = |role: Option<&str>| Act::Move { who: ana.id.to_string(), role: role.map(str::to_owned) };
    room.act(ana, &to(Some("cno"))).unwrap();
    let seq = || platform.view_workshop(ana, &room.workshop.id).unwrap().seen.seq;
    let before = seq();
    for (login, why) in
        [("sam", "who plays does not rate"), ("cmio", "teaches here"), ("sum", "nobody signs in as")]
    {
        let refused = ask(login).unwrap_err().to_string();
        assert!(refused.contains(why), "{login}: {refused}");
    }
    let learner = Act::AskRater { who: room.of("cmio").id.to_string() };
    assert!(room.act(ana, &learner).unwrap_err().to_string().contains("teaches here"));
    assert_eq!((seq(), platform.workshops_of(&sam).unwrap().len()), (before, 0));
    room.act(ana, &to(None)).unwrap();
    ask(" sam ").unwrap();
    assert_eq!(platform.workshops_of(&sam).unwrap().len(), 1);
    let rating = platform.view_workshop(&sam, &room.workshop.id).unwrap().rating.unwrap();
    assert!(rating.is_rater && !rating.may_rate && rating.raters[1].name == "Sam");
    assert!(platform.view_workshop(room.of("cmio"), &room.workshop.id).unwrap().rating.is_none());
}
