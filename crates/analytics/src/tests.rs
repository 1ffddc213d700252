//! Questions over a small lake, as grants let them see it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use lake::{
    Answer, Body, Cause, Cell, Column, Detail, Dialect, Engine, Form, Grant, Kind, Limits, Question, Sight,
    Table, TableGrant, Trouble,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::Lake;

/// A lake of 40 patients with two stays each, of whom one is called Secret.
struct Small {
    engine: Lake,
    tables: Vec<Table>,
    _folder: TempDir,
}

fn column(name: &str, kind: Kind) -> Column {
    Column { name: name.to_owned(), kind, about: None }
}

impl Small {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let engine = Lake::new(folder.path(), 2).unwrap();
        let root = folder.path().canonicalize().unwrap();
        let patients = vec![
            column("id", Kind::Text),
            column("family", Kind::Text),
            column("gender", Kind::Text),
            column("birth_date", Kind::Date),
            column("score", Kind::Number),
        ];
        let stays = vec![
            column("patient_id", Kind::Text),
            column("class", Kind::Text),
            column("began", Kind::Instant),
            column("codes", Kind::Texts),
        ];
        let mut tables = Vec::new();
        for (name, person, columns) in [("patients", "id", patients), ("stays", "patient_id", stays)] {
            let file = root.join(format!("{name}.parquet"));
            let mut writer = engine.create(&file, &columns).unwrap();
            for number in 0..40 {
                rows(name, number).iter().for_each(|row| writer.add(row).unwrap());
            }
            let written = writer.finish().unwrap();
            assert_eq!(written.bytes, std::fs::metadata(&file).unwrap().len());
            tables.push(Table {
                name: name.to_owned(),
                columns,
                person: Some(person.to_owned()),
                files: vec![file],
            });
        }
        Self { engine, tables, _folder: folder }
    }

    /// A grant of everything.
    fn whole(&self) -> Grant {
        let of = |table: &Table| {
            let columns = table.columns.iter().map(|column| (column.name.clone(), Sight::Shown)).collect();
            (table.name.clone(), TableGrant { columns, rows: None })
        };
        let tables: BTreeMap<_, _> = self.tables.iter().map(of).collect();
        Grant { detail: Detail::Rows, tables, hidden_people: BTreeSet::new(), key: [7; 32] }
    }

    /// A grant of groups, with the persons as pseudonyms and no names.
    fn groups(&self, smallest: u32) -> Grant {
        let mut grant = self.whole();
        grant.detail = Detail::Groups { smallest };
        let patients = grant.tables.get_mut("patients").unwrap();
        patients.columns.insert("id".to_owned(), Sight::Pseudonym);
        patients.columns.remove("family");
        let stays = grant.tables.get_mut("stays").unwrap();
        stays.columns.insert("patient_id".to_owned(), Sight::Pseudonym);
        grant
    }

    fn ask(&self, grant: &Grant, sql: &str) -> Result<Answer, Trouble> {
        self.ask_with(grant, sql, &[], Dialect::Plain, Limits::PAGE)
    }

    fn ask_with(
        &self,
        grant: &Grant,
        sql: &str,
        values: &[Option<String>],
        dialect: Dialect,
        limits: Limits,
    ) -> Result<Answer, Trouble> {
        let (tables, form) = (&self.tables, Form::Cells);
        self.engine.answer(&Question { sql, values, tables, grant, dialect, form, limits })
    }

    #[track_caller]
    fn check(&self, grant: &Grant, sql: &str, expected: &Value) {
        assert_eq!(table(&self.ask(grant, sql).unwrap()), *expected, "{sql}");
    }

    #[track_caller]
    fn refuses(&self, grant: &Grant, sql: &str, cause: Cause, part: &str) {
        match self.ask(grant, sql) {
            Ok(answer) => panic!("{sql} answers {}", table(&answer)),
            Err(trouble) => {
                assert_eq!(trouble.cause, cause, "{sql}: {trouble}");
                assert!(trouble.to_string().contains(part), "{sql}: {trouble}");
            }
        }
    }
}

fn rows(table: &str, number: usize) -> Vec<Vec<Value>> {
    let id = format!("p{number:02}");
    if table == "patients" {
        let family = if number == 3 { "Secret".to_owned() } else { format!("F{number}") };
        let gender = match number {
            0..25 => "female",
            25..38 => "male",
            _ => "other",
        };
        return vec![vec![json!(id), json!(family), json!(gender), json!("1980-02-29"), json!(number)]];
    }
    let stay = |class: &str, day: usize| {
        vec![json!(id), json!(class), json!(format!("2026-01-{day:02}T10:00:00Z")), json!(["a", null])]
    };
    vec![stay("IMP", 1 + number % 20), stay("AMB", 21)]
}

fn table(answer: &Answer) -> Value {
    let Body::Cells(rows) = &answer.body else { panic!("no cells") };
    rows.iter().map(|row| row.iter().map(Cell::to_json).collect::<Value>()).collect()
}

#[test]
fn rows_come_with_their_types_and_say_what_was_read() {
    let lake = Small::new();
    let sql = "SELECT p.family, s.began, s.codes FROM patients p JOIN stays s ON s.patient_id = p.id
               WHERE p.id = 'p03' AND s.class = 'AMB'";
    let answer = lake.ask(&lake.whole(), sql).unwrap();
    assert_eq!(table(&answer), json!([["Secret", "2026-01-21T10:00:00Z", ["a", null]]]));
    let kinds: Vec<Kind> = answer.columns.iter().map(|column| column.kind).collect();
    assert_eq!(kinds, [Kind::Text, Kind::Instant, Kind::Texts]);
    let read: Vec<&str> = answer.read["stays"].iter().map(String::as_str).collect();
    assert_eq!(read, ["began", "class", "codes", "patient_id"]);
    lake.check(&lake.whole(), "SELECT birth_date FROM patients WHERE id = 'p00'", &json!([["1980-02-29"]]));
}

#[test]
fn values_stand_in_for_their_numbers() {
    let lake = Small::new();
    let (sql, limits) = ("SELECT count(*) FROM patients WHERE score < $1 AND gender = $2", Limits::PAGE);
    let values = [Some("5".to_owned()), Some("female".to_owned())];
    let answer = lake.ask_with(&lake.whole(), sql, &values, Dialect::Plain, limits).unwrap();
    assert_eq!(table(&answer), json!([[5]]));
    lake.refuses(&lake.whole(), sql, Cause::Question, "takes 2 values");
}

#[test]
fn nothing_can_be_written_and_no_other_file_read() {
    let lake = Small::new();
    let whole = lake.whole();
    for sql in [
        "CREATE TABLE x AS SELECT 1",
        "COPY patients TO '/tmp/x.csv'",
        "CREATE EXTERNAL TABLE x STORED AS CSV LOCATION '/etc/passwd'",
        "DROP TABLE patients",
        "DELETE FROM patients",
        "SET datafusion.execution.batch_size = 1",
    ] {
        assert!(lake.ask(&whole, sql).is_err(), "{sql}");
    }
    assert!(lake.ask(&whole, "SELECT * FROM '/etc/passwd'").is_err());
    let plan = table(&lake.ask(&whole, "EXPLAIN SELECT * FROM patients").unwrap()).to_string();
    assert!(!plan.contains("/tmp"), "{plan}");
}

#[test]
fn mistakes_are_told_with_their_place_and_a_remedy() {
    let lake = Small::new();
    let whole = lake.whole();
    let place = |sql: &str| lake.ask(&whole, sql).unwrap_err().place;
    assert_eq!(place("SELECT famly\nFROM patients"), Some((1, 8)));
    assert_eq!(place("SELECT *\nFROM patiens"), Some((2, 6)));
    assert_eq!(place("SELECT 1\nFROM FROM"), Some((2, 6)));
    lake.refuses(&whole, "SELECT famly FROM patients", Cause::Question, "famly");
    lake.refuses(&whole, "  ;", Cause::Question, "there is no SQL");
    lake.refuses(&whole, &format!("SELECT '{}'", "x".repeat(200_000)), Cause::Limit, "100000 bytes");
}

#[test]
fn a_question_that_would_eat_the_machine_is_stopped() {
    let lake = Small::new();
    let whole = lake.whole();
    let limits = Limits { time: Duration::from_millis(300), ..Limits::PAGE };
    let long = "SELECT count(*) FROM generate_series(1, 100000) a JOIN generate_series(1, 100000) b ON a.value <> b.value";
    let trouble = lake.ask_with(&whole, long, &[], Dialect::Plain, limits).unwrap_err();
    assert_eq!(trouble.cause, Cause::Limit, "{trouble}");
    let limits = Limits { memory_bytes: 1 << 20, time: Duration::from_secs(60), ..Limits::PAGE };
    let wide = "SELECT value, count(*) FROM generate_series(1, 3000000) GROUP BY value";
    let trouble = lake.ask_with(&whole, wide, &[], Dialect::Plain, limits).unwrap_err();
    assert_eq!((trouble.cause, trouble.what.contains("memory")), (Cause::Limit, true), "{trouble}");
    let answer = lake.ask(&whole, "SELECT * FROM generate_series(1, 5000)").unwrap();
    assert_eq!((answer.rows, answer.more), (Limits::PAGE.rows, true));
    let deep = |times| format!("SELECT {}1", "1 + ".repeat(times));
    lake.check(&whole, &deep(400), &json!([[401]]));
    lake.refuses(&whole, &deep(20_000), Cause::Limit, "500 operators");
    let many = format!(
        "SELECT 1 FROM patients p0{}",
        (1..60).map(|number| format!(", patients p{number}")).collect::<String>()
    );
    lake.refuses(&whole, &many, Cause::Limit, "40 tables");
    let nested = format!("SELECT {}1{}", "(".repeat(20_000), ")".repeat(20_000));
    assert!(lake.ask(&whole, &nested).is_err());
}

#[test]
fn hidden_people_are_not_there_however_one_asks() {
    let lake = Small::new();
    let mut grant = lake.whole();
    grant.hidden_people.insert("p03".to_owned());
    lake.check(&grant, "SELECT count(*) FROM patients", &json!([[39]]));
    lake.check(&grant, "SELECT count(*) FROM stays", &json!([[78]]));
    lake.check(&grant, "SELECT family FROM patients WHERE family = 'Secret'", &json!([]));
    lake.check(&grant, "SELECT max(family) FROM patients WHERE family LIKE 'S%'", &json!([[null]]));
    // A condition that fails on their rows alone fails on none.
    let oracle = "SELECT count(*) FROM patients WHERE CASE WHEN family = 'Secret' THEN CAST(family AS INT) = 1 ELSE true END";
    lake.check(&grant, oracle, &json!([[39]]));
    lake.check(&grant, "SELECT count(*) FROM patients WHERE score / (score - 3) > 0 OR true", &json!([[39]]));
    let plan = table(&lake.ask(&grant, "EXPLAIN SELECT * FROM patients").unwrap()).to_string();
    assert!(!plan.contains("p03"), "{plan}");
}

#[test]
fn hidden_columns_do_not_exist_and_changed_ones_are_seen_changed() {
    let lake = Small::new();
    let mut grant = lake.whole();
    let patients = grant.tables.get_mut("patients").unwrap();
    patients.columns.remove("family");
    patients.columns.insert("id".to_owned(), Sight::Pseudonym);
    patients.columns.insert("birth_date".to_owned(), Sight::Shifted);
    patients.columns.insert("gender".to_owned(), Sight::Instead("upper(gender)".to_owned()));
    patients.rows = Some("score >= 2".to_owned());
    let stays = grant.tables.get_mut("stays").unwrap();
    stays.columns.insert("patient_id".to_owned(), Sight::Pseudonym);
    stays.columns.insert("began".to_owned(), Sight::Shifted);
    for sql in ["SELECT family FROM patients", "SELECT 1 FROM patients WHERE family = 'Secret'"] {
        let told = lake.ask(&grant, sql).unwrap_err();
        let other = lake.ask(&grant, &sql.replace("family", "nothing")).unwrap_err();
        assert_eq!(told.to_string().replace("family", "nothing"), other.to_string());
    }
    lake.check(
        &grant,
        "SELECT DISTINCT gender FROM patients ORDER BY 1",
        &json!([["FEMALE"], ["MALE"], ["OTHER"]]),
    );
    lake.check(&grant, "SELECT count(*), min(score) FROM patients", &json!([[38, 2.0]]));
    lake.check(&grant, "SELECT count(*) FROM patients p JOIN stays s ON s.patient_id = p.id", &json!([[76]]));
    lake.check(
        &grant,
        "SELECT count(*) FROM patients WHERE id LIKE 'p%' OR birth_date = DATE '1980-02-29'",
        &json!([[0]]),
    );
    // Moved by whole weeks, and by the same for one person: intervals stay.
    let intervals = "SELECT DISTINCT extract(day FROM b.began - a.began) FROM stays a JOIN stays b ON a.patient_id = b.patient_id
                     WHERE a.class = 'IMP' AND b.class = 'AMB' ORDER BY 1";
    let whole = table(&lake.ask(&lake.whole(), intervals).unwrap());
    assert_eq!(table(&lake.ask(&grant, intervals).unwrap()), whole);
    let mut other = grant.clone();
    other.key = [8; 32];
    let ids = "SELECT min(id) FROM patients";
    assert_ne!(lake.ask(&grant, ids).unwrap().body, lake.ask(&other, ids).unwrap().body);
    let mut less = lake.whole();
    less.tables.remove("stays");
    lake.refuses(&less, "SELECT * FROM stays", Cause::Question, "stays");
}

#[test]
fn small_groups_are_left_out_and_one_alone_takes_another_with_it() {
    let lake = Small::new();
    let by_gender = "SELECT gender, count(*) AS n FROM patients GROUP BY gender ORDER BY n DESC";
    lake.check(&lake.groups(2), by_gender, &json!([["female", 25], ["male", 13], ["other", 2]]));
    // Two others alone would follow from the total; so the men go as well.
    lake.check(&lake.groups(11), by_gender, &json!([["female", 25]]));
    lake.check(&lake.groups(14), by_gender, &json!([["female", 25]]));
    lake.check(&lake.groups(11), "SELECT count(*) FROM patients WHERE score < 5", &json!([]));
    lake.check(&lake.groups(11), "SELECT count(*) FROM patients", &json!([[40]]));
    // Rows are no people: two stays of one person are one.
    let stays = "SELECT count(*) FROM stays WHERE patient_id IN ('x')";
    lake.check(&lake.groups(11), stays, &json!([]));
    let joined =
        "SELECT s.class, avg(p.score) AS mean, count(*) FROM patients p JOIN stays s ON s.patient_id = p.id
                  WHERE p.score >= 20 GROUP BY s.class HAVING count(*) > 1 ORDER BY s.class LIMIT 5";
    lake.check(&lake.groups(11), joined, &json!([["AMB", 29.5, 20], ["IMP", 29.5, 20]]));
    lake.check(&lake.groups(21), joined, &json!([]));
    let answer = lake.ask(&lake.groups(11), by_gender).unwrap();
    assert!(answer.groups_only && answer.read["patients"].contains("gender"));
}

#[test]
fn a_question_for_groups_may_count_the_people_itself() {
    let lake = Small::new();
    let sql =
        "SELECT gender, count(DISTINCT id) AS people FROM patients GROUP BY gender ORDER BY people DESC";
    lake.check(&lake.groups(2), sql, &json!([["female", 25], ["male", 13], ["other", 2]]));
    let joined = "SELECT count(DISTINCT s.patient_id) FROM patients p JOIN stays s ON s.patient_id = p.id";
    lake.check(&lake.groups(11), joined, &json!([[40]]));
}

#[test]
fn groups_give_away_nobody() {
    let lake = Small::new();
    let groups = lake.groups(11);
    for (sql, part) in [
        ("SELECT * FROM patients", "asks for rows"),
        ("SELECT DISTINCT gender FROM patients", "asks for rows"),
        ("SELECT gender FROM patients LIMIT 1", "asks for rows"),
        ("SELECT count(*) FROM patients UNION ALL SELECT count(*) FROM stays", "asks for rows"),
        ("SELECT max(score) FROM patients", "the value of one person"),
        ("SELECT array_agg(score) FROM patients", "the value of one person"),
        ("SELECT sum(CASE WHEN score = 3 THEN 1 ELSE 0 END) FROM patients", "other than a column"),
        ("SELECT count(*) FILTER (WHERE score = 3) FROM patients", "other than a column"),
        ("SELECT sum(x) FROM (SELECT score * 0 AS x FROM patients) q", "inside FROM"),
        ("SELECT gender, count(*) FROM patients GROUP BY ROLLUP (gender)", "totals"),
        ("SELECT (SELECT score FROM patients LIMIT 1)", "inside a question"),
        ("SELECT count(*) FROM patients WHERE id IN (SELECT patient_id FROM stays)", "inside a question"),
        ("EXPLAIN ANALYZE SELECT count(*) FROM patients", "asks for rows"),
        ("SELECT count(*) FROM patients WHERE to_timestamp(gender) > now()", "could fail"),
    ] {
        lake.refuses(&groups, sql, Cause::Forbidden, part);
    }
    lake.refuses(&groups, "SELECT count(family) FROM patients", Cause::Question, "family");
    // What would fail on some rows has no value there, and says nothing.
    lake.check(&groups, "SELECT count(*) FROM patients WHERE 1 / (score - 3) IS NOT NULL", &json!([[39]]));
    lake.check(&groups, "SELECT count(*) FROM patients WHERE CAST(gender AS INT) IS NULL", &json!([[40]]));
    // What has nothing to do with people is answered.
    lake.check(&groups, "SELECT 1 + 1", &json!([[2]]));
    let names = "SELECT column_name FROM information_schema.columns WHERE table_name = 'patients' ORDER BY 1";
    lake.check(&groups, names, &json!([["birth_date"], ["gender"], ["id"], ["score"]]));
}

#[test]
fn an_answer_can_be_arrow_or_parquet() {
    use datafusion::arrow::ipc::reader::StreamReader;
    use datafusion::parquet::file::reader::{FileReader, SerializedFileReader};
    let lake = Small::new();
    let grant = lake.whole();
    let bytes = |form| {
        let (sql, tables, limits) = ("SELECT id, score FROM patients", &lake.tables, Limits::FETCH);
        let question =
            Question { sql, values: &[], tables, grant: &grant, dialect: Dialect::Plain, form, limits };
        match lake.engine.answer(&question).unwrap().body {
            Body::Bytes(bytes) => bytes,
            Body::Cells(_) => panic!("cells"),
        }
    };
    let arrow = bytes(Form::Arrow);
    let arrow = StreamReader::try_new(arrow.as_slice(), None).unwrap();
    assert_eq!(arrow.map(|batch| batch.unwrap().num_rows()).sum::<usize>(), 40);
    let parquet = SerializedFileReader::new(bytes::Bytes::from(bytes(Form::Parquet))).unwrap();
    assert_eq!(parquet.metadata().file_metadata().num_rows(), 40);
}

#[test]
fn the_same_rows_give_the_same_file_and_no_file_is_written_over() {
    let lake = Small::new();
    let folder = TempDir::new().unwrap();
    let columns = [column("a", Kind::Text), column("b", Kind::Integer)];
    let write = |name: &str| {
        let mut writer = lake.engine.create(&folder.path().join(name), &columns).unwrap();
        for number in 0..20_000 {
            writer.add(&[json!(number.to_string()), json!(number)]).unwrap();
        }
        writer.finish().unwrap()
    };
    let first = write("one.parquet");
    assert_eq!(first, write("two.parquet"));
    assert_eq!(first.rows, 20_000);
    assert!(lake.engine.create(&folder.path().join("one.parquet"), &columns).is_err());
}

#[test]
fn clients_of_postgresql_find_the_tables_of_the_grant() {
    let lake = Small::new();
    let mut grant = lake.whole();
    grant.tables.remove("stays");
    grant.tables.get_mut("patients").unwrap().columns.remove("family");
    let ask = |sql: &str| table(&lake.ask_with(&grant, sql, &[], Dialect::Postgres, Limits::PAGE).unwrap());
    let listed = "SELECT n.nspname as \"Schema\", c.relname as \"Name\",
        CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' END as \"Type\", pg_catalog.pg_get_userbyid(c.relowner) as \"Owner\"
      FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
      WHERE c.relkind IN ('r','p','v','m','S','f','') AND n.nspname <> 'pg_catalog' AND n.nspname !~ '^pg_toast'
        AND n.nspname <> 'information_schema' AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 1,2";
    assert_eq!(ask(listed), json!([["public", "patients", "table", "hospital"]]));
    let columns = "SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
        (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) FROM pg_catalog.pg_attrdef d
         WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef), a.attnotnull
      FROM pg_catalog.pg_attribute a WHERE a.attrelid = '16384' AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";
    let expected = json!([
        ["id", "text", null, false],
        ["gender", "text", null, false],
        ["birth_date", "date", null, false],
        ["score", "double precision", null, false]
    ]);
    assert_eq!(ask(columns), expected);
    assert_eq!(
        ask("SELECT pol.polname FROM pg_catalog.pg_policy pol WHERE pol.polrelid = '16384' ORDER BY 1"),
        json!([])
    );
    assert_eq!(
        ask("SELECT 'public.patients'::regclass::oid, current_schema(), version() LIKE 'PostgreSQL%'"),
        json!([[16_384, "public", true]])
    );
}
