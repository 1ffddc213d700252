use crate::model::Requirement;

/// What the standard asks of a called node, as far as it can be seen from outside.
pub(super) const REQUIREMENTS: &[Requirement] = &[
    Requirement {
        id: "dicom.association",
        text: "An association is accepted, and released when that is asked for.",
        source: "DICOM PS3.8, 7.1 and 7.2",
    },
    Requirement {
        id: "dicom.contexts",
        text: "A presentation context that is not served is refused by itself, and the others stand.",
        source: "DICOM PS3.8, 9.3.3.2",
    },
    Requirement {
        id: "dicom.called",
        text: "A caller who names another application entity is kept out.",
        source: "DICOM PS3.8, 9.3.4",
    },
    Requirement {
        id: "dicom.noise",
        text: "Bytes that are no PDU end their connection and nothing else.",
        source: "DICOM PS3.8, 9.2",
    },
    Requirement {
        id: "dicom.echo",
        text: "C-ECHO is answered with success.",
        source: "DICOM PS3.4, annex A",
    },
    Requirement {
        id: "dicom.store",
        text: "C-STORE of an object is answered with success, and so is the same object again.",
        source: "DICOM PS3.4, B.2.3",
    },
    Requirement {
        id: "dicom.find",
        text: "C-FIND gives what matches its keys, a pending answer each, and then success.",
        source: "DICOM PS3.4, C.4.1",
    },
    Requirement {
        id: "dicom.keys",
        text: "Each answer has the attributes that were asked for.",
        source: "DICOM PS3.4, C.2.2",
    },
    Requirement {
        id: "dicom.wildcard",
        text: "An asterisk in a name stands for any characters.",
        source: "DICOM PS3.4, C.2.2.2.4",
    },
    Requirement {
        id: "dicom.level",
        text: "A query without QueryRetrieveLevel fails.",
        source: "DICOM PS3.4, C.4.1.1.3",
    },
    Requirement {
        id: "dicom.worklist",
        text: "The worklist gives scheduled steps, and only those that match the keys.",
        source: "DICOM PS3.4, K.4.1",
    },
];
