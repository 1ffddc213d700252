"""`pandas` over `psycopg` and over Parquet."""

import datetime

import pandas
import psycopg

NAME = "pandas"


def missing():
    """Never: it comes with the list of packages."""
    return None


def frames(lake, sql):
    """A question by the wire as a frame."""
    with psycopg.connect(lake.dsn) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return pandas.DataFrame(cursor.fetchall(), columns=[column.name for column in cursor.description])


def reads_a_table_by_wire_and_file(lake):
    """The wire and the file have the same rows, with days as days and moments as moments."""
    wire = frames(lake, "SELECT * FROM encounters ORDER BY id")
    file = pandas.read_parquet(lake.parquet("encounters")).sort_values("id", ignore_index=True)
    assert list(wire.columns) == list(file.columns)
    assert wire["id"].equals(file["id"]) and len(wire) > 0
    assert (pandas.to_datetime(wire["began"], utc=True) == file["began"]).all()
    patients = frames(lake, "SELECT birth_date, deceased FROM patients LIMIT 1")
    assert isinstance(patients["birth_date"][0], datetime.date)
    assert patients["deceased"][0] in (True, False, None)


def reads_with_its_own_reader(lake):
    """`read_sql_query`, with values, over the extended protocol."""
    with psycopg.connect(lake.dsn) as connection:
        sql = "SELECT gender, count(*) AS n FROM patients WHERE gender = %s GROUP BY gender"
        frame = pandas.read_sql_query(sql, connection, params=("female",))
    assert frame["n"].tolist() == [lake.rows("SELECT count(*) FROM patients WHERE gender = 'female'")[0][0]]


def asks_in_binary(lake):
    """Every kind of column in binary as in text."""
    sql = "SELECT p.birth_date, p.deceased, e.began, 1.5::double precision, count(*) FROM patients p JOIN encounters e ON e.patient_id = p.id GROUP BY 1, 2, 3, 4 ORDER BY 1, 3, 2 LIMIT 50"
    answers = []
    for binary in (False, True):
        with psycopg.connect(lake.dsn) as connection, connection.cursor(binary=binary) as cursor:
            answers.append(cursor.execute(sql).fetchall())
    assert answers[0] == answers[1] and len(answers[0]) == 50
    with psycopg.connect(lake.dsn) as connection, connection.cursor(binary=True) as cursor:
        codes = cursor.execute("SELECT codes FROM procedures WHERE codes IS NOT NULL LIMIT 1").fetchone()[0]
    assert isinstance(codes, list) and codes, codes


def only_reads(lake):
    """Nothing can be written, and a refusal does not end the connection."""
    with psycopg.connect(lake.dsn, autocommit=True) as connection:
        for sql in ["DELETE FROM patients", "CREATE TABLE x (a int)", "COPY patients TO '/tmp/x'"]:
            try:
                connection.execute(sql)
            except psycopg.Error as error:
                assert error.sqlstate in ("42501", "42601"), (sql, error.sqlstate, error)
            else:
                raise AssertionError(f"{sql} was done")
        assert connection.execute("SELECT 1 + 1").fetchone() == (2,)


PROOFS = {
    "reads a table by wire and file": reads_a_table_by_wire_and_file,
    "reads with its own reader": reads_with_its_own_reader,
    "asks in binary": asks_in_binary,
    "only reads": only_reads,
}
