"""`psql`, the terminal of PostgreSQL."""

import os
import shutil
import subprocess

NAME = "psql"


def missing():
    """Why it cannot be used, if so."""
    return None if shutil.which("psql") else "psql is not installed; on Debian install postgresql-client"


def psql(lake, *words, status=0):
    """What it prints, without alignment."""
    where = ["-h", "127.0.0.1", "-p", str(lake.port), "-U", "me", "-d", lake.id, "-X", "-A", "-t"]
    done = subprocess.run(
        ["psql", *where, *words],
        env={**os.environ, "PGPASSWORD": lake.token, "PGSSLMODE": "disable"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode == 0) == (status == 0), done.stdout + done.stderr
    return (done.stdout if status == 0 else done.stderr).strip()


def lists_tables(lake):
    """`\\d` lists the tables that are seen, `\\dt` too, and `\\l` the one database."""
    names = {line.split("|")[1] for line in psql(lake, "-c", r"\d").splitlines()}
    assert {"patients", "encounters", "vital_signs"} <= names, names
    assert psql(lake, "-c", r"\dt").splitlines() == psql(lake, "-c", r"\d").splitlines()
    assert "hospital" in psql(lake, "-c", r"\l")
    assert "public" in psql(lake, "-c", r"\dn")


def describes_a_table(lake):
    """`\\d patients` names every column with its type, `\\d+` too."""
    described = psql(lake, "-c", r"\d patients")
    for line in ["birth_date|date|", "deceased|boolean|", "family|text|"]:
        assert line in described, described
    assert "birth_date|date|" in psql(lake, "-c", r"\d+ patients")
    assert "performed|timestamp with time zone|" in psql(lake, "-c", r"\d proc*")
    assert "text[]" in psql(lake, "-c", r"\d procedures")


def answers_as_http_does(lake):
    """The same question has the same answer."""
    sql = "SELECT gender, count(*) FROM patients GROUP BY gender ORDER BY gender"
    expected = [f"{gender}|{count}" for gender, count in lake.rows(sql)]
    assert psql(lake, "-c", sql).splitlines() == expected


def tells_where_a_mistake_is(lake):
    """A mistake comes with a hint and a caret."""
    told = psql(lake, "-c", "SELECT famly FROM patients", status=1)
    assert "famly" in told and "LINE 1: SELECT famly" in told and "HINT:" in told, told


def keeps_strangers_out(lake):
    """A wrong password, and a hospital of nobody."""
    stranger = type("Stranger", (), {"port": lake.port, "id": lake.id, "token": "prc_wrong"})()
    assert "authentication" in psql(stranger, "-c", "SELECT 1", status=1)
    elsewhere = type("Elsewhere", (), {"port": lake.port, "id": "aaaaaaaa", "token": lake.token})()
    assert "no hospital" in psql(elsewhere, "-c", "SELECT 1", status=1)


def follows_role_and_purpose(lake):
    """A purpose is chosen with SET; the policy holds by this door as by the others."""
    lake.work_as("analyst")
    rows = psql(lake, "-c", "SELECT count(*) FROM patients", "-c", "SHOW purpose").splitlines()
    assert rows[1] == "HRESCH", rows
    assert "family" not in psql(lake, "-c", r"\d patients")
    told = psql(lake, "-c", "SET purpose = 'HQUALIMP'", "-c", "SELECT id FROM patients", status=1)
    assert "only groups of people" in told, told
    assert "may not look" in psql(lake, "-c", "SET purpose = 'TREAT'", status=1)


PROOFS = {
    "lists the tables": lists_tables,
    "describes a table": describes_a_table,
    "answers as HTTP does": answers_as_http_does,
    "is told where a mistake is": tells_where_a_mistake_is,
    "is kept out": keeps_strangers_out,
    "follows role and purpose": follows_role_and_purpose,
}
