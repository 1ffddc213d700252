use rusqlite::types::Value;

/// Which entries to list. Everything left out matches all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only entries after this place.
    pub after_seq: i64,
    /// Exact kinds, or prefixes ending in `*`: `fhir.*`.
    pub kinds: Vec<String>,
    /// Who did it.
    pub actor: Option<String>,
    /// The patient it is about, as `Patient/ID`.
    pub subject: Option<String>,
    /// How it ended.
    pub outcome: Option<String>,
    /// Newest first instead of oldest first.
    pub newest_first: bool,
    /// At most so many; 0 for no limit.
    pub limit: usize,
}

impl Filter {
    /// The filter as a WHERE clause with its parameters, then order and limit.
    pub(crate) fn sql(&self) -> (String, Vec<Value>) {
        let mut clauses = vec!["seq > ?".to_owned()];
        let mut values = vec![Value::Integer(self.after_seq)];
        for (column, wanted) in
            [("actor", &self.actor), ("subject", &self.subject), ("outcome", &self.outcome)]
        {
            if let Some(wanted) = wanted {
                clauses.push(format!("{column} = ?"));
                values.push(Value::Text(wanted.clone()));
            }
        }
        if !self.kinds.is_empty() {
            let any: Vec<&str> = self.kinds.iter().map(|kind| push_kind(kind, &mut values)).collect();
            clauses.push(format!("({})", any.join(" OR ")));
        }
        let order = if self.newest_first { "DESC" } else { "ASC" };
        let limit = if self.limit == 0 { String::new() } else { format!(" LIMIT {}", self.limit) };
        (format!("WHERE {} ORDER BY seq {order}{limit}", clauses.join(" AND ")), values)
    }
}

fn push_kind(kind: &str, values: &mut Vec<Value>) -> &'static str {
    match kind.strip_suffix('*') {
        Some(prefix) => {
            values.push(Value::Integer(prefix.chars().count() as i64));
            values.push(Value::Text(prefix.to_owned()));
            "substr(kind, 1, ?) = ?"
        }
        None => {
            values.push(Value::Text(kind.to_owned()));
            "kind = ?"
        }
    }
}
