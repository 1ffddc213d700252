//! A release attacked by somebody who has a register of everybody here, for whoever judges it. Nothing is journalled: looking is
//! not a deed.

use std::collections::{BTreeMap, BTreeSet};

use ::lake::{
    Body, Detail, Dialect, Form, KnownOf, Limits, Question, Released, Sight, Table, Unmasked, unmask,
};
use serde_json::Value;
use training::facts::{ReleaseLooked, Rows};
use training::lab::Protocol;

use super::error::LakeError;
use super::right::Right;
use crate::access::Access;
use crate::platform::Platform;

/// Rows of a release that are attacked.
const ROWS_MAX: usize = 20_000;
/// What is known of people, in rows.
const PEOPLE_MAX: usize = 1_000_000;
/// The table of people, and what says who somebody is.
const PEOPLE: (&str, &str) = ("patients", "id");
/// What says whom a row of another table is about.
const PERSON: &str = "patient_id";

/// What the attacker has: everybody, with what others know of them, under the names by which the release calls them.
struct Register {
    people: BTreeMap<String, KnownOf>,
    /// Whether the release calls people by what the chart does.
    is_open: bool,
}

impl Platform {
    /// What an attack on the rows of a saved question finds, and what they are still good for.
    ///
    /// # Errors
    /// When the truth has no answer, or the store fails.
    pub(crate) fn attacked_release(
        &self,
        access: &Access,
        protocol: &Protocol,
    ) -> Result<ReleaseLooked, LakeError> {
        let name = &protocol.question;
        let nothing = |what: String| Ok(ReleaseLooked::Nothing(what));
        let judging = match self.judging(access, name)? {
            Ok(judging) => judging,
            Err(seen) => return nothing(seen.answered(name).err().unwrap_or_default()),
        };
        let seen = self.judged_rows(access, &judging, &protocol.about)?;
        let (given, about) = match seen.answered(name) {
            Ok(both) => both,
            Err(why) => return nothing(why),
        };
        if let Some(what) = unlike(given, protocol) {
            return nothing(format!("{name} {what}"));
        }
        let register = self.register(access, &judging.right, protocol)?;
        let people = column(given, &protocol.person);
        let told: Vec<Vec<String>> = protocol.telling.iter().map(|(name, _)| column(given, name)).collect();
        let rows = people.into_iter().enumerate();
        let release: Vec<Released> = rows
            .map(|(at, person)| (person, told.iter().map(|column| column[at].clone()).collect()))
            .collect();
        let place = |name: &String| protocol.telling.iter().position(|(own, _)| own == name);
        let bands: Vec<(usize, Vec<String>)> =
            protocol.bands.iter().filter_map(|(name, bands)| Some((place(name)?, bands.clone()))).collect();
        let about: BTreeSet<String> = column(about, &protocol.person).into_iter().collect();
        let Unmasked { rows, found, alike, usable } = unmask(&release, &register.people, &bands, &about);
        let found = if register.is_open { rows } else { found };
        Ok(ReleaseLooked::Attacked { rows, found, alike, usable, about: about.len() })
    }

    /// Everybody of the snapshot with what others know of them. The attacker has it from elsewhere, so that no policy hides it.
    fn register(&self, access: &Access, right: &Right, protocol: &Protocol) -> Result<Register, LakeError> {
        let tables: Vec<Table> = self.lake_snapshot(access, None)?.tables();
        let mut grant = self.lake_grant(access, right, &tables)?;
        grant.detail = Detail::Rows;
        let is_open = grant
            .tables
            .get(PEOPLE.0)
            .is_some_and(|table| table.columns.get(PEOPLE.1) == Some(&Sight::Shown));
        let mut people: BTreeMap<String, KnownOf> = BTreeMap::new();
        for (at, (_, known)) in protocol.telling.iter().enumerate() {
            let (table, name) = known.split_once('.').unwrap_or((PEOPLE.0, known));
            if let Some(table) = grant.tables.get_mut(table) {
                table.columns.insert(name.to_owned(), Sight::Shown);
            }
            let key = if table == PEOPLE.0 { PEOPLE.1 } else { PERSON };
            let sql = format!("SELECT \"{key}\", \"{name}\" FROM \"{table}\"");
            let question = Question {
                sql: &sql,
                values: &[],
                tables: &tables,
                grant: &grant,
                dialect: Dialect::Plain,
                form: Form::Cells,
                limits: Limits { rows: PEOPLE_MAX, ..Limits::PAGE },
            };
            let answer = self.lakes.engine()?.answer(&question)?;
            let Body::Cells(rows) = &answer.body else { continue };
            for row in rows {
                let values = people
                    .entry(row[0].to_text())
                    .or_insert_with(|| vec![Vec::new(); protocol.telling.len()]);
                let value = row[1].to_text();
                if !value.is_empty() {
                    values[at].push(value);
                }
            }
        }
        Ok(Register { people, is_open })
    }
}

/// Why a release is not what was agreed, if so.
fn unlike(given: &Rows, protocol: &Protocol) -> Option<String> {
    let told = || protocol.telling.iter().map(|(name, _)| name);
    let agreed: Vec<&String> =
        [&protocol.person].into_iter().chain(told()).chain(&protocol.besides).collect();
    if let Some(missing) = agreed.iter().find(|name| !given.columns.contains(name)) {
        return Some(format!("has no column {missing}. The protocol names {}.", listed(&agreed)));
    }
    if let Some(more) = given.columns.iter().find(|name| !agreed.contains(name)) {
        return Some(format!(
            "has a column {more} that the protocol does not name. It names {}, and nothing else leaves the house.",
            listed(&agreed)
        ));
    }
    (given.rows.len() > ROWS_MAX).then(|| format!("has more than {ROWS_MAX} rows."))
}

fn listed(names: &[&String]) -> String {
    names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ")
}

/// The values of a column as texts; nothing where there is none.
fn column(rows: &Rows, name: &str) -> Vec<String> {
    let at = rows.columns.iter().position(|own| own == name);
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    rows.rows.iter().map(|row| at.and_then(|at| row.get(at)).map(text).unwrap_or_default()).collect()
}
