//! The interface engine in a sandbox: receiving, sending, waiting, giving up, sending again, and what the journal says.

use std::cell::RefCell;
use std::collections::VecDeque;

use channels::State;
use platform::access::Access;
use platform::ehr::roles::switch_role;
use platform::engine::{
    InterfaceError, Origin, Parcel, Receipt, ReplayOf, SaveChannel, SendError, Sender, StateChange,
    channel_diff, channel_versions, channels, channels_listening, deliver_due, find_messages, message,
    message_diff, process_received, receive, replay, retry, roll_back, save_channel, set_state,
};
use platform::sandboxes::ClockChange;
use store::journal::Filter;
use store::sandbox::channels::MessageQuery;

use crate::home::{Home, home};

const BASE_URL: &str = "http://localhost/s/x/fhir";

const RESULT: &str = "MSH|^~\\&|LIS|LAB|EHR|PRACTICUM|20260301101500||ORU^R01^ORU_R01|88|P|2.5.1\r\
PID|1||90000017^^^PRACTICUM^MR||LINDQVIST^MARTA||19710314|F\r\
OBR|1|P100^EHR|F200^LIS|BMP^Basic metabolic panel^L|||20260301094500||||||||||||||||||F\r\
OBX|1|NM|2823-3^Potassium^LN||6.10|mmol/L^mmol/L^UCUM||HH|||F\r";

/// A channel from the LIS to a system over MLLP that queues what cannot be sent.
const TO_RIS: &str = "name = 'To RIS'\n[source]\nsystem = 'EHR'\n[[destinations]]\nname = 'RIS'\nsystem = 'RIS'\n\
[destinations.queue]\nmode = 'always'\nretry_interval_s = 10\nattempts_max = 3\n[alerts]\nqueue_depth = 2\nerrors = 1\n";

/// The other side, with what it says to each attempt; `AA` once that is used up.
#[derive(Default)]
struct OtherSide {
    answers: RefCell<VecDeque<Result<Vec<u8>, SendError>>>,
    got: RefCell<Vec<Parcel>>,
}

impl OtherSide {
    fn saying(answers: impl IntoIterator<Item = SendError>) -> Self {
        Self { answers: RefCell::new(answers.into_iter().map(Err).collect()), got: RefCell::default() }
    }
}

impl Sender for OtherSide {
    fn send(&self, _: &Access, parcel: &Parcel) -> Result<Vec<u8>, SendError> {
        self.got.borrow_mut().push(parcel.clone());
        self.answers.borrow_mut().pop_front().unwrap_or_else(|| Ok(b"AA".to_vec()))
    }
}

fn down() -> SendError {
    SendError { what: "connection refused".to_owned(), for_good: false, response: None }
}

struct House {
    home: Home,
    sandbox: String,
}

impl House {
    fn new(channels: &[&str]) -> Self {
        let home = home(&[]);
        let sandbox = home
            .platform
            .start_sandbox(&home.ana, platform::images::DEFAULT_IMAGE, "tests", None)
            .unwrap()
            .id
            .to_string();
        let house = Self { home, sandbox };
        house.access();
        house.home.platform.change_clock(&house.access(), ClockChange::Pause).unwrap();
        channels.iter().for_each(|text| assert_eq!(house.save(text).unwrap(), 1));
        house
    }

    fn access(&self) -> Access {
        self.home.platform.enter(&self.home.ana, &self.sandbox, "web").unwrap()
    }

    fn save(&self, text: &str) -> Result<u64, InterfaceError> {
        let save = SaveChannel { name: None, text, note: "", deploy: true };
        save_channel(&self.home.platform, &self.access(), &save).map(|version| version.number)
    }

    fn receive(&self, channel: &str, raw: &str) -> Receipt {
        let origin = Origin { system: "LIS".to_owned(), ..Origin::default() };
        receive(&self.home.platform, &self.access(), channel, raw.as_bytes(), &origin).unwrap()
    }

    /// Sends until nothing is due; what came of each attempt.
    fn deliver(&self, sender: &dyn Sender) -> Vec<State> {
        let next = || deliver_due(&self.home.platform, &self.access(), BASE_URL, sender).unwrap();
        std::iter::from_fn(next).map(|one| one.state).take(100).collect()
    }

    fn advance(&self, seconds: u32) {
        self.home.platform.change_clock(&self.access(), ClockChange::AdvanceSeconds(seconds)).unwrap();
    }

    fn journal(&self, kind: &str) -> usize {
        let entries = self.access().sandbox().journal(&Filter::default()).unwrap();
        entries.iter().filter(|entry| entry.event.kind == kind).count()
    }

    fn states(&self, id: i64) -> Vec<String> {
        message(&self.access(), id).unwrap().deliveries.into_iter().map(|one| one.state).collect()
    }
}

#[test]
fn a_result_reaches_the_chart() {
    let text = "name = 'Results'\n[source]\nsystem = 'EHR'\n[[destinations]]\nname = 'EHR'\nconnector = 'FHIR Sender'\n\
        system = 'EHR'\n[[destinations.transformer]]\ntype = 'V2 to FHIR'\n";
    let house = House::new(&[text]);
    let listening = channels_listening(&house.home.platform, &house.access(), "ehr").unwrap();
    assert_eq!(listening, ["Results"]);
    let receipt = house.receive("Results", RESULT);
    assert_eq!(receipt.state, State::Transformed);
    assert_eq!(
        house.deliver(&OtherSide::default()),
        [State::Sent],
        "{:?}",
        message(&house.access(), receipt.message)
    );
    let stored = message(&house.access(), receipt.message).unwrap();
    assert_eq!(stored.message.raw, RESULT.as_bytes(), "the bytes are kept");
    assert!(
        String::from_utf8_lossy(stored.deliveries[0].response.as_deref().unwrap()).contains("201 Created")
    );
    // A correction amends the result instead of making another.
    house.receive("Results", &RESULT.replace("6.10", "5.10").replace("|||F\r", "|||C\r"));
    assert_eq!(house.deliver(&OtherSide::default()), [State::Sent]);
    let counted = channels(&house.access()).unwrap().remove(0);
    assert_eq!((counted.received, counted.sent, counted.queued, counted.errored), (2, 2, 0, 0));
    assert_eq!((house.journal("hl7.received"), house.journal("hl7.sent")), (2, 2));
}

#[test]
fn a_receiver_that_is_down_delays_and_does_not_reorder() {
    let house = House::new(&[TO_RIS]);
    let ids: Vec<i64> = (0..3).map(|_| house.receive("To RIS", RESULT).message).collect();
    let other = OtherSide::saying([down(), down()]);
    assert_eq!(house.deliver(&other), [State::Queued], "the first waits, and the others behind it");
    assert_eq!(house.deliver(&other), []);
    house.advance(10);
    assert_eq!(house.deliver(&other), [State::Queued]);
    house.advance(10);
    assert_eq!(house.deliver(&other), [], "the second wait is longer");
    house.advance(10);
    assert_eq!(house.deliver(&other), [State::Sent; 3]);
    let order: Vec<i64> = other.got.borrow().iter().map(|parcel| parcel.message).collect();
    assert_eq!(order, [ids[0], ids[0], ids[0], ids[1], ids[2]]);
    assert_eq!(house.journal("alert"), 1, "two waited");
}

#[test]
fn what_cannot_be_sent_becomes_a_dead_letter_and_can_be_sent_again() {
    let house = House::new(&[TO_RIS]);
    let (first, second) = (house.receive("To RIS", RESULT).message, house.receive("To RIS", RESULT).message);
    let refused =
        SendError { what: "AR: unknown patient".to_owned(), for_good: true, response: Some(b"AR".to_vec()) };
    assert_eq!(house.deliver(&OtherSide::saying([refused])), [State::Error, State::Sent], "others pass");
    assert_eq!(
        (house.states(first), house.states(second)),
        (vec!["ERROR".to_owned()], vec!["SENT".to_owned()])
    );
    assert_eq!((house.journal("channel.error"), house.journal("alert")), (1, 2), "the queue, and the error");
    assert_eq!(retry(&house.access(), first).unwrap(), 1);
    assert_eq!(retry(&house.access(), second).unwrap(), 0, "what was sent is not sent again");
    let exhausted = OtherSide::saying([down(), down(), down()]);
    for _ in 0..3 {
        house.deliver(&exhausted);
        house.advance(100);
    }
    assert_eq!(house.states(first), ["ERROR"], "three attempts are the most");
}

#[test]
fn a_message_is_replayed_through_the_channel_as_it_is_now() {
    let house = House::new(&[TO_RIS]);
    let first = house.receive("To RIS", RESULT).message;
    let changed = TO_RIS.replace(
        "system = 'EHR'\n",
        "system = 'EHR'\n[[source.transformer]]\ntype = 'Message Builder'\npath = 'MSH-5'\nvalue = 'RIS'\n",
    );
    assert_eq!(house.save(&changed).unwrap(), 2);
    let again = replay(&house.home.platform, &house.access(), ReplayOf { message: first }).unwrap();
    let stored = message(&house.access(), again.message).unwrap().message;
    assert_eq!((stored.number, stored.replay_of), (2, Some(first)));
    assert!(String::from_utf8_lossy(&stored.transformed.unwrap()).contains("|LIS|LAB|RIS|"));
    assert_eq!(message_diff(&house.access(), first, again.message).unwrap(), []);
    let diff = channel_diff(&house.access(), "To RIS", 1, 2).unwrap();
    assert!(
        diff.settings
            .iter()
            .any(|one| one.path == "source.transformer[1].value" && one.new.as_deref() == Some("RIS"))
    );
    let back = roll_back(&house.home.platform, &house.access(), "To RIS", 1).unwrap();
    assert_eq!((back.number, back.text.as_str()), (3, TO_RIS));
    assert_eq!(channel_versions(&house.access(), "To RIS").unwrap().len(), 3);
    let path = "PID-3.1".parse().unwrap();
    let query = MessageQuery { limit: 10, ..MessageQuery::default() };
    assert_eq!(find_messages(&house.access(), &query, Some((&path, "90000017"))).unwrap().len(), 2);
    assert_eq!(find_messages(&house.access(), &query, Some((&path, "9"))).unwrap().len(), 0);
}

#[test]
fn channels_that_write_to_each_other_are_stopped() {
    let to = |name: &str, other: &str| {
        format!(
            "name = '{name}'\n[source]\nconnector = 'Channel Reader'\n[[destinations]]\nname = 'next'\nconnector = 'Channel Writer'\nchannel = '{other}'\n"
        )
    };
    let house = House::new(&[&to("a", "b"), &to("b", "a")]);
    house.receive("a", RESULT);
    let attempts = house.deliver(&OtherSide::default());
    assert_eq!(attempts.len(), 17, "sixteen hops, and one that is refused");
    assert_eq!(house.journal("channel.error"), 1);
    let all = channels(&house.access()).unwrap();
    assert_eq!(all.iter().map(|one| one.errored).sum::<u64>(), 1);
}

#[test]
fn a_channel_that_answers_first_stores_first() {
    let text = TO_RIS.replace("system = 'EHR'\n", "system = 'EHR'\nrespond = 'before processing'\n");
    let house = House::new(&[&text]);
    let receipt = house.receive("To RIS", "no message at all");
    assert_eq!((receipt.state, receipt.error), (State::Received, None));
    assert!(process_received(&house.home.platform, &house.access()).unwrap());
    assert!(!process_received(&house.home.platform, &house.access()).unwrap());
    assert_eq!(message(&house.access(), receipt.message).unwrap().message.state, "ERROR");
}

#[test]
fn a_channel_that_is_not_started_takes_nothing() {
    let house = House::new(&[TO_RIS]);
    let id = house.receive("To RIS", RESULT).message;
    set_state(&house.access(), "To RIS", StateChange::Stop).unwrap();
    let refused =
        receive(&house.home.platform, &house.access(), "To RIS", b"x", &Origin::default()).unwrap_err();
    assert_eq!(refused.to_string(), "the channel \"To RIS\" is stopped: start it first");
    assert_eq!(house.deliver(&OtherSide::default()), []);
    set_state(&house.access(), "To RIS", StateChange::Pause).unwrap();
    assert_eq!(house.deliver(&OtherSide::default()), [State::Sent]);
    assert_eq!(house.states(id), ["SENT"]);
    assert!(matches!(
        set_state(&house.access(), "nobody", StateChange::Start),
        Err(InterfaceError::NoChannel(_))
    ));
}

#[test]
fn only_who_may_changes_channels() {
    let house = House::new(&[TO_RIS]);
    switch_role(&house.access(), "nurse").unwrap();
    assert!(matches!(house.save(TO_RIS), Err(InterfaceError::Denied(_))));
    assert!(matches!(channels(&house.access()), Err(InterfaceError::Denied(_))));
    switch_role(&house.access(), "analyst").unwrap();
    assert_eq!(house.save(TO_RIS).unwrap(), 2);
    let problems = house.save("name = 'x'\n").unwrap_err();
    assert!(matches!(problems, InterfaceError::Problems(_)), "{problems}");
    assert_eq!(channels(&house.access()).unwrap().len(), 1, "a file with problems is not saved");
}
