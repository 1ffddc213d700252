use super::requirements::REQUIREMENTS;
use super::work::groups;
use crate::model::{Input, Kit, Preset};

/// The kit.
pub fn kit() -> Kit {
    Kit {
        id: "dicom-archive",
        title: "DICOM archive",
        about: "Calls an archive as a device would: asks whether it is there, sends it a picture, looks for it again in several ways, and reads \
                its worklist.",
        standard: "DICOM PS3.4, PS3.7 and PS3.8",
        prerequisites: &[
            "The archive listens on a port that can be reached from here, without TLS.",
            "The calling AE title is known to it.",
            "It keeps what it is sent, so use a test system. The person in the picture is invented.",
            "For the tests of the worklist, an examination is ordered and not yet done.",
        ],
        inputs: vec![
            Input::new("url", "Address", "host:port of the archive, such as 127.0.0.1:11112"),
            Input::new(
                "called",
                "Called AE title",
                "The archive's; a sandbox of Practicum is PACS_ and its id",
            ),
            Input::new("calling", "Calling AE title", "Ours, as the archive knows it").usually("CT01"),
            Input::new(
                "worklist",
                "Worklist",
                "yes if the archive serves a worklist, no if it does not claim to",
            )
            .usually("yes"),
        ],
        presets: vec![Preset {
            id: "hospital",
            title: "A simulated hospital on this machine",
            values: &[("url", "127.0.0.1:11112"), ("calling", "CT01")],
        }],
        sample: None,
        requirements: REQUIREMENTS,
        groups: groups(),
    }
}
