use std::collections::BTreeSet;

use rusqlite::OptionalExtension;
use rusqlite::types::Value;

use crate::StoreError;
use crate::sandbox::View;

/// Which objects to list. Everything left out matches all.
#[derive(Debug, Clone, Copy, Default)]
pub struct InstanceFilter<'a> {
    /// The patient's number.
    pub patient_id: Option<&'a str>,
    /// The study.
    pub study: Option<&'a str>,
    /// The series.
    pub series: Option<&'a str>,
    /// The object itself.
    pub sop_instance: Option<&'a str>,
}

/// An object without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstanceRow {
    /// Its own UID.
    pub sop_instance: String,
    /// Its class.
    pub sop_class: String,
    /// The study it belongs to.
    pub study: String,
    /// How its data set is encoded.
    pub syntax: String,
    /// Its attributes without the pixels, as JSON.
    pub tags: String,
}

impl View<'_> {
    /// The objects that match, in the order they came.
    pub fn instances(&self, filter: InstanceFilter<'_>) -> Result<Vec<InstanceRow>, StoreError> {
        let mut clauses = vec!["1".to_owned()];
        let mut values = Vec::new();
        for (column, wanted) in [
            ("patient_id", filter.patient_id),
            ("study", filter.study),
            ("series", filter.series),
            ("sop_instance", filter.sop_instance),
        ] {
            if let Some(wanted) = wanted {
                clauses.push(format!("{column} = ?"));
                values.push(Value::Text(wanted.to_owned()));
            }
        }
        let sql = format!(
            "SELECT sop_instance, sop_class, study, syntax, tags FROM main.instance WHERE {} ORDER BY seq",
            clauses.join(" AND ")
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(values), |row| {
            Ok(InstanceRow {
                sop_instance: row.get(0)?,
                sop_class: row.get(1)?,
                study: row.get(2)?,
                syntax: row.get(3)?,
                tags: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The studies that any object belongs to.
    pub fn instance_studies(&self) -> Result<BTreeSet<String>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT DISTINCT study FROM main.instance")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The file of an object, as it is kept.
    pub fn instance_bytes(&self, sop_instance: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT bytes FROM main.instance WHERE sop_instance = ?1";
        Ok(self.connection.prepare_cached(sql)?.query_row([sop_instance], |row| row.get(0)).optional()?)
    }

    /// How many objects the sandbox was sent, and how many bytes they hold.
    pub fn instances_size(&self) -> Result<(u64, u64), StoreError> {
        let sql = "SELECT count(*), coalesce(sum(size), 0) FROM main.instance";
        Ok(self.connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }
}
