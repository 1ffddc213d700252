use std::collections::BTreeMap;

use super::fields::Fields;
use super::model::{
    Alerts, Channel, Connector, DataType, Destination, InitialState, Queue, QueueMode, Respond, Source,
    Tables,
};
use super::problem::Problem;
use super::read_steps::{filter, transformer};
use super::tree::{self, Kind, Table};

/// Largest channel file that is read, in bytes.
const FILE_BYTES_MAX: usize = 1 << 20;
/// Destinations that one channel may have.
const DESTINATIONS_MAX: usize = 50;

/// Reads a channel file. What could be read comes with every problem that was found; only without problems may it run.
pub fn read(text: &str) -> (Channel, Vec<Problem>) {
    let mut problems = Vec::new();
    let text = if text.len() > FILE_BYTES_MAX {
        let what = format!("the file has {} bytes, and {FILE_BYTES_MAX} is the most", text.len());
        problems.push(Problem { line: 1, what, remedy: "move what is large out of the channel".to_owned() });
        ""
    } else {
        text
    };
    let root = tree::parse(text, &mut problems);
    let channel = channel(&root, &mut problems);
    problems.sort_by_key(|problem| problem.line);
    (channel, problems)
}

fn channel(root: &Table, problems: &mut Vec<Problem>) -> Channel {
    let mut fields = Fields::new(root, 1, "the channel", problems);
    let name = fields.required("name");
    let description = fields.optional("description").unwrap_or_default();
    let states = [
        ("STARTED", InitialState::Started),
        ("PAUSED", InitialState::Paused),
        ("STOPPED", InitialState::Stopped),
    ];
    let initial_state = fields.word("initial_state", &states);
    let preprocessor = fields.text("preprocessor");
    let (table, line) = fields.table("source").unwrap_or_else(|| {
        fields.say(1, "the channel has no source", "begin it with [source]");
        (root, 0)
    });
    let source = if line == 0 { no_source() } else { source(table, line, fields.problems()) };
    let tables_of = fields.tables("destinations");
    if tables_of.is_empty() || tables_of.len() > DESTINATIONS_MAX {
        let what = format!("the channel has {} destinations", tables_of.len());
        fields.say(1, what, format!("give it 1 to {DESTINATIONS_MAX}, each beginning with [[destinations]]"));
    }
    let mut destinations = Vec::new();
    for (table, line) in tables_of {
        let read = destination(table, line, fields.problems());
        if destinations.iter().any(|other: &Destination| other.name == read.name) {
            let what = format!("two destinations are called \"{}\"", read.name);
            fields.say(line, what, "give each a name of its own");
        }
        destinations.push(read);
    }
    let tables =
        fields.table("tables").map(|(table, _)| tables(table, fields.problems())).unwrap_or_default();
    let alerts = fields.table("alerts").map(|(table, line)| alerts(table, line, fields.problems()));
    fields.close();
    let alerts = alerts.unwrap_or_default();
    Channel { name, description, initial_state, preprocessor, source, destinations, tables, alerts }
}

fn no_source() -> Source {
    Source {
        connector: Connector::ChannelReader,
        data_type: DataType::Hl7V2,
        respond: Respond::AfterTransformer,
        filter: super::Filter::default(),
        transformer: Vec::new(),
        template: None,
    }
}

const DATA_TYPES: [(&str, DataType); 3] =
    [("HL7V2", DataType::Hl7V2), ("JSON", DataType::Json), ("RAW", DataType::Raw)];

fn source(table: &Table, line: u32, problems: &mut Vec<Problem>) -> Source {
    let mut fields = Fields::new(table, line, "the source", problems);
    #[derive(Clone, Copy, PartialEq)]
    enum Kind {
        Tcp,
        Reader,
    }
    let kind = fields.word("connector", &[("TCP Listener", Kind::Tcp), ("Channel Reader", Kind::Reader)]);
    let system = fields.optional("system");
    let connector = match kind {
        Kind::Tcp => Connector::TcpListener { system },
        Kind::Reader => Connector::ChannelReader,
    };
    let data_type = fields.word("data_type", &DATA_TYPES);
    let respond = fields.word(
        "respond",
        &[
            ("after source transformer", Respond::AfterTransformer),
            ("before processing", Respond::BeforeProcessing),
            ("destinations completed", Respond::DestinationsCompleted),
        ],
    );
    let filter = filter(&mut fields, data_type);
    let transformer = transformer(&mut fields, data_type);
    let template = fields.optional("template");
    fields.close();
    Source { connector, data_type, respond, filter, transformer, template }
}

fn destination(table: &Table, line: u32, problems: &mut Vec<Problem>) -> Destination {
    let mut fields = Fields::new(table, line, "a destination", problems);
    let name = fields.required("name");
    #[derive(Clone, Copy, PartialEq)]
    enum Kind {
        Tcp,
        Fhir,
        Writer,
    }
    let kinds = [("TCP Sender", Kind::Tcp), ("FHIR Sender", Kind::Fhir), ("Channel Writer", Kind::Writer)];
    let kind = fields.word("connector", &kinds);
    let connector = match kind {
        Kind::Tcp => Connector::TcpSender { system: fields.required("system") },
        Kind::Fhir => Connector::FhirSender { system: fields.required("system") },
        Kind::Writer => Connector::ChannelWriter { channel: fields.required("channel") },
    };
    let usual = if kind == Kind::Fhir { DataType::Json } else { DataType::Hl7V2 };
    let mut data_types = DATA_TYPES;
    data_types.sort_by_key(|(_, data_type)| *data_type != usual);
    let data_type = fields.word("data_type", &data_types);
    let filter = filter(&mut fields, DataType::Hl7V2);
    let transformer = transformer(&mut fields, DataType::Hl7V2);
    let template = fields.optional("template");
    let queue = fields.table("queue").map(|(table, line)| queue(table, line, fields.problems()));
    fields.close();
    let queue = queue.unwrap_or(Queue { mode: QueueMode::Never, retry_interval_s: 10, attempts_max: 1 });
    Destination { name, connector, data_type, filter, transformer, template, queue }
}

fn queue(table: &Table, line: u32, problems: &mut Vec<Problem>) -> Queue {
    let mut fields = Fields::new(table, line, "a queue", problems);
    let modes =
        [("on failure", QueueMode::OnFailure), ("always", QueueMode::Always), ("never", QueueMode::Never)];
    let mode = fields.word("mode", &modes);
    let retry_interval_s = fields.whole("retry_interval_s", (1, 3_600)).unwrap_or(10);
    let attempts_max = fields.whole("attempts_max", (1, 10_000)).unwrap_or(20);
    fields.close();
    Queue { mode, retry_interval_s, attempts_max }
}

fn alerts(table: &Table, line: u32, problems: &mut Vec<Problem>) -> Alerts {
    let mut fields = Fields::new(table, line, "the alerts", problems);
    let most = 1_000_000;
    let alerts = Alerts {
        queue_depth: fields.whole("queue_depth", (1, most)),
        errors: fields.whole("errors", (1, most)),
    };
    fields.close();
    alerts
}

fn tables(table: &Table, problems: &mut Vec<Problem>) -> Tables {
    let mut tables = Tables::new();
    for (name, (line, node)) in table {
        let Kind::Table(rows) = &node.kind else {
            let what = format!("table `{name}` is {}", node.word());
            let remedy = format!("write [tables.{name}] and lines such as K = {{ target = \"2823-3\" }}");
            problems.push(Problem { line: *line, what, remedy });
            continue;
        };
        let read = rows
            .iter()
            .filter_map(|(key, (line, node))| Some((key.clone(), row(key, *line, &node.kind, problems)?)));
        tables.insert(name.clone(), read.collect());
    }
    tables
}

fn row(key: &str, line: u32, kind: &Kind, problems: &mut Vec<Problem>) -> Option<BTreeMap<String, String>> {
    let columns = match kind {
        Kind::Text(text) => return Some(BTreeMap::from([("target".to_owned(), text.clone())])),
        Kind::Table(columns) => columns,
        _ => {
            let what = format!("the row `{key}` is neither a text nor a table");
            let remedy = format!("write {key} = {{ target = \"…\" }}");
            problems.push(Problem { line, what, remedy });
            return None;
        }
    };
    let mut row = BTreeMap::new();
    for (column, (line, node)) in columns {
        match &node.kind {
            Kind::Text(text) => {
                row.insert(column.clone(), text.clone());
            }
            _ => problems.push(Problem {
                line: *line,
                what: format!("`{column}` of row `{key}` is {}", node.word()),
                remedy: "put it in quotes".to_owned(),
            }),
        }
    }
    Some(row)
}
