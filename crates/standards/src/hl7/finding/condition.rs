/// What kind of error a receiver found (HL7 table 0357).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// 100: a segment is missing, not expected, or in the wrong place.
    SegmentSequence,
    /// 101: a field or part that must be there is not.
    RequiredFieldMissing,
    /// 102: a value does not have the form of its data type.
    DataType,
    /// 103: a code is not in its table.
    TableValue,
    /// 104, since version 2.7: a value is too long.
    TooLong,
    /// 198, since version 2.8: something repeats more or less often than agreed.
    Cardinality,
    /// 199, since version 2.8: anything else about the syntax.
    Other,
    /// 200: this receiver does not take messages of this code (MSH-9.1).
    MessageType,
    /// 201: this receiver does not take this trigger (MSH-9.2).
    EventCode,
    /// 202: production, training or debugging does not fit this receiver (MSH-11).
    ProcessingId,
    /// 203: the receiver does not read this version (MSH-12).
    VersionId,
    /// 204: the patient, order or visit that it is about is not known.
    UnknownKey,
    /// 205: what should be created exists.
    DuplicateKey,
    /// 206: the record is in use.
    RecordLocked,
    /// 207: the receiver failed.
    Internal,
}

impl Condition {
    /// Its number for a receiver of this version (`2.5.1`). Numbers that came later are said by the nearest older one.
    #[must_use]
    pub fn code(self, version: &str) -> u16 {
        match self {
            Self::SegmentSequence => 100,
            Self::RequiredFieldMissing => 101,
            Self::DataType => 102,
            Self::TableValue => 103,
            Self::TooLong if version < "2.7" => 102,
            Self::TooLong => 104,
            Self::Cardinality | Self::Other if version < "2.8" => 100,
            Self::Cardinality => 198,
            Self::Other => 199,
            Self::MessageType => 200,
            Self::EventCode => 201,
            Self::ProcessingId => 202,
            Self::VersionId => 203,
            Self::UnknownKey => 204,
            Self::DuplicateKey => 205,
            Self::RecordLocked => 206,
            Self::Internal => 207,
        }
    }

    /// What it is called in an acknowledgement.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SegmentSequence => "Segment sequence error",
            Self::RequiredFieldMissing => "Required field missing",
            Self::DataType => "Data type error",
            Self::TableValue => "Table value not found",
            Self::TooLong => "Value too long",
            Self::Cardinality => "Cardinality",
            Self::Other => "Other HL7 error",
            Self::MessageType => "Unsupported message type",
            Self::EventCode => "Unsupported event code",
            Self::ProcessingId => "Unsupported processing id",
            Self::VersionId => "Unsupported version id",
            Self::UnknownKey => "Unknown key identifier",
            Self::DuplicateKey => "Duplicate key identifier",
            Self::RecordLocked => "Application record locked",
            Self::Internal => "Application internal error",
        }
    }
}
