use std::collections::BTreeMap;

/// A channel as its file describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Its name, unique in a hospital.
    pub name: String,
    /// What it is for, in a sentence.
    pub description: String,
    /// Whether it runs once it is deployed.
    pub initial_state: InitialState,
    /// JavaScript that sees the raw message before it is parsed, and may return another.
    pub preprocessor: Option<Text>,
    /// Where messages come from.
    pub source: Source,
    /// Where they go, in order.
    pub destinations: Vec<Destination>,
    /// Tables that scripts and steps look codes up in.
    pub tables: Tables,
    /// When the engine raises an alert.
    pub alerts: Alerts,
}

/// A text and the line of the file on which it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub text: String,
    /// The line of the file that holds its first line, from 1.
    pub line: u32,
}

/// The state a channel takes when it is deployed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InitialState {
    /// It receives and sends.
    Started,
    /// It sends what is queued, and receives nothing.
    Paused,
    /// It does neither.
    Stopped,
}

/// The first connector: it receives, filters and transforms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// How messages come in.
    pub connector: Connector,
    /// How they are written.
    pub data_type: DataType,
    /// When the sender is answered, and with what.
    pub respond: Respond,
    /// Which messages go on.
    pub filter: Filter,
    /// What is done to those that do.
    pub transformer: Vec<Step>,
    /// A message to begin the outgoing one from, which scripts then see as `tmp`.
    pub template: Option<String>,
}

/// One place that messages go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// Its name, unique in the channel.
    pub name: String,
    /// How messages leave.
    pub connector: Connector,
    /// How they are written when they do.
    pub data_type: DataType,
    /// Which messages it takes.
    pub filter: Filter,
    /// What is done to them.
    pub transformer: Vec<Step>,
    /// A message to begin the outgoing one from, which scripts then see as `tmp`.
    pub template: Option<String>,
    /// What happens when it cannot be sent.
    pub queue: Queue,
}

/// How messages come in or go out. The words are those of Mirth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Connector {
    /// HL7 v2 over MLLP, received for this system of the hospital.
    TcpListener {
        /// The system that messages are addressed to (MSH-5), or any.
        system: Option<String>,
    },
    /// Messages that another channel writes.
    ChannelReader,
    /// HL7 v2 over MLLP to a system of the hospital.
    TcpSender {
        /// Which system.
        system: String,
    },
    /// FHIR R4 to a system of the hospital: a Bundle as a transaction, another resource as an update.
    FhirSender {
        /// Which system.
        system: String,
    },
    /// Hands the message to another channel.
    ChannelWriter {
        /// Its name.
        channel: String,
    },
}

impl Connector {
    /// The word in the file.
    pub fn word(&self) -> &'static str {
        match self {
            Self::TcpListener { .. } => "TCP Listener",
            Self::ChannelReader => "Channel Reader",
            Self::TcpSender { .. } => "TCP Sender",
            Self::FhirSender { .. } => "FHIR Sender",
            Self::ChannelWriter { .. } => "Channel Writer",
        }
    }

    /// The system or channel at the other end.
    pub fn target(&self) -> Option<&str> {
        match self {
            Self::TcpListener { system } => system.as_deref(),
            Self::ChannelReader => None,
            Self::TcpSender { system } | Self::FhirSender { system } => Some(system),
            Self::ChannelWriter { channel } => Some(channel),
        }
    }
}

/// How a message is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataType {
    /// HL7 v2 with its separators.
    Hl7V2,
    /// JSON, FHIR among it.
    Json,
    /// Text as it is.
    Raw,
}

/// When the sender is answered (Mirth's "Response").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Respond {
    /// As soon as the message is stored: accepted whatever becomes of it.
    BeforeProcessing,
    /// When the source has transformed it: rejected where that failed.
    AfterTransformer,
    /// When every destination has been tried once.
    DestinationsCompleted,
}

/// Rules, each joined to the ones before it. No rule lets every message pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The rules, in order.
    pub rules: Vec<Rule>,
}

/// One rule of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What it is called in errors and on pages.
    pub name: String,
    /// How it is joined to the rules before it.
    pub join: Join,
    /// What it asks.
    pub test: RuleTest,
}

/// How a rule is joined to those before it, strictly from first to last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// Both must hold.
    And,
    /// One must hold.
    Or,
}

/// What a rule asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleTest {
    /// A comparison of one field.
    Field {
        /// Where it stands, such as `PID-8`.
        path: String,
        /// What is asked of it.
        condition: Condition,
        /// What it is compared with.
        values: Vec<String>,
    },
    /// A script that returns whether the message goes on.
    Script(Text),
}

/// What a rule asks of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// It has a value.
    Exists,
    /// It has none.
    NotExist,
    /// It is one of the values.
    Equals,
    /// It is none of them.
    NotEqual,
    /// One of the values is in it.
    Contains,
    /// None of them is.
    NotContain,
}

/// One step of a transformer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it is called in errors and on pages.
    pub name: String,
    /// What it does.
    pub act: StepAct,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepAct {
    /// Puts the value of a field into the channel map.
    Mapper {
        /// Under which name.
        variable: String,
        /// Where the field stands.
        path: String,
        /// Taken where the field is empty.
        default: String,
        /// A table to look it up in.
        lookup: Option<Lookup>,
    },
    /// Writes a field.
    MessageBuilder {
        /// Where the field stands.
        path: String,
        /// What is written; `${name}` stands for a value of the maps.
        value: Option<String>,
        /// Or where it is copied from.
        from: Option<String>,
        /// A table to look it up in.
        lookup: Option<Lookup>,
    },
    /// Turns the HL7 v2 message into a FHIR Bundle, by the maps of HL7.
    V2ToFhir,
    /// JavaScript.
    Script(Text),
}

/// Which table a value is looked up in, and what is taken from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// The table.
    pub table: String,
    /// The column.
    pub column: String,
}

/// Tables by name: by key, by column, a value.
pub type Tables = BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>>;

/// What a destination does with what it cannot send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Queue {
    /// Whether there is a queue.
    pub mode: QueueMode,
    /// Seconds before the second attempt; later ones wait longer, up to an hour.
    pub retry_interval_s: u32,
    /// Attempts before the message becomes a dead letter: `ERROR`, and out of the way of those behind it.
    pub attempts_max: u32,
}

/// When a message is queued (Mirth's "Queue Messages").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueMode {
    /// Never: what cannot be sent at once is an error.
    Never,
    /// When the first attempt fails.
    OnFailure,
    /// Always: the sender is answered before the first attempt.
    Always,
}

/// When the engine raises an alert.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Alerts {
    /// Messages waiting in one destination's queue.
    pub queue_depth: Option<u32>,
    /// Messages in error.
    pub errors: Option<u32>,
}
