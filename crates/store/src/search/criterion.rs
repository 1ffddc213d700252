//! A criterion as SQL over the index rows of one of the two files.

use rusqlite::types::Value;
use standards::fhir::search::query::{Criterion, Match, Modifier, SystemMatch};
use standards::fhir::search::{ParamKey, SearchKind};

use super::clause::Clause;
use super::compare::{below, range, span, starts, string, token, unit};
use crate::sqlite::{element_rids, resource_of_element, system_key};

/// Index rows that match, as a SELECT of `x.rid` whose WHERE clause more can be added to.
struct Rows {
    select: Clause,
    /// The rows are of elements: their numbers are not those of resources.
    of_elements: bool,
    /// Whether a look-up by resource finds one of these rows without going through the others.
    by_resource: bool,
}

impl Rows {
    /// The resources that have such a row.
    fn list(self) -> Clause {
        if !self.of_elements {
            return self.select;
        }
        let resource = resource_of_element("e.rid");
        self.select.wrap(&format!("SELECT {resource} AS rid FROM ("), ") AS e")
    }

    /// Whether candidate `d.rid` has such a row.
    fn of_candidate(self) -> Clause {
        if !self.by_resource {
            return self.list().wrap("d.rid IN (", ")");
        }
        if !self.of_elements {
            return self.select.wrap("EXISTS (", " AND x.rid = d.rid)");
        }
        let [first, last] = element_rids("d.rid");
        self.select.wrap("EXISTS (", &format!(" AND e.rid BETWEEN {first} AND {last})"))
    }
}

/// How many candidates a criterion is likely to leave, as a rank; `None` where it cannot list them.
pub(super) fn cost(criterion: &Criterion) -> Option<u8> {
    match &criterion.modifier {
        Some(Modifier::Missing(_) | Modifier::Differs) => return None,
        Some(modifier) if modifier.is_negative() => return None,
        Some(Modifier::OfType | Modifier::Identifier) => return Some(1),
        _ => {}
    }
    Some(match criterion.kind {
        SearchKind::Id => 0,
        SearchKind::Token if criterion.code == "identifier" => 1,
        SearchKind::Reference => 2,
        SearchKind::String => 3,
        SearchKind::Uri => 4,
        SearchKind::Token | SearchKind::Composite => 5,
        SearchKind::Date | SearchKind::Number | SearchKind::Quantity => 6,
        SearchKind::LastUpdated => 7,
    })
}

/// A criterion as the list of the resources that meet it, each once, in `rid` order.
pub(super) fn driving(schema: &str, resource_type: &str, criterion: &Criterion) -> Clause {
    let mut lists = lists(schema, resource_type, criterion);
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
pub(super) fn union(lists: Vec<Clause>) -> Clause {
    if lists.is_empty() {
        return Clause::new("SELECT NULL AS rid WHERE 0", vec![]);
    }
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
pub(super) fn condition(schema: &str, resource_type: &str, criterion: &Criterion) -> Clause {
    match &criterion.modifier {
        Some(Modifier::Missing(missing)) => {
            let not = if *missing { "NOT " } else { "" };
            present(schema, resource_type, criterion).wrap(&format!("d.rid {not}IN ("), ")")
        }
        Some(Modifier::Differs) => {
            let same: Vec<Clause> =
                criterion.any.iter().flat_map(|wanted| tests(criterion, wanted)).collect();
            let other = Clause::join_many(same, " OR ", ["(", ")"]).wrap("NOT (", ")");
            select(schema, table(criterion.kind), criterion.key, other).wrap("d.rid IN (", ")")
        }
        Some(modifier) if modifier.is_negative() => {
            union(lists(schema, resource_type, criterion)).wrap("d.rid NOT IN (", ")")
        }
        _ => {
            let any: Vec<Clause> = criterion
                .any
                .iter()
                .flat_map(|wanted| rows(schema, resource_type, criterion, wanted))
                .map(Rows::of_candidate)
                .collect();
            if any.is_empty() {
                return Clause::new("0", vec![]);
            }
            Clause::join_many(any, " OR ", ["(", ")"]).wrap("(", ")")
        }
    }
}

/// The resources that have any value of the criterion's parameter.
fn present(schema: &str, resource_type: &str, criterion: &Criterion) -> Clause {
    if !criterion.any.is_empty() {
        return union(lists(schema, resource_type, criterion));
    }
    select(schema, table(criterion.kind), criterion.key, anything())
}

fn lists(schema: &str, resource_type: &str, criterion: &Criterion) -> Vec<Clause> {
    let rows = criterion.any.iter().flat_map(|wanted| rows(schema, resource_type, criterion, wanted));
    rows.map(Rows::list).collect()
}

/// The rows that one wanted value matches: one SELECT for each form it may be stored in.
fn rows(schema: &str, resource_type: &str, criterion: &Criterion, wanted: &Match) -> Vec<Rows> {
    let by_resource = finds_by_resource(criterion, wanted);
    let rows = |select| Rows { select, of_elements: false, by_resource };
    let of_param = |table: &str, test: Clause| rows(select(schema, table, criterion.key, test));
    match wanted {
        Match::Element { parts } => {
            vec![Rows { select: elements(schema, parts), of_elements: true, by_resource }]
        }
        Match::Codes { codes } => vec![rows(of_codes(schema, criterion.key, codes))],
        Match::Label { .. } => {
            tests(criterion, wanted).into_iter().map(|test| of_param("label", test)).collect()
        }
        Match::Id { .. } | Match::LastUpdated { .. } => {
            let of_type = |test: Clause| {
                let mut values = vec![Value::Text(resource_type.to_owned())];
                values.extend(test.values);
                let text = &test.text;
                let sql = format!(
                    "SELECT x.rid FROM {schema}.resource AS x WHERE x.type = ? AND x.deleted = 0 AND {text}"
                );
                rows(Clause::new(sql, values))
            };
            tests(criterion, wanted).into_iter().map(of_type).collect()
        }
        _ => {
            let table = table(criterion.kind);
            tests(criterion, wanted).into_iter().map(|test| of_param(table, test)).collect()
        }
    }
}

/// Whether the rows of a wanted value are keyed so that those of one resource are a point look-up.
fn finds_by_resource(criterion: &Criterion, wanted: &Match) -> bool {
    match wanted {
        Match::Token { code, .. } => code.is_some(),
        Match::String { .. } => {
            matches!(criterion.modifier, Some(Modifier::Exact))
        }
        Match::UriBelow { .. } | Match::Codes { .. } | Match::Label { .. } => false,
        Match::Element { parts } => match parts.first() {
            Some(first) => {
                !first.any.is_empty() && first.any.iter().all(|wanted| finds_by_resource(first, wanted))
            }
            None => false,
        },
        Match::Date { .. }
        | Match::Number { .. }
        | Match::Quantity { .. }
        | Match::Reference { .. }
        | Match::Uri { .. }
        | Match::Id { .. }
        | Match::LastUpdated { .. } => true,
    }
}

/// The rows of a parameter that pass a test.
fn select(schema: &str, table: &str, key: ParamKey, test: Clause) -> Clause {
    let mut values = vec![Value::Integer(i64::from(key.0))];
    values.extend(test.values);
    let text = &test.text;
    Clause::new(format!("SELECT x.rid FROM {schema}.{table} AS x WHERE x.param = ? AND {text}"), values)
}

/// The elements that have every part, found by their first and looked up by the others.
fn elements(schema: &str, parts: &[Criterion]) -> Clause {
    let of_part = |part: &Criterion| {
        let tests: Vec<Clause> = part.any.iter().flat_map(|wanted| tests(part, wanted)).collect();
        let test = if tests.is_empty() { anything() } else { Clause::join_many(tests, " OR ", ["(", ")"]) };
        select(schema, table(part.kind), part.key, test.wrap("(", ")"))
    };
    let mut parts = parts.iter().map(of_part);
    let first = parts.next().unwrap_or_else(|| union(Vec::new()));
    let others = parts.map(|part| part.wrap("EXISTS (", " AND x.rid = e.rid)"));
    let start = first.wrap("SELECT e.rid FROM (", ") AS e WHERE 1");
    Clause::join(std::iter::once(start).chain(others).collect(), " AND ")
}

/// The rows of any of many codes, which go to SQLite as one value.
fn of_codes(schema: &str, key: ParamKey, codes: &[(Option<String>, String)]) -> Clause {
    let codes: Vec<(i64, &str)> =
        codes.iter().map(|(system, code)| (system_key(system.as_deref()), code.as_str())).collect();
    let list = serde_json::json!(codes).to_string();
    let sql = format!(
        "SELECT x.rid FROM (SELECT json_extract(value, '$[0]') AS system, json_extract(value, '$[1]') AS code
           FROM json_each(?)) AS c
         CROSS JOIN {schema}.token AS x ON x.code = c.code AND x.system = c.system WHERE x.param = ?"
    );
    Clause::new(sql, vec![Value::Text(list), Value::Integer(i64::from(key.0))])
}

fn anything() -> Clause {
    Clause::new("1", vec![])
}

/// What must hold of an index row `x` for one wanted value: one condition for each form it may be stored in.
fn tests(criterion: &Criterion, wanted: &Match) -> Vec<Clause> {
    let text = |value: &str| Value::Text(value.to_owned());
    match wanted {
        Match::Token { system, code } => vec![token(system, code.as_deref())],
        Match::String { normalised, exact } => match criterion.modifier {
            Some(Modifier::Differs) => vec![string(Some(&Modifier::Whole), normalised, exact)],
            _ => vec![string(criterion.modifier.as_ref(), normalised, exact)],
        },
        Match::Label { normalised } => vec![starts(normalised)],
        Match::Reference { targets } => {
            targets.iter().map(|target| Clause::new("x.target = ?", vec![text(target)])).collect()
        }
        Match::Uri { value } => vec![Clause::new("x.value = ?", vec![text(value)])],
        Match::UriBelow { value } => vec![Clause::new("x.value = ?", vec![text(value)]), below(value)],
        Match::Id { id } => vec![Clause::new("x.id = ?", vec![text(id)])],
        Match::LastUpdated { prefix, low_us, high_us } => {
            vec![span(*prefix, ["x.updated_us", "x.updated_us + 1"], *low_us, *high_us)]
        }
        Match::Date { prefix, low_us, high_us } => {
            vec![span(*prefix, ["x.low", "x.high"], *low_us, *high_us)]
        }
        Match::Number { prefix, value, low, high } => vec![range(*prefix, *value, *low, *high)],
        Match::Quantity { prefix, value, low, high, system, code } => {
            let amount = range(*prefix, *value, *low, *high).wrap("(", ")");
            let unit = unit(system.as_deref(), code.as_deref());
            vec![Clause::join(vec![amount, unit], " AND ")]
        }
        Match::Codes { .. } | Match::Element { .. } => Vec::new(),
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
        SearchKind::Id | SearchKind::LastUpdated | SearchKind::Composite => "resource",
    }
}
