//! Each criterion as SQL over one of the two files.

use rusqlite::types::Value;
use standards::fhir::search::SearchKind;
use standards::fhir::search::query::{Criterion, Match, Modifier, Prefix, SystemMatch};

use crate::sqlite::system_key;

/// A piece of SQL with the values of its placeholders, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Clause {
    pub(super) text: String,
    pub(super) values: Vec<Value>,
}

impl Clause {
    fn new(text: impl Into<String>, values: Vec<Value>) -> Self {
        Self { text: text.into(), values }
    }

    fn join(parts: Vec<Self>, separator: &str) -> Self {
        let text = parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(separator);
        Self { text, values: parts.into_iter().flat_map(|part| part.values).collect() }
    }

    /// Joins any number of parts, in groups of which each is wrapped: SQLite joins at most 500 selects at once and nests
    /// conditions at most 1000 deep.
    fn join_many(parts: Vec<Self>, separator: &str, [before, after]: [&str; 2]) -> Self {
        const TOGETHER: usize = 400;
        if parts.len() <= TOGETHER {
            return Self::join(parts, separator);
        }
        let mut groups = Vec::new();
        let mut parts = parts.into_iter().peekable();
        while parts.peek().is_some() {
            let group = parts.by_ref().take(TOGETHER).collect();
            groups.push(Self::join(group, separator).wrap(before, after));
        }
        Self::join_many(groups, separator, [before, after])
    }

    fn wrap(self, before: &str, after: &str) -> Self {
        Self { text: format!("{before}{}{after}", self.text), values: self.values }
    }
}

/// The candidates of a search in one file, as `SELECT d.rid ...` with a WHERE clause that more can be added to: of the
/// image only those that the sandbox has not changed.
pub(super) fn candidates(schema: &str, resource_type: &str, criteria: &[Criterion]) -> Clause {
    let found = matching(schema, resource_type, criteria);
    if schema != "image" {
        return found;
    }
    let unchanged = Clause::new("NOT EXISTS (SELECT 1 FROM main.resource AS o WHERE o.rid = d.rid)", vec![]);
    Clause::join(vec![found, unchanged], " AND ")
}

/// The resources of the image that match although the sandbox has changed them, counted over the sandbox's few.
pub(super) fn shadowed(resource_type: &str, criteria: &[Criterion]) -> Clause {
    let changed = Clause::new(
        "SELECT count(*) FROM main.resource AS d WHERE d.type = ?
         AND EXISTS (SELECT 1 FROM image.resource AS i WHERE i.rid = d.rid)",
        vec![Value::Text(resource_type.to_owned())],
    );
    let conditions = criteria.iter().map(|criterion| condition("image", resource_type, criterion));
    Clause::join(std::iter::once(changed).chain(conditions).collect(), " AND ")
}

/// What matches in one file, whether the sandbox has changed it or not.
pub(super) fn matching(schema: &str, resource_type: &str, criteria: &[Criterion]) -> Clause {
    let driver =
        (0..criteria.len()).filter_map(|at| Some((cost(&criteria[at])?, at))).min().map(|(_, at)| at);
    let from = match driver {
        Some(at) => driving(schema, resource_type, &criteria[at]),
        None => Clause::new(
            format!("SELECT rid FROM {schema}.resource WHERE type = ? AND deleted = 0"),
            vec![Value::Text(resource_type.to_owned())],
        ),
    };
    let mut parts = vec![from.wrap("SELECT d.rid AS rid FROM (", ") AS d WHERE 1")];
    let others = criteria.iter().enumerate().filter(|(at, _)| Some(*at) != driver);
    parts.extend(others.map(|(_, criterion)| condition(schema, resource_type, criterion)));
    Clause::join(parts, " AND ")
}

/// How many candidates a criterion is likely to leave, as a rank; `None` where it cannot list them.
fn cost(criterion: &Criterion) -> Option<u8> {
    if matches!(criterion.modifier, Some(Modifier::Missing(_) | Modifier::Not)) {
        return None;
    }
    match criterion.kind {
        SearchKind::Id => Some(0),
        SearchKind::Token if criterion.code == "identifier" => Some(1),
        SearchKind::Reference => Some(2),
        SearchKind::String => Some(3),
        SearchKind::Uri => Some(4),
        SearchKind::Token => Some(5),
        SearchKind::Date | SearchKind::Number | SearchKind::Quantity => Some(6),
        SearchKind::LastUpdated => Some(7),
    }
}

/// A criterion as the list of the resources that meet it, each once, in `rid` order.
fn driving(schema: &str, resource_type: &str, criterion: &Criterion) -> Clause {
    let mut lists: Vec<Clause> =
        criterion.any.iter().flat_map(|wanted| rows(schema, resource_type, criterion, wanted)).collect();
    if lists.len() == 1 && lists_once(criterion) {
        let mut list = lists.remove(0);
        if matches!(criterion.any[..], [Match::Token { system: SystemMatch::Any, .. }]) {
            list.text += &first_system_only(schema);
        }
        return list;
    }
    union(lists).wrap("SELECT DISTINCT rid FROM (", ") ORDER BY rid")
}

/// Of a code that a resource has in several systems, only the row of the first.
fn first_system_only(schema: &str) -> String {
    format!(
        " AND NOT EXISTS (SELECT 1 FROM {schema}.token AS y WHERE y.param = x.param AND y.code = x.code
          AND y.rid = x.rid AND y.system < x.system)"
    )
}

/// What stands in any of the lists.
fn union(lists: Vec<Clause>) -> Clause {
    Clause::join_many(lists, " UNION ", ["SELECT rid FROM (", ")"])
}

/// Whether one value of the criterion can list a resource only once, and in `rid` order.
fn lists_once(criterion: &Criterion) -> bool {
    criterion.any.iter().all(|wanted| match wanted {
        Match::Token { code, .. } => code.is_some(),
        Match::Reference { .. } | Match::Uri { .. } | Match::Id { .. } => true,
        _ => false,
    })
}

/// A criterion as a condition on candidate `d.rid`.
fn condition(schema: &str, resource_type: &str, criterion: &Criterion) -> Clause {
    match criterion.modifier {
        Some(Modifier::Missing(missing)) => {
            let table = table(criterion.kind);
            let not = if missing { "NOT " } else { "" };
            Clause::new(
                format!("d.rid {not}IN (SELECT x.rid FROM {schema}.{table} AS x WHERE x.param = ?)"),
                vec![Value::Integer(i64::from(criterion.key.0))],
            )
        }
        Some(Modifier::Not) => {
            let lists = criterion
                .any
                .iter()
                .flat_map(|wanted| rows(schema, resource_type, criterion, wanted))
                .collect();
            union(lists).wrap("d.rid NOT IN (", ")")
        }
        _ => {
            let any = criterion
                .any
                .iter()
                .flat_map(|wanted| rows(schema, resource_type, criterion, wanted))
                .map(|list| list.wrap("EXISTS (", " AND x.rid = d.rid)"))
                .collect();
            Clause::join_many(any, " OR ", ["(", ")"]).wrap("(", ")")
        }
    }
}

/// The rows that one wanted value matches: one SELECT for each form it may be stored in.
fn rows(schema: &str, resource_type: &str, criterion: &Criterion, wanted: &Match) -> Vec<Clause> {
    let table = table(criterion.kind);
    let of_param = |test: Clause| {
        let mut values = vec![Value::Integer(i64::from(criterion.key.0))];
        values.extend(test.values);
        let text = &test.text;
        Clause::new(format!("SELECT x.rid FROM {schema}.{table} AS x WHERE x.param = ? AND {text}"), values)
    };
    let of_type = |test: Clause| {
        let mut values = vec![Value::Text(resource_type.to_owned())];
        values.extend(test.values);
        let text = &test.text;
        Clause::new(
            format!("SELECT x.rid FROM {schema}.resource AS x WHERE x.type = ? AND x.deleted = 0 AND {text}"),
            values,
        )
    };
    match wanted {
        Match::Token { system, code } => vec![of_param(token(system, code.as_deref()))],
        Match::String { normalised, exact } => {
            vec![of_param(string(criterion.modifier.as_ref(), normalised, exact))]
        }
        Match::Reference { targets } => targets
            .iter()
            .map(|target| of_param(Clause::new("x.target = ?", vec![Value::Text(target.clone())])))
            .collect(),
        Match::Uri { value } => vec![of_param(Clause::new("x.value = ?", vec![Value::Text(value.clone())]))],
        Match::Id { id } => vec![of_type(Clause::new("x.id = ?", vec![Value::Text(id.clone())]))],
        Match::LastUpdated { prefix, low_us, high_us } => {
            vec![of_type(span(*prefix, ["x.updated_us", "x.updated_us + 1"], *low_us, *high_us))]
        }
        Match::Date { prefix, low_us, high_us } => {
            vec![of_param(span(*prefix, ["x.low", "x.high"], *low_us, *high_us))]
        }
        Match::Number { prefix, value, low, high } => vec![of_param(range(*prefix, *value, *low, *high))],
        Match::Quantity { prefix, value, low, high, system, code } => {
            let amount = range(*prefix, *value, *low, *high).wrap("(", ")");
            let unit = unit(system.as_deref(), code.as_deref());
            vec![of_param(Clause::join(vec![amount, unit], " AND "))]
        }
    }
}

fn table(kind: SearchKind) -> &'static str {
    match kind {
        SearchKind::Token => "token",
        SearchKind::String => "string",
        SearchKind::Date => "date",
        SearchKind::Number => "number",
        SearchKind::Quantity => "quantity",
        SearchKind::Reference => "reference",
        SearchKind::Uri => "uri",
        _ => "resource",
    }
}

fn token(system: &SystemMatch, code: Option<&str>) -> Clause {
    let mut parts = Vec::new();
    if let Some(code) = code {
        parts.push(Clause::new("x.code = ?", vec![Value::Text(code.to_owned())]));
    }
    match system {
        SystemMatch::Any => {}
        SystemMatch::None => parts.push(Clause::new("x.system = 0", vec![])),
        SystemMatch::Is(uri) => {
            parts.push(Clause::new("x.system = ?", vec![Value::Integer(system_key(Some(uri)))]));
        }
    }
    if parts.is_empty() {
        parts.push(Clause::new("1", vec![]));
    }
    Clause::join(parts, " AND ")
}

fn string(modifier: Option<&Modifier>, normalised: &str, exact: &str) -> Clause {
    match modifier {
        Some(Modifier::Exact) => Clause::new(
            "x.value = ? AND x.exact = ?",
            vec![Value::Text(normalised.to_owned()), Value::Text(exact.to_owned())],
        ),
        Some(Modifier::Contains) => {
            Clause::new("instr(x.value, ?) > 0", vec![Value::Text(normalised.to_owned())])
        }
        _ => match next_prefix(normalised) {
            Some(end) => Clause::new(
                "x.value >= ? AND x.value < ?",
                vec![Value::Text(normalised.to_owned()), Value::Text(end)],
            ),
            None => Clause::new("x.value >= ?", vec![Value::Text(normalised.to_owned())]),
        },
    }
}

/// The least text that is greater than everything starting with `prefix`.
fn next_prefix(prefix: &str) -> Option<String> {
    let mut chars: Vec<char> = prefix.chars().collect();
    while let Some(last) = chars.pop() {
        let following = match last {
            '\u{d7ff}' => Some('\u{e000}'),
            other => char::from_u32(other as u32 + 1),
        };
        if let Some(following) = following {
            chars.push(following);
            return Some(chars.into_iter().collect());
        }
    }
    None
}

/// Spans of time, half-open on both sides (FHIR R4, 3.1.1.4.5).
fn span(prefix: Prefix, [low, high]: [&str; 2], wanted_low: i64, wanted_high: i64) -> Clause {
    let (from, until) = (Value::Integer(wanted_low), Value::Integer(wanted_high));
    let within = format!("{low} >= ? AND {high} <= ?");
    match prefix {
        Prefix::Eq => Clause::new(within, vec![from, until]),
        Prefix::Ne => Clause::new(format!("NOT ({within})"), vec![from, until]),
        Prefix::Gt => Clause::new(format!("{high} > ?"), vec![until]),
        Prefix::Lt => Clause::new(format!("{low} < ?"), vec![from]),
        Prefix::Ge => Clause::new(format!("({high} > ? OR ({within}))"), vec![until.clone(), from, until]),
        Prefix::Le => Clause::new(format!("({low} < ? OR ({within}))"), vec![from.clone(), from, until]),
        Prefix::Sa => Clause::new(format!("{low} >= ?"), vec![until]),
        Prefix::Eb => Clause::new(format!("{high} <= ?"), vec![from]),
        Prefix::Ap => Clause::new(format!("{low} < ? AND {high} > ?"), vec![until, from]),
    }
}

/// Numbers: `low` and `high` bound what the written digits may mean, `value` is the number as written.
fn range(prefix: Prefix, value: f64, low: f64, high: f64) -> Clause {
    let (value, low, high) = (Value::Real(value), Value::Real(low), Value::Real(high));
    match prefix {
        Prefix::Eq => Clause::new("x.low >= ? AND x.high < ?", vec![low, high]),
        Prefix::Ne => Clause::new("NOT (x.low >= ? AND x.high < ?)", vec![low, high]),
        Prefix::Gt => Clause::new("x.high > ?", vec![value]),
        Prefix::Lt => Clause::new("x.low < ?", vec![value]),
        Prefix::Ge => Clause::new("x.high >= ?", vec![value]),
        Prefix::Le => Clause::new("x.low <= ?", vec![value]),
        Prefix::Sa => Clause::new("x.low > ?", vec![value]),
        Prefix::Eb => Clause::new("x.high < ?", vec![value]),
        Prefix::Ap => Clause::new("x.low < ? AND x.high >= ?", vec![high, low]),
    }
}

/// With a system, the unit's code; without one, its code or what people read.
fn unit(system: Option<&str>, code: Option<&str>) -> Clause {
    match (system, code) {
        (None, None) => Clause::new("1", vec![]),
        (None, Some(code)) => Clause::new(
            "(x.code = ? OR x.unit = ?)",
            vec![Value::Text(code.to_owned()), Value::Text(code.to_owned())],
        ),
        (Some(system), None) => Clause::new("x.system = ?", vec![Value::Integer(system_key(Some(system)))]),
        (Some(system), Some(code)) => Clause::new(
            "x.system = ? AND x.code = ?",
            vec![Value::Integer(system_key(Some(system))), Value::Text(code.to_owned())],
        ),
    }
}
