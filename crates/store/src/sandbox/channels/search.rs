use rusqlite::types::Value;

use super::message::{COLUMNS, ChannelMessage, read};
use crate::StoreError;
use crate::sandbox::View;

/// Which messages are looked for. What is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessageQuery {
    /// Of this channel.
    pub channel: Option<String>,
    /// In this state, at the source or at a destination.
    pub state: Option<String>,
    /// With this text in the raw or transformed message, or in what was sent; capitals matter.
    pub text: Option<String>,
    /// Of this kind, such as `ADT^A01`, or of this code, such as `ADT`.
    pub kind: Option<String>,
    /// Received at this moment or later, virtual microseconds since 1970 UTC.
    pub from_us: Option<i64>,
    /// Received before this moment.
    pub to_us: Option<i64>,
    /// Before this message: where an earlier page ended.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: usize,
}

impl View<'_> {
    /// The messages that match, newest first.
    pub fn find_channel_messages(&self, query: &MessageQuery) -> Result<Vec<ChannelMessage>, StoreError> {
        let mut clauses: Vec<&str> = Vec::new();
        let mut values: Vec<Value> = Vec::new();
        let mut ask = |clause: Option<(&'static str, Value)>| {
            if let Some((clause, value)) = clause {
                clauses.push(clause);
                values.push(value);
            }
        };
        let text = |text: &Option<String>| text.clone().map(Value::from);
        ask(text(&query.channel).map(|value| ("m.channel = ?", value)));
        ask(text(&query.state).map(|value| {
            ("(? IN (SELECT m.state UNION SELECT d.state FROM main.channel_delivery AS d WHERE d.message = m.id))", value)
        }));
        ask(query.kind.clone().map(|kind| {
            let exact = kind.contains('^');
            (if exact { "m.kind = ?" } else { "m.kind || '^' LIKE ? || '^%'" }, Value::from(kind))
        }));
        ask(query.from_us.map(|us| ("m.received_us >= ?", Value::from(us))));
        ask(query.to_us.map(|us| ("m.received_us < ?", Value::from(us))));
        ask(query.before.map(|id| ("m.id < ?", Value::from(id))));
        ask(query.text.clone().map(|text| {
            let clause = "(instr(m.raw, ?) > 0 OR EXISTS (SELECT 1 FROM main.channel_delivery AS d
                           WHERE d.message = m.id AND instr(d.payload, ?) > 0))";
            (clause, Value::Blob(text.into_bytes()))
        }));
        // Numbered by hand, since one of the values is asked for twice.
        let mut sql = format!("SELECT {COLUMNS} FROM main.channel_message AS m");
        for (at, clause) in clauses.iter().enumerate() {
            let number = format!("?{}", at + 1);
            sql.push_str(if at == 0 { " WHERE " } else { " AND " });
            sql.push_str(&clause.replace('?', &number));
        }
        sql.push_str(&format!(" ORDER BY m.id DESC LIMIT {}", query.limit));
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_map(rusqlite::params_from_iter(values), read)?.collect::<Result<_, _>>()?)
    }
}
