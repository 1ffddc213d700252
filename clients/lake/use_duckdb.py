"""`duckdb`, which reads the same files and must find the same."""

import json
import math
import tempfile
from pathlib import Path

import duckdb

NAME = "duckdb"

QUESTIONS = [
    "SELECT count(*) FROM vital_signs",
    "SELECT gender, count(*) FROM patients GROUP BY gender ORDER BY gender",
    "SELECT class, status, count(*) FROM encounters GROUP BY class, status ORDER BY class, status",
    "SELECT loinc_code, count(*), avg(value), min(value), max(value) FROM vital_signs GROUP BY loinc_code ORDER BY loinc_code",
    "SELECT p.gender, count(DISTINCT e.id) FROM patients p JOIN encounters e ON e.patient_id = p.id GROUP BY p.gender ORDER BY p.gender",
    "SELECT icd10_code, count(DISTINCT patient_id) AS n FROM conditions WHERE clinical_status = 'active' GROUP BY icd10_code ORDER BY n DESC, icd10_code LIMIT 20",
    "SELECT extract(year FROM birth_date) AS y, count(*) FROM patients GROUP BY 1 ORDER BY 1",
    "SELECT patient_id, value FROM (SELECT patient_id, value, row_number() OVER (PARTITION BY patient_id ORDER BY taken DESC, id DESC) AS place FROM laboratory_results WHERE value IS NOT NULL) WHERE place = 1 ORDER BY patient_id LIMIT 100",
    "SELECT count(*) FROM patients p LEFT JOIN conditions c ON c.patient_id = p.id WHERE c.id IS NULL",
    "SELECT date_trunc('month', began) AS m, count(*) FROM encounters GROUP BY 1 ORDER BY 1 DESC LIMIT 24",
]


def missing():
    """Never: it comes with the list of packages."""
    return None


def finds_the_same(lake):
    """Ten questions over the files and over HTTP."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for table in [table["name"] for table in lake.call("GET", "lake")["tables"]]:
            file = Path(folder, f"{table}.parquet")
            file.write_bytes(lake.parquet(table).read())
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{file}')")
        for sql in QUESTIONS:
            ours = lake.rows(sql)
            theirs = connection.execute(sql).fetchall()
            assert len(ours) == len(theirs) and ours, (sql, len(ours), len(theirs))
            for own, other in zip(ours, theirs):
                assert all(same(a, b) for a, b in zip(own, other)), (sql, own, other)


def same(own, other):
    """Whether two values are one: numbers to the last digits, moments by their text."""
    if isinstance(own, (int, float)) and not isinstance(own, bool) and other is not None:
        return math.isclose(own, float(other), rel_tol=1e-9)
    if hasattr(other, "isoformat"):
        return own.replace("Z", "+00:00") == other.isoformat()
    return own == other


def reads_what_the_manifest_says(lake):
    """The manifest counts the rows of every table, and names the views and hashes."""
    number = lake.take()
    manifest = lake.call("GET", f"lake/snapshots/{number}")
    assert len(manifest["sha256"]) == 64 and manifest["tables"], json.dumps(manifest)[:200]
    for table in manifest["tables"]:
        rows = sum(file["rows"] for file in table["files"])
        assert lake.rows(f"SELECT count(*) FROM {table['name']}") == [[rows]], table["name"]


PROOFS = {
    "finds the same": finds_the_same,
    "reads what the manifest says": reads_what_the_manifest_says,
}
