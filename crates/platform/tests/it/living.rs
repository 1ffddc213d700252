//! The hospital as systems that talk to each other: what is done in the chart reaches the others, in order and once, and
//! what does not reach them shows.

use platform::access::Access;
use platform::ehr::chart::census;
use platform::ehr::commands::{CommandOutcome, run_command};
use platform::ehr::roles::switch_role;
use platform::engine::{SaveChannel, channels, save_channel};
use platform::fhir::{Context, Interaction, perform};
use platform::images::DEFAULT_IMAGE;
use platform::live::{HospitalMap, InterfaceChange, Stepped, compare, compare_census, map};
use platform::messages::{Peer, messages};
use platform::sandboxes::ClockChange;
use serde_json::{Value, json};
use standards::fhir::json::Limits;
use store::journal::Filter;
use store::sandbox::systems::{MessageState, NewMessage, Standing};

use crate::home::{Home, home};

/// A hospital whose clock stands still until somebody moves it.
struct House {
    home: Home,
    sandbox: String,
    limits: Limits,
}

impl House {
    fn open() -> Self {
        let home = home(&[]);
        let record = home.platform.start_sandbox(&home.ana, DEFAULT_IMAGE, "tests", None).unwrap();
        let house = Self { home, sandbox: record.id.to_string(), limits: Limits::default() };
        house.home.platform.change_clock(&house.access(), ClockChange::Pause).unwrap();
        house
    }

    fn access(&self) -> Access {
        self.home.platform.enter(&self.home.ana, &self.sandbox, "page").unwrap()
    }

    #[allow(clippy::needless_pass_by_value, reason = "forms are written where they are sent")]
    fn run(&self, name: &str, form: Value) -> CommandOutcome {
        let access = self.access();
        let entropy = self.home.platform.entropy();
        let context = Context { access: &access, base_url: "", entropy, limits: &self.limits };
        run_command(&context, name, &form).unwrap()
    }

    /// Does all that is due.
    fn settle(&self) {
        while self.home.platform.step_hospital(&self.sandbox, 50).unwrap() == Stepped::More {}
    }

    fn pass_minutes(&self, minutes: u32) {
        self.home.platform.change_clock(&self.access(), ClockChange::AdvanceSeconds(minutes * 60)).unwrap();
        self.settle();
    }

    fn map(&self) -> HospitalMap {
        map(&self.access()).unwrap()
    }

    fn waiting(&self) -> u64 {
        self.map().interfaces.iter().map(|one| one.waiting).sum()
    }

    fn register(&self, family: &str) -> String {
        let form = json!({"family": family, "given": "Ruth", "birth_date": "1984-02-29", "sex": "female", "confirm_new": "yes"});
        self.run("register", form).patient
    }

    fn free_bed(&self, ward: &str) -> Option<String> {
        let ward = census(&self.access()).unwrap().wards.into_iter().find(|one| one.label == ward)?;
        ward.beds.into_iter().find(|bed| bed.occupants.is_empty() && bed.state == "clean").map(|bed| bed.id)
    }

    fn admit(&self, family: &str, ward: &str) -> String {
        let patient = self.register(family);
        let bed = self.free_bed(ward).unwrap();
        self.run("admit", json!({"patient": patient, "location": bed, "reason": "sepsis"}));
        patient
    }

    fn order(&self, patient: &str, orderable: &str) -> String {
        let done = self.run("draft_order", json!({"patient": patient, "orderable": orderable}));
        self.run("sign_orders", json!({"patient": patient, "override_reason": "needed"}));
        done.resources[0].id.clone()
    }

    fn change(&self, interface: &str, change: &InterfaceChange) {
        self.home.platform.change_interface(&self.access(), interface, change).unwrap();
    }

    /// How many people each system believes to be elsewhere than the chart says.
    fn differing(&self) -> Vec<(String, usize)> {
        let all = compare_census(&self.access()).unwrap();
        let differing = all.into_iter().map(|one| (one.system, one.differing.len()));
        differing.filter(|(_, count)| *count > 0).collect()
    }

    fn count(&self, kind: &str) -> usize {
        let filter = Filter { kinds: vec![kind.to_owned()], ..Filter::default() };
        self.access().sandbox().journal(&filter).unwrap().len()
    }

    fn reports_of(&self, order: &str) -> usize {
        let mut count = 0;
        let each = |stored: store::sandbox::Stored| {
            let report: Value = serde_json::from_slice(&stored.body).unwrap();
            let name = format!("ServiceRequest/{order}");
            count += usize::from(report["basedOn"][0]["reference"] == name.as_str());
            Ok(())
        };
        self.access().sandbox().view(|view| view.each_resource(Some("DiagnosticReport"), each)).unwrap();
        count
    }
}

#[test]
fn an_admission_reaches_every_follower() {
    let house = House::open();
    assert_eq!(house.differing(), [], "nothing was sent, and nothing differs");
    let patient = house.admit("Okafor", "4W");
    assert!(house.waiting() > 10, "messages wait in the transaction of the admission");
    assert!(!house.differing().is_empty(), "until they arrive, the others do not know");
    house.settle();
    assert_eq!((house.waiting(), house.differing()), (0, Vec::new()));
    let systems = compare(&house.access(), &patient).unwrap().unwrap();
    assert!(systems.iter().all(|system| system.differences.is_empty()), "{systems:#?}");
    assert!(systems.iter().filter(|system| system.knows).count() >= 9, "{systems:#?}");
    house.run("discharge", json!({"patient": patient, "disposition": "home"}));
    house.settle();
    assert_eq!(house.differing(), []);
}

#[test]
fn a_stopped_interface_keeps_its_messages_and_shows() {
    let house = House::open();
    house.change("adt-lis", &InterfaceChange::Stop);
    let patient = house.admit("Okafor", "4W");
    house.settle();
    assert_eq!(house.differing(), [("LIS".to_owned(), 1)]);
    let lis = house.map().interfaces.into_iter().find(|one| one.id == "adt-lis").unwrap();
    assert_eq!((lis.standing.as_str(), lis.waiting), ("stopped", 2));
    let systems = compare(&house.access(), &patient).unwrap().unwrap();
    let lis = systems.into_iter().find(|one| one.system == "LIS").unwrap();
    assert!(!lis.knows);
    house.change("adt-lis", &InterfaceChange::Start);
    house.settle();
    assert_eq!((house.waiting(), house.differing()), (0, Vec::new()));
}

#[test]
fn an_order_comes_back_as_a_result_once() {
    let house = House::open();
    let patient = house.admit("Okafor", "4W");
    let order = house.order(&patient, "lab-basic-metabolic");
    house.settle();
    assert_eq!(house.reports_of(&order), 0);
    house.pass_minutes(90);
    assert_eq!((house.reports_of(&order), house.waiting()), (1, 0));
    let charges = messages(&house.access(), "charges-lis").unwrap();
    assert_eq!(charges.iter().map(|one| one.state).collect::<Vec<_>>(), ["delivered"]);
    house.pass_minutes(600);
    assert_eq!(house.reports_of(&order), 1);
    // A day later nothing is left to happen.
    house.home.platform.change_clock(&house.access(), ClockChange::NextEvent).unwrap();
    assert_eq!(house.home.platform.step_hospital(&house.sandbox, 1).unwrap(), Stepped::Rest);
}

#[test]
fn the_clock_goes_to_the_next_event() {
    let house = House::open();
    let patient = house.admit("Okafor", "4W");
    let order = house.order(&patient, "lab-potassium");
    house.settle();
    let before_us = house.access().virtual_us();
    house.home.platform.change_clock(&house.access(), ClockChange::NextEvent).unwrap();
    let waited_min = (house.access().virtual_us() - before_us) / 60_000_000;
    assert!((25..=70).contains(&waited_min), "{waited_min}");
    house.settle();
    assert_eq!(house.reports_of(&order), 1);
}

#[test]
fn others_wait_where_they_are_not_to_work_by_themselves() {
    let house = House::open();
    house.home.platform.set_living(&house.access(), false).unwrap();
    let patient = house.admit("Okafor", "4W");
    let order = house.order(&patient, "lab-potassium");
    house.pass_minutes(600);
    assert_eq!(house.reports_of(&order), 0);
    house.home.platform.set_living(&house.access(), true).unwrap();
    house.settle();
    assert_eq!(house.reports_of(&order), 1);
}

#[test]
fn an_order_that_was_ended_has_no_result() {
    let house = House::open();
    let patient = house.admit("Okafor", "4W");
    let order = house.order(&patient, "lab-potassium");
    house.settle();
    house.run(
        "discontinue_order",
        json!({"order": format!("ServiceRequest/{order}"), "reason": "not needed"}),
    );
    house.pass_minutes(600);
    assert_eq!((house.reports_of(&order), house.waiting()), (0, 0));
}

#[test]
fn a_result_for_an_order_nobody_knows_is_refused_after_some_attempts() {
    let house = House::open();
    let body = b"MSH|^~\\&|LIS|A|EHR|A|20310304||ORU^R01^ORU_R01|X1|P|2.5.1\rPID|1||1\rORC|RE|nobody\rOBR|1|nobody\rOBX|1|NM|2823-3||4.1\r";
    let now_us = house.access().virtual_us();
    let new = NewMessage {
        interface: "results-lis",
        control_id: "X1",
        event: "ORU^R01",
        subject: None,
        body,
        state: MessageState::Waiting,
        due_us: now_us,
        queued_us: now_us,
    };
    let access = house.access();
    access.change::<_, store::StoreError>("hl7.queued", |change| change.queue_message(&new)).unwrap();
    house.settle();
    let state = |house: &House| {
        let list = messages(&house.access(), "results-lis").unwrap();
        (list[0].state, list[0].attempts)
    };
    assert_eq!(state(&house), ("waiting", 1));
    house.pass_minutes(60);
    assert_eq!(state(&house), ("refused", 5));
    let refused = messages(&house.access(), "results-lis").unwrap().remove(0);
    assert!(refused.answer.unwrap().contains("MSA|AE|X1"));
    house.change("results-lis", &InterfaceChange::Resend(refused.seq));
    house.settle();
    assert_eq!(state(&house), ("waiting", 1));
}

#[test]
fn a_merge_reaches_the_blood_bank_in_the_older_words_it_knows() {
    let house = House::open();
    let surviving = house.admit("Okafor", "4W");
    let retired = house.register("Okafor");
    house.settle();
    switch_role(&house.access(), "him-clerk").unwrap();
    let patient = house.access().sandbox().view(|view| view.get("Patient", &surviving)).unwrap().unwrap();
    let patient: Value = serde_json::from_slice(&patient.body).unwrap();
    let number = &patient["identifier"][0]["value"];
    house.run("merge_patients", json!({"surviving": number, "retired": retired, "reason": "same person"}));
    let told = |interface: &str| {
        let merges = messages(&house.access(), interface).unwrap().into_iter();
        merges
            .map(|one| one.event)
            .filter(|event| event == "ADT^A34" || event == "ADT^A40")
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (told("adt-bloodbank"), told("adt-lis")),
        (vec!["ADT^A34".into()], vec!["ADT^A40".to_string()])
    );
    house.settle();
    assert_eq!((house.waiting(), house.differing()), (0, Vec::new()));
}

#[test]
fn a_doubled_message_is_acknowledged_and_worked_on_once() {
    let house = House::open();
    let patient = house.admit("Okafor", "4W");
    let order = house.order(&patient, "lab-potassium");
    house.pass_minutes(90);
    let access = house.access();
    let first = access.sandbox().view(|view| view.messages("results-lis", 1)).unwrap().remove(0);
    let now_us = access.virtual_us();
    let double = NewMessage {
        interface: "results-lis",
        control_id: &first.control_id,
        event: "ORU^R01",
        subject: None,
        body: &first.body,
        state: MessageState::Waiting,
        due_us: now_us,
        queued_us: now_us,
    };
    access.change::<_, store::StoreError>("hl7.queued", |change| change.queue_message(&double)).unwrap();
    house.settle();
    assert_eq!((house.waiting(), house.reports_of(&order)), (0, 1));
}

#[test]
fn whoever_may_open_no_chart_sees_no_message() {
    let house = House::open();
    house.admit("Okafor", "4W");
    house.settle();
    assert!(messages(&house.access(), "adt-lis").unwrap()[0].text.is_some());
    switch_role(&house.access(), "analyst").unwrap();
    assert!(
        messages(&house.access(), "adt-lis")
            .unwrap()
            .iter()
            .all(|one| one.text.is_none() && one.answer.is_none())
    );
    assert!(compare_census(&house.access()).is_err());
    assert_eq!(house.count("hl7.viewed"), 2);
}

/// A day of admissions, moves, orders and departures, with an interface down for hours: in the end the chart's census is
/// everybody's, queues are empty, and nothing came twice.
#[test]
fn a_day_ends_with_everybody_agreeing() {
    let house = House::open();
    let mut stream = hospital::random::Key::new(11).name("soak").stream();
    let (mut here, mut orders) = (Vec::new(), Vec::new());
    for step in 0..72_u32 {
        match step {
            20 => house.change("adt-pharmacy", &InterfaceChange::Stop),
            40 => house.change("adt-pharmacy", &InterfaceChange::Start),
            _ => {}
        }
        let ward = ["4W", "4E", "5W", "5E"][stream.below(4)];
        if step % 3 == 0 {
            here.push(house.admit(
                &format!("Okafor{}", "abcdefghijklmnopqrstuvwxyz".chars().nth(step as usize / 3).unwrap()),
                ward,
            ));
        } else if step % 3 == 1 {
            let patient = &here[stream.below(here.len())];
            let orderable = ["lab-potassium", "lab-blood-count", "img-chest-xray"][stream.below(3)];
            orders.push(house.order(patient, orderable));
        } else if here.len() > 3 {
            let patient = here.swap_remove(stream.below(here.len()));
            house.run("discharge", json!({"patient": patient, "disposition": "home"}));
        } else if let Some(bed) = house.free_bed(ward) {
            house.run("transfer", json!({"patient": here[0], "location": bed}));
        }
        house.pass_minutes(20);
    }
    house.pass_minutes(240);
    assert_eq!((house.waiting(), house.differing()), (0, Vec::new()));
    assert!(house.map().interfaces.iter().all(|one| one.refused == 0), "{:#?}", house.map().interfaces);
    for order in &orders {
        assert_eq!(house.reports_of(order), 1, "{order}");
    }
    let delivered: u64 = house.map().interfaces.iter().map(|one| one.delivered).sum();
    assert_eq!(
        house.count("hl7.received") as u64,
        delivered,
        "every message was delivered at the first attempt"
    );
    assert_eq!(house.access().sandbox().journal_break().unwrap(), None);
}

/// Patients come and go for some hours by themselves; nobody is told of twice, however often the program ends, and in the end
/// everybody agrees.
#[test]
fn a_played_shift_goes_on_where_it_was_and_ends_with_everybody_agreeing() {
    let house = House::open();
    let platform = &house.home.platform;
    platform.set_playing(&house.access(), true).unwrap();
    for hour in 0..6 {
        house.pass_minutes(60);
        if hour % 2 == 0 {
            // As after a restart: the house is made again from its note.
            platform.set_playing(&house.access(), false).unwrap();
            assert!(!house.map().playing);
            house.settle();
            platform.set_playing(&house.access(), true).unwrap();
        }
    }
    let admitted =
        house.access().sandbox().journal(&Filter { actor: Some("house".to_owned()), ..Filter::default() });
    let admitted = admitted.unwrap().iter().filter(|entry| entry.event.detail["name"] == "admit").count();
    assert!(admitted > 8, "{admitted} people came in six hours, of more than a hundred on a usual day");
    // What is still on its way arrives.
    platform.set_playing(&house.access(), false).unwrap();
    house.pass_minutes(300);
    assert_eq!((house.waiting(), house.differing()), (0, Vec::new()));
    let refused: Vec<_> = house.map().interfaces.into_iter().filter(|one| one.refused > 0).collect();
    assert_eq!(refused, []);
    assert_eq!(house.access().sandbox().journal_break().unwrap(), None);
}

#[test]
fn a_reset_begins_the_play_anew() {
    let house = House::open();
    let platform = &house.home.platform;
    platform.set_playing(&house.access(), true).unwrap();
    house.pass_minutes(180);
    platform.reset_sandbox(&house.access()).unwrap();
    assert!(!house.map().playing);
    assert_eq!(house.waiting(), 0);
    platform.set_playing(&house.access(), true).unwrap();
    house.pass_minutes(60);
    assert!(house.count("command") > 0);
}

/// Takes what is for the laboratory, and sends it on to it with another name in PID-5.
const IN_BETWEEN: &str = "name = 'In between'\n[source]\nsystem = 'LIS'\n[[source.transformer]]\ntype = 'Message Builder'\n\
    path = 'PID-5.1'\nvalue = 'Renamed'\n[[destinations]]\nname = 'LIS'\nconnector = 'TCP Sender'\nsystem = 'LIS'\n\
    [destinations.queue]\nmode = 'on failure'\nretry_interval_s = 10\nattempts_max = 20\n";

#[test]
fn a_channel_that_listens_for_a_system_takes_its_messages_and_sends_them_on() {
    let house = House::open();
    let save = SaveChannel { name: None, text: IN_BETWEEN, note: "", deploy: true };
    save_channel(&house.home.platform, &house.access(), &save).unwrap();
    house.register("Okafor");
    house.settle();
    let sent = messages(&house.access(), "adt-lis").unwrap();
    let states: Vec<&str> = sent.iter().map(|message| message.state).collect();
    assert_eq!(
        states,
        ["delivered", "handed"],
        "the channel took it, and then the laboratory took what it sent"
    );
    assert!(sent[0].text.as_deref().unwrap().contains("Renamed"));
    let channel = channels(&house.access()).unwrap().remove(0);
    assert_eq!((channel.received, channel.sent, channel.queued, channel.errored), (1, 1, 0, 0));
    assert!(messages(&house.access(), "adt-ris").unwrap()[0].text.as_deref().unwrap().contains("Okafor"));
}

#[test]
fn a_channel_keeps_what_a_stopped_interface_does_not_take() {
    let house = House::open();
    let save = SaveChannel { name: None, text: IN_BETWEEN, note: "", deploy: true };
    save_channel(&house.home.platform, &house.access(), &save).unwrap();
    let receive = |name: &str| {
        let message = format!(
            "MSH|^~\\&|REG|MERCY|LIS|{}|20310304081500||ADT^A28^ADT_A05|{name}|P|2.5.1\rEVN||20310304081500\r\
             PID|1||{name}^^^MERCY^MR||{name}^Zoe^^^^^L||19800517|F\rPV1|1|N\r",
            house.sandbox
        );
        let answers = house
            .home
            .platform
            .receive(message.as_bytes(), &Peer::at("10.0.0.9:4711".parse().unwrap(), false));
        assert!(String::from_utf8_lossy(&answers.messages[0]).contains("MSA|AA"));
    };
    let stopped = Standing {
        interface: "mllp-reg-lis".to_owned(),
        standing: "stopped".to_owned(),
        reason: "for a test".to_owned(),
        since_us: 0,
    };
    house.access().sandbox().change(|change| change.close_interface(&stopped)).unwrap();
    receive("1");
    receive("2");
    house.settle();
    let queued = || channels(&house.access()).unwrap().remove(0).queued;
    assert_eq!(queued(), 2, "acknowledged, and kept");
    house.access().sandbox().change(|change| change.open_interface("mllp-reg-lis")).unwrap();
    house.pass_minutes(10);
    assert_eq!(queued(), 0);
    let taken = messages(&house.access(), "mllp-reg-lis").unwrap();
    let order: Vec<&str> = taken.iter().rev().map(|message| message.control_id.as_str()).collect();
    assert_eq!(order, ["1", "2"]);
}

#[test]
fn what_a_fhir_client_writes_is_told_like_what_a_form_writes() {
    let house = House::open();
    let patient = house.register("Okafor");
    house.settle();
    let access = house.access();
    let entropy = house.home.platform.entropy();
    let context = Context { access: &access, base_url: "", entropy, limits: &house.limits };
    let subject = json!({"reference": format!("Patient/{patient}")});
    let create = |kind: &str, body: Value| {
        let body = body.to_string();
        perform(&context, &Interaction::Create { kind, body: body.as_bytes(), if_none_exist: None }).unwrap();
        house.settle();
    };
    create(
        "Immunization",
        json!({
            "resourceType": "Immunization", "status": "completed", "patient": subject,
            "occurrenceDateTime": "2031-03-04T05:00:00Z",
            "vaccineCode": {"coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": "140", "display": "Influenza"}]},
        }),
    );
    create(
        "Appointment",
        json!({
            "resourceType": "Appointment", "status": "booked", "start": "2031-03-11T09:00:00Z",
            "end": "2031-03-11T09:30:00Z", "participant": [{"actor": subject, "status": "accepted"}],
        }),
    );
    create(
        "Encounter",
        json!({
            "resourceType": "Encounter", "status": "in-progress", "class": {"code": "EMER"}, "subject": subject,
        }),
    );
    for (interface, event) in
        [("vaccinations-iis", "VXU^V04"), ("appointments-ehr", "SIU^S12"), ("adt-hie", "ADT^A04")]
    {
        let sent = messages(&access, interface).unwrap();
        let delivered = sent.iter().any(|message| message.event == event && message.state == "delivered");
        assert!(delivered, "{interface}: {sent:?}");
    }
    assert_eq!(house.waiting(), 0);
}

#[test]
fn a_channel_that_answers_first_is_worked_on_by_itself() {
    let house = House::open();
    let text = IN_BETWEEN
        .replace("[source]\nsystem = 'LIS'\n", "[source]\nsystem = 'LIS'\nrespond = 'before processing'\n");
    let save = SaveChannel { name: None, text: &text, note: "", deploy: true };
    save_channel(&house.home.platform, &house.access(), &save).unwrap();
    house.register("Okafor");
    house.settle();
    let channel = channels(&house.access()).unwrap().remove(0);
    assert_eq!((channel.received, channel.sent, channel.errored), (1, 1, 0));
}

#[test]
fn an_order_is_followed_from_the_chart_to_its_result() {
    use platform::traffic::{Asked, Decoded, Protocol, arrows, exchange, journey, traffic};

    let house = House::open();
    let patient = house.admit("Okafor", "4W");
    house.order(&patient, "lab-potassium");
    house.settle();
    house.pass_minutes(8 * 60);
    let access = house.access();
    let asked = Asked { protocol: Some(Protocol::Hl7), patient: Some(patient), ..Asked::default() };
    let page = traffic(&access, &asked).unwrap();
    let is_order = |entry: &&store::journal::Entry| {
        entry.event.kind == "hl7.received"
            && entry.event.detail["event"].as_str().is_some_and(|event| event.starts_with("OML"))
    };
    let order = page.entries.iter().rfind(is_order).expect("the laboratory has the order");
    let one =
        exchange(&house.home.platform, &access, "http://practicum.test/fhir", order.seq).unwrap().unwrap();
    let Decoded::Hl7(segments) = &one.request else { panic!("{:?}", one.request) };
    let named = segments
        .iter()
        .flat_map(|segment| &segment.fields)
        .any(|field| field.name == Some("Placer order number"));
    assert!(named, "{segments:?}");
    assert!(
        matches!(&one.response, Decoded::Hl7(answer) if answer.iter().any(|segment| segment.id == "MSA"))
    );

    let along = journey(&access, order.seq).unwrap().unwrap();
    let drawn = arrows(&along);
    assert!(drawn.iter().any(|arrow| arrow.to == "LIS" && arrow.label.starts_with("O")), "{drawn:?}");
    assert!(drawn.iter().any(|arrow| arrow.from == "LIS" && arrow.label.starts_with("ORU")), "{drawn:?}");
    assert!(!drawn.iter().any(|arrow| arrow.label.starts_with("ADT")), "another message of the same patient");

    for (asked, seen) in [
        (Asked { system: Some("nobody".to_owned()), ..asked.clone() }, false),
        (Asked { done: Some(false), ..asked.clone() }, false),
        (Asked { until_us: Some(0), ..asked.clone() }, false),
        (Asked { before: Some(order.seq + 1), ..asked }, true),
    ] {
        assert_eq!(!traffic(&access, &asked).unwrap().entries.is_empty(), seen, "{asked:?}");
    }
    let nothing = exchange(&house.home.platform, &access, "http://practicum.test/fhir", 0).unwrap();
    assert!(nothing.is_none(), "no entry of that number");
}
