use super::requirements::REQUIREMENTS;
use super::{acknowledgement, connection, content, notation};
use crate::model::{Input, Kit, Preset};

/// The kit.
pub fn kit() -> Kit {
    Kit {
        id: "hl7v2-receiver",
        title: "HL7 v2 receiver",
        about: "Sends messages to a receiver over MLLP and looks at its acknowledgements: what they say, whether they come when they \
                should, and whether separators, character sets, duplicates and a slow network are borne.",
        standard: "HL7 v2.5.1, chapter 2; MLLP release 1",
        prerequisites: &[
            "The receiver listens on a port that can be reached from here, without TLS.",
            "It takes updates of a person (ADT^A31), or another kind that you name.",
            "It may keep what it is sent: use a test system. The person is invented.",
        ],
        inputs: vec![
            Input::new("url", "Address", "host:port of the receiver, such as 127.0.0.1:2575"),
            Input::new("application", "Receiving application", "MSH-5, the system the messages are for")
                .usually("LIS"),
            Input::new("facility", "Receiving facility", "MSH-6; a sandbox of Practicum is named by its id")
                .optional(),
            Input::new("message", "Message", "MSH-9 of a message that it takes").usually("ADT^A31^ADT_A05"),
            Input::new("mrn", "Medical record number", "PID-3.1 of a person it may change")
                .usually("KIT-100200"),
            Input::new(
                "enhanced",
                "Enhanced acknowledgement",
                "yes if the receiver heeds MSH-15 and MSH-16, no if it does not claim to",
            )
            .usually("yes"),
        ],
        presets: vec![Preset {
            id: "hospital",
            title: "A simulated hospital on this machine",
            values: &[("url", "127.0.0.1:2575"), ("application", "LIS")],
        }],
        sample: None,
        requirements: REQUIREMENTS,
        groups: vec![
            acknowledgement::group(),
            acknowledgement::modes(),
            notation::group(),
            content::group(),
            connection::group(),
        ],
    }
}
