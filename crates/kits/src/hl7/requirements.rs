use crate::model::Requirement;

/// What the standard asks of a receiver, as far as it can be seen from outside.
pub(super) const REQUIREMENTS: &[Requirement] = &[
    Requirement {
        id: "v2.ack",
        text: "A message in original mode is answered by one acknowledgement of the application.",
        source: "HL7 v2.5.1, 2.9.2",
    },
    Requirement {
        id: "v2.msa-2",
        text: "MSA-2 repeats the control id of the message that is acknowledged.",
        source: "HL7 v2.5.1, 2.15.8.2",
    },
    Requirement {
        id: "v2.msh-swap",
        text: "The acknowledgement is addressed to the sender: MSH-3 and MSH-4 trade places with MSH-5 and MSH-6.",
        source: "HL7 v2.5.1, 2.9.2",
    },
    Requirement {
        id: "v2.msh-9-ack",
        text: "MSH-9 of the acknowledgement begins with ACK.",
        source: "HL7 v2.5.1, 2.13.1",
    },
    Requirement {
        id: "v2.msh-10",
        text: "The acknowledgement has a control id of its own, another one each time.",
        source: "HL7 v2.5.1, 2.15.9.10",
    },
    Requirement {
        id: "v2.enhanced",
        text: "MSH-15 and MSH-16 decide which acknowledgements come: of receipt, of the application, both or none.",
        source: "HL7 v2.5.1, 2.9.3",
    },
    Requirement {
        id: "v2.separators",
        text: "Separators are those that MSH-1 and MSH-2 declare, whatever they are.",
        source: "HL7 v2.5.1, 2.5.4",
    },
    Requirement {
        id: "v2.escapes",
        text: "Separators within text are escaped, and escaped text is data.",
        source: "HL7 v2.5.1, 2.7",
    },
    Requirement {
        id: "v2.charset",
        text: "Text is in the character set that MSH-18 names.",
        source: "HL7 v2.5.1, 2.15.9.18",
    },
    Requirement {
        id: "v2.unknown-parts",
        text: "Segments and fields that a receiver does not expect are passed over.",
        source: "HL7 v2.5.1, 2.8.2",
    },
    Requirement {
        id: "v2.required",
        text: "A message without something required is not accepted.",
        source: "HL7 v2.5.1, 2.9.2.1",
    },
    Requirement {
        id: "v2.err",
        text: "An acknowledgement of an error says in ERR where it is, and of what kind.",
        source: "HL7 v2.5.1, 2.15.5",
    },
    Requirement {
        id: "v2.type",
        text: "A kind of message that the receiver does not serve is rejected or erred.",
        source: "HL7 v2.5.1, 2.9.2.1",
    },
    Requirement {
        id: "v2.version",
        text: "A version that the receiver does not know is rejected or erred.",
        source: "HL7 v2.5.1, 2.9.2.1",
    },
    Requirement {
        id: "v2.duplicate",
        text: "A message that comes again with the same control id is answered again.",
        source: "HL7 v2.5.1, 2.10.1 (in a weaker form than the sequence number protocol)",
    },
    Requirement {
        id: "mllp.frame",
        text: "An answer stands in a frame of its own: 0x0B, the message, 0x1C, 0x0D, and nothing around it.",
        source: "HL7 v2 transport specification, MLLP release 1",
    },
    Requirement {
        id: "mllp.open",
        text: "A connection serves one message after another.",
        source: "HL7 v2 transport specification, MLLP release 1",
    },
    Requirement {
        id: "mllp.pieces",
        text: "A frame is one message, however the network cuts it.",
        source: "HL7 v2 transport specification, MLLP release 1",
    },
    Requirement {
        id: "mllp.order",
        text: "Messages are answered in the order they came, and no answer belongs to another connection.",
        source: "HL7 v2 transport specification, MLLP release 1",
    },
];
