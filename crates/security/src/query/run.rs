use std::collections::{BTreeMap, BTreeSet};

use super::histogram::{Histogram, histogram};
use super::model::{Aggregate, Comparison, Condition, Query, Stage};
use super::table::{Column, Table};
use crate::telemetry::iso;

/// The most rows an answer shows.
const ROWS_MAX: usize = 1_000;
/// The most groups a `stats` keeps apart.
const GROUPS_MAX: usize = 50_000;
/// What a row of signals shows unless `fields` says otherwise.
const SHOWN: [&str; 8] = ["time", "user", "kind", "type", "patient", "outcome", "address", "client"];

/// What a query found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, as texts in the order of the columns.
    pub rows: Vec<Vec<String>>,
    /// The place in the journal of each row; empty once `stats` has grouped them.
    pub seqs: Vec<i64>,
    /// How many signals met the conditions.
    pub matched: usize,
    /// Whether rows or groups were left out because there were too many.
    pub cut: bool,
    /// When what met the conditions happened.
    pub histogram: Histogram,
}

/// Runs a query over a table. Rows come newest first unless the query sorts them.
#[must_use]
pub fn run(query: &Query, table: &Table) -> Answer {
    let mut rows: Vec<u32> = (0..table.len() as u32).collect();
    let mut rest = query.stages.as_slice();
    while let Some((Stage::Where(condition), after)) = rest.split_first() {
        let test = Test::of(condition, table);
        rows.retain(|row| test.holds(*row as usize, table));
        rest = after;
    }
    let times: Vec<i64> = rows.iter().map(|row| table.times_us[*row as usize]).collect();
    let mut answer = Answer { matched: rows.len(), histogram: histogram(&times), ..Answer::default() };
    rows.reverse();
    listed(rest, table, rows, &mut answer);
    answer
}

/// Takes signals through the stages until a `stats` groups them.
fn listed(stages: &[Stage], table: &Table, mut rows: Vec<u32>, answer: &mut Answer) {
    let mut shown: Vec<String> = SHOWN.map(str::to_owned).to_vec();
    for (place, stage) in stages.iter().enumerate() {
        match stage {
            Stage::Where(condition) => {
                let test = Test::of(condition, table);
                rows.retain(|row| test.holds(*row as usize, table));
                answer.matched = rows.len();
            }
            Stage::Sort { column, descending } => sort_signals(&mut rows, table, column, *descending),
            Stage::Head(amount) | Stage::Top(amount) => rows.truncate(*amount),
            Stage::Fields(fields) => shown.clone_from(fields),
            Stage::Stats { aggregates, by } => {
                stats(aggregates, by, &rows, table, answer);
                return grouped(&stages[place + 1..], by.len(), answer);
            }
        }
    }
    answer.cut = rows.len() > ROWS_MAX;
    rows.truncate(ROWS_MAX);
    answer.seqs = rows.iter().map(|row| table.seqs[*row as usize]).collect();
    let row = |row: &u32| shown.iter().map(|name| cell(table, name, *row as usize)).collect();
    answer.rows = rows.iter().map(row).collect();
    answer.columns = shown;
}

fn cell(table: &Table, name: &str, row: usize) -> String {
    match name {
        "time" => iso(table.times_us[row]),
        "seq" => table.seqs[row].to_string(),
        _ => table.find(name).map_or("", |column| column.text(row)).to_owned(),
    }
}

fn sort_signals(rows: &mut [u32], table: &Table, column: &str, descending: bool) {
    match column {
        "time" | "seq" => rows.sort_by_key(|row| table.seqs[*row as usize]),
        _ => rows.sort_by_cached_key(|row| Cell::of(&cell(table, column, *row as usize))),
    }
    if descending {
        rows.reverse();
    }
}

/// What is kept of a group while it is counted.
#[derive(Default)]
struct Group {
    count: usize,
    distinct: Vec<BTreeSet<u32>>,
    numbers: Vec<Numbers>,
}

#[derive(Clone, Copy)]
struct Numbers {
    sum: f64,
    count: usize,
    min: f64,
    max: f64,
}

impl Default for Numbers {
    fn default() -> Self {
        Self { sum: 0.0, count: 0, min: f64::INFINITY, max: f64::NEG_INFINITY }
    }
}

fn stats(
    aggregates: &[(Aggregate, String)],
    by: &[String],
    rows: &[u32],
    table: &Table,
    answer: &mut Answer,
) {
    let keys: Vec<Option<&Column>> = by.iter().map(|name| table.find(name)).collect();
    let mut groups: BTreeMap<Vec<i64>, Group> = BTreeMap::new();
    for row in rows.iter().map(|row| *row as usize) {
        let key: Vec<i64> =
            by.iter().zip(&keys).map(|(name, column)| key_of(table, name, *column, row)).collect();
        if groups.len() >= GROUPS_MAX && !groups.contains_key(&key) {
            answer.cut = true;
            continue;
        }
        let group = groups.entry(key).or_default();
        group.count += 1;
        group.distinct.resize_with(aggregates.len(), BTreeSet::new);
        group.numbers.resize_with(aggregates.len(), Numbers::default);
        for (place, (aggregate, _)) in aggregates.iter().enumerate() {
            measure(group, place, aggregate, table, row);
        }
    }
    answer.columns = by.iter().chain(aggregates.iter().map(|(_, name)| name)).cloned().collect();
    for (key, group) in &groups {
        let names =
            key.iter().zip(by.iter().zip(&keys)).map(|(code, (name, column))| key_text(*code, name, *column));
        let measures =
            aggregates.iter().enumerate().map(|(place, (aggregate, _))| measured(group, place, aggregate));
        answer.rows.push(names.chain(measures).collect());
    }
    answer.rows.sort_by_cached_key(|row| row.iter().map(|text| Cell::of(text)).collect::<Vec<_>>());
}

fn key_of(table: &Table, name: &str, column: Option<&Column>, row: usize) -> i64 {
    match name {
        "time" => table.times_us[row],
        "seq" => table.seqs[row],
        _ => column.map_or(0, |column| i64::from(column.code(row))),
    }
}

fn key_text(code: i64, name: &str, column: Option<&Column>) -> String {
    match name {
        "time" => iso(code),
        "seq" => code.to_string(),
        _ => column.map_or(String::new(), |column| column.texts[code as usize].clone()),
    }
}

fn measure(group: &mut Group, place: usize, aggregate: &Aggregate, table: &Table, row: usize) {
    match aggregate {
        Aggregate::Count => {}
        Aggregate::Distinct(field) => {
            let code = table.find(field).map_or(0, |column| column.code(row));
            if code != 0 {
                group.distinct[place].insert(code);
            }
        }
        Aggregate::Sum(field) | Aggregate::Min(field) | Aggregate::Max(field) | Aggregate::Avg(field) => {
            if let Ok(number) = cell(table, field, row).parse::<f64>() {
                let numbers = &mut group.numbers[place];
                numbers.sum += number;
                numbers.count += 1;
                numbers.min = numbers.min.min(number);
                numbers.max = numbers.max.max(number);
            }
        }
    }
}

fn measured(group: &Group, place: usize, aggregate: &Aggregate) -> String {
    let numbers = group.numbers[place];
    let shown = |number: f64| if numbers.count == 0 { String::new() } else { number.to_string() };
    match aggregate {
        Aggregate::Count => group.count.to_string(),
        Aggregate::Distinct(_) => group.distinct[place].len().to_string(),
        Aggregate::Sum(_) => shown(numbers.sum),
        Aggregate::Min(_) => shown(numbers.min),
        Aggregate::Max(_) => shown(numbers.max),
        Aggregate::Avg(_) => shown(numbers.sum / numbers.count as f64),
    }
}

/// Takes groups through the stages that are left. The first measure stands after `keys` columns.
fn grouped(stages: &[Stage], keys: usize, answer: &mut Answer) {
    for stage in stages {
        match stage {
            Stage::Sort { column, descending } => {
                let place = answer.columns.iter().position(|name| name == column);
                sort_rows(&mut answer.rows, place, *descending);
            }
            Stage::Top(amount) => {
                sort_rows(&mut answer.rows, Some(keys), true);
                answer.rows.truncate(*amount);
            }
            Stage::Head(amount) => answer.rows.truncate(*amount),
            Stage::Fields(fields) => project(fields, answer),
            Stage::Where(_) | Stage::Stats { .. } => {}
        }
    }
    answer.cut |= answer.rows.len() > ROWS_MAX;
    answer.rows.truncate(ROWS_MAX);
}

fn sort_rows(rows: &mut [Vec<String>], place: Option<usize>, descending: bool) {
    let key = |row: &Vec<String>| place.and_then(|place| row.get(place)).map(|text| Cell::of(text));
    if descending {
        rows.sort_by_cached_key(|row| std::cmp::Reverse(key(row)));
    } else {
        rows.sort_by_cached_key(key);
    }
}

fn project(fields: &[String], answer: &mut Answer) {
    let places: Vec<Option<usize>> =
        fields.iter().map(|field| answer.columns.iter().position(|name| name == field)).collect();
    let row = |row: &Vec<String>| {
        places
            .iter()
            .map(|place| place.and_then(|place| row.get(place).cloned()).unwrap_or_default())
            .collect()
    };
    answer.rows = answer.rows.iter().map(row).collect();
    answer.columns = fields.to_vec();
}

/// A text as it sorts: numbers by size and before texts.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Cell {
    Number(i64, String),
    Text(String),
}

impl Cell {
    fn of(text: &str) -> Self {
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Self::Number((number * 1000.0) as i64, text.to_owned()),
            _ => Self::Text(text.to_owned()),
        }
    }
}

/// A condition made ready for one table: comparisons know for each distinct text whether it meets them.
enum Test<'a> {
    And(Box<Test<'a>>, Box<Test<'a>>),
    Or(Box<Test<'a>>, Box<Test<'a>>),
    Not(Box<Test<'a>>),
    Texts(&'a Column, Vec<bool>),
    Any(Vec<(&'a Column, Vec<bool>)>),
    Time(Comparison, i64),
    Seq(Comparison, f64),
    Never,
}

impl<'a> Test<'a> {
    fn of(condition: &Condition, table: &'a Table) -> Self {
        let boxed = |condition: &Condition| Box::new(Self::of(condition, table));
        match condition {
            Condition::And(left, right) => Self::And(boxed(left), boxed(right)),
            Condition::Or(left, right) => Self::Or(boxed(left), boxed(right)),
            Condition::Not(inner) => Self::Not(boxed(inner)),
            Condition::Exists(field) if field == "time" || field == "seq" => Self::Not(Box::new(Self::Never)),
            Condition::Exists(field) => Self::texts(table, field, |_| true),
            Condition::Anywhere(wanted) => {
                let wanted = wanted.to_lowercase();
                let hits = |column: &'a Column| {
                    let hits = column
                        .texts
                        .iter()
                        .map(|text| text.to_lowercase().contains(&wanted))
                        .collect::<Vec<_>>();
                    hits.contains(&true).then_some((column, hits))
                };
                Self::Any(table.columns.iter().filter_map(hits).collect())
            }
            Condition::Compare(field, comparison, values) => Self::compare(table, field, *comparison, values),
        }
    }

    fn texts(table: &'a Table, field: &str, test: impl Fn(&str) -> bool) -> Self {
        let Some(column) = table.find(field) else { return Self::Never };
        let hits = column.texts.iter().map(|text| !text.is_empty() && test(text)).collect();
        Self::Texts(column, hits)
    }

    fn compare(table: &'a Table, field: &str, comparison: Comparison, values: &[String]) -> Self {
        let first = values.first().map_or("", String::as_str);
        match (field, comparison) {
            ("time", _) => match moment_us(first) {
                Some(moment) => Self::Time(comparison, moment),
                None => Self::Never,
            },
            ("seq", _) => first.parse().map_or(Self::Never, |number| Self::Seq(comparison, number)),
            (_, Comparison::Is) => {
                let wanted: Vec<String> = values.iter().map(|value| value.to_lowercase()).collect();
                Self::texts(table, field, |text| {
                    wanted.iter().any(|pattern| like(pattern, &text.to_lowercase()))
                })
            }
            (_, Comparison::Contains) => {
                let wanted = first.to_lowercase();
                Self::texts(table, field, |text| text.to_lowercase().contains(&wanted))
            }
            _ => match first.parse::<f64>() {
                Ok(bound) => Self::texts(table, field, |text| {
                    text.parse::<f64>().is_ok_and(|number| ordered(comparison, number.total_cmp(&bound)))
                }),
                Err(_) => Self::Never,
            },
        }
    }

    fn holds(&self, row: usize, table: &Table) -> bool {
        match self {
            Self::And(left, right) => left.holds(row, table) && right.holds(row, table),
            Self::Or(left, right) => left.holds(row, table) || right.holds(row, table),
            Self::Not(inner) => !inner.holds(row, table),
            Self::Texts(column, hits) => hits[column.code(row) as usize],
            Self::Any(columns) => columns.iter().any(|(column, hits)| hits[column.code(row) as usize]),
            Self::Time(comparison, moment) => ordered(*comparison, table.times_us[row].cmp(moment)),
            Self::Seq(comparison, seq) => ordered(*comparison, (table.seqs[row] as f64).total_cmp(seq)),
            Self::Never => false,
        }
    }
}

fn ordered(comparison: Comparison, order: std::cmp::Ordering) -> bool {
    match comparison {
        Comparison::Is | Comparison::Contains => order.is_eq(),
        Comparison::Less => order.is_lt(),
        Comparison::AtMost => order.is_le(),
        Comparison::More => order.is_gt(),
        Comparison::AtLeast => order.is_ge(),
    }
}

/// Whether a text is like a pattern in which `*` stands for anything. Takes time in proportion to both lengths.
fn like(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    if !pattern.contains('*') {
        return rest.is_empty();
    }
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// A moment as written in a query: `2031-03-04`, `2031-03-04T06:00`, with or without `Z`. UTC.
pub(super) fn moment_us(text: &str) -> Option<i64> {
    let text = text.trim_end_matches('Z');
    let moment: jiff::civil::DateTime = match text.parse::<jiff::civil::DateTime>() {
        Ok(moment) => moment,
        Err(_) => text.parse::<jiff::civil::Date>().ok()?.to_datetime(jiff::civil::Time::midnight()),
    };
    Some(jiff::tz::Offset::UTC.to_timestamp(moment).ok()?.as_microsecond())
}
