use platform::images::DEFAULT_IMAGE;
use platform::live::InterfaceChange;
use platform::messages::{Peer, messages};
use serde_json::json;
use standards::hl7::message::Message;
use store::journal::Filter;

use crate::home::{Home, home};

const ADT: &str = "MSH|^~\\&|REG|MERCY|LIS|SANDBOX|20260301081500||ADT^A31^ADT_A05|77|P|2.5.1\rEVN||20260301081500\r\
    PID|1||100^^^MERCY^MR||Hara^Zoe^^^^^L||19800517|F\rPV1|1|N\r";

struct Ward {
    home: Home,
    sandbox: String,
}

fn ward() -> Ward {
    let home = home(&[]);
    let record = home.platform.start_sandbox(&home.ana, DEFAULT_IMAGE, "Ward", None).unwrap();
    Ward { sandbox: record.id.to_string(), home }
}

impl Ward {
    /// What is answered: MSA-1, MSA-2, ERR-3.1, the text.
    fn told(&self, message: &str) -> Vec<[String; 4]> {
        let bytes = message.replace("SANDBOX", &self.sandbox);
        let answers =
            self.home.platform.receive(bytes.as_bytes(), &Peer::at("10.0.0.9:4711".parse().unwrap(), false));
        assert!(answers.failure.is_none());
        let read = |answer: Vec<u8>| {
            let answer = Message::parse(answer).unwrap();
            ["MSA-1", "MSA-2", "ERR-3", "ERR-8"]
                .map(|path| answer.get(&path.parse().unwrap()).unwrap_or_default())
        };
        answers.messages.into_iter().map(read).collect()
    }

    /// What the journal says of messages: outcome, target, actor, particulars.
    fn journal(&self) -> Vec<(String, String, String, serde_json::Value)> {
        let access = self.home.platform.enter(&self.home.ana, &self.sandbox, "test").unwrap();
        let entries = self.home.platform.journal(&access, &Filter::default()).unwrap();
        assert_eq!(self.home.platform.journal_break(&access).unwrap(), None);
        let received = entries.into_iter().filter(|entry| entry.event.kind == "hl7.received");
        received
            .map(|entry| (entry.event.outcome, entry.event.target, entry.event.actor, entry.event.detail))
            .collect()
    }
}

#[test]
fn a_message_is_journalled_before_it_is_acknowledged() {
    let ward = ward();
    assert_eq!(ward.told(ADT), [["AA".to_owned(), "77".to_owned(), String::new(), String::new()]]);
    let journal = ward.journal();
    let [(outcome, target, actor, detail)] = journal.as_slice() else { panic!("{journal:?}") };
    assert_eq!((outcome.as_str(), target.as_str(), actor.as_str()), ("ok", "LIS", "REG"));
    assert_eq!(
        (&detail["event"], &detail["control_id"], &detail["version"]),
        (&json!("ADT^A31"), &json!("77"), &json!("2.5.1"))
    );
    assert_eq!(detail["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(detail["size_bytes"], ADT.len() + 1);
    assert_eq!((&detail["peer"], &detail["findings"]), (&json!("10.0.0.9:4711"), &json!([])));
}

#[test]
fn a_message_that_breaks_its_profile_is_erred_and_one_of_no_known_kind_rejected() {
    let ward = ward();
    let told = ward.told(&ADT.replace("100^^^MERCY^MR", ""));
    assert_eq!((told[0][0].as_str(), told[0][2].as_str()), ("AE", "101"), "{told:?}");
    assert!(told[0][3].contains("PID-3"), "{told:?}");
    let told = ward.told(&ADT.replace("ADT^A31^ADT_A05", "ADT^A60"));
    assert_eq!((told[0][0].as_str(), told[0][2].as_str()), ("AR", "201"), "{told:?}");
    let told = ward.told(&ADT.replace("|2.5.1\r", "|9.9\r"));
    assert_eq!((told[0][0].as_str(), told[0][2].as_str()), ("AR", "203"), "{told:?}");
    let outcomes: Vec<String> = ward.journal().into_iter().map(|entry| entry.0).collect();
    assert_eq!(outcomes, ["erred", "rejected", "rejected"]);
}

#[test]
fn the_sender_says_which_acknowledgements_it_wants() {
    let ward = ward();
    let codes = |fields: &str| -> Vec<String> {
        // Another message has another control id.
        let message = ADT.replace("|77|", &format!("|{}|", fields.replace('|', "")));
        let told = ward.told(&message.replace("|2.5.1\r", &format!("|2.5.1|||{fields}\r")));
        told.into_iter().map(|answer| answer[0].clone()).collect()
    };
    assert_eq!(codes("AL|NE"), ["CA"]);
    assert_eq!(codes("NE|AL"), ["AA"]);
    assert_eq!(codes("AL|AL"), ["CA", "AA"]);
    assert!(codes("NE|NE").is_empty() && codes("ER|ER").is_empty());
    assert_eq!(ward.journal().len(), 5, "what wants no answer is journalled too");
}

#[test]
fn what_is_for_nobody_is_rejected_with_what_to_try_and_journalled_nowhere() {
    let ward = ward();
    for (message, code, what) in [
        (ADT.replace("SANDBOX", "aaaaaaaa"), "204", "there is no sandbox \"aaaaaaaa\""),
        (ADT.replace("|SANDBOX|", "||"), "204", "eight letters"),
        (ADT.replace("|LIS|", "|XRAY|"), "204", "MSH-5 may be EHR, ENGINE, LIS"),
        ("hello".to_owned(), "100", "begins with the segment MSH"),
    ] {
        let told = ward.told(&message);
        assert!(told[0][0] == "AR" && told[0][2] == code && told[0][3].contains(what), "{told:?}");
    }
    assert!(ward.journal().is_empty());
    assert_eq!(
        ward.told(&ADT.replace("|LIS|", "|lis|").replace("SANDBOX", &ward.sandbox.to_uppercase()))[0][0],
        "AA"
    );
}

#[test]
fn what_is_sent_twice_is_acknowledged_twice_and_taken_once() {
    let ward = ward();
    let admit = ADT
        .replace("ADT^A31^ADT_A05", "ADT^A01^ADT_A01")
        .replace("|A31|", "|A01|")
        .replace("PV1|1|N", "PV1|1|I|4W^^4W-03||||||||||||||||V1");
    assert_eq!(ward.told(&admit)[0][0], "AA");
    assert_eq!(ward.told(&admit)[0][0], "AA", "a lost acknowledgement makes a sender send again");
    let other = admit.replace("Hara", "Hare");
    assert_eq!(ward.told(&other)[0][0], "AR", "another message under the same control id");
    let access = ward.home.platform.enter(&ward.home.ana, &ward.sandbox, "test").unwrap();
    let kept = messages(&access, "mllp-reg-lis").unwrap();
    let states: Vec<&str> = kept.iter().map(|message| message.state).collect();
    assert_eq!(states, ["refused", "delivered", "delivered"], "newest first");
    let lis = access.sandbox().view(|view| view.system_record("LIS", "patient", "100")).unwrap().unwrap();
    assert!(lis.body.contains("4W-03") && lis.body.contains("Hara"), "{}", lis.body);
}

#[test]
fn a_stopped_interface_takes_nothing_and_says_so() {
    let ward = ward();
    let access = ward.home.platform.enter(&ward.home.ana, &ward.sandbox, "test").unwrap();
    ward.home.platform.change_interface(&access, "adt-lis", &InterfaceChange::Stop).unwrap();
    let told = ward.told(&ADT.replace("|REG|", "|ADT|"));
    assert!(told[0][0] == "AE" && told[0][3].contains("adt-lis is stopped"), "{told:?}");
    assert!(messages(&access, "adt-lis").unwrap().is_empty(), "the sender keeps it");
    ward.home.platform.change_interface(&access, "adt-lis", &InterfaceChange::Start).unwrap();
    assert_eq!(ward.told(&ADT.replace("|REG|", "|ADT|"))[0][0], "AA");
}
