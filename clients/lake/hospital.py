"""A hospital of one's own with a snapshot of its data lake, asked over HTTP and by the wire of PostgreSQL."""

import io
import sys
import time
from pathlib import Path

import requests

sys.path.insert(0, str(Path(__file__).parent.parent / "python"))
from practicum import call, request  # noqa: E402 - beside the other clients

SNAPSHOT_WITHIN_S = 120


class Lake:
    """A fresh hospital with one snapshot, for the length of a `with`."""

    def __init__(self, url, token, port):
        self.url = url
        self.token = token
        self.port = port

    def __enter__(self):
        self.id = call(self.url, self.token, "POST", "/api/sandboxes", {})["id"]
        self.take()
        return self

    def __exit__(self, *_):
        call(self.url, self.token, "DELETE", f"/api/sandboxes/{self.id}")

    def take(self):
        """Takes a snapshot, and waits until it is done."""
        progress = self.call("POST", "lake/snapshots", {"wait_s": 8})
        deadline = time.monotonic() + SNAPSHOT_WITHIN_S
        while progress["state"] == "running" and time.monotonic() < deadline:
            time.sleep(0.5)
            progress = self.call("GET", "lake")["progress"]
        assert progress["state"] == "done", progress
        return progress["snapshot"]

    def call(self, method, path, body=None):
        """One request to the API of this hospital; a refusal is an error."""
        return call(self.url, self.token, method, f"/s/{self.id}/{path}", body)

    def refused(self, sql, **more):
        """What a question is told that is refused."""
        return self.refused_by("sql", {"sql": sql, **more})

    def refused_by(self, path, body):
        """What is said where something is refused."""
        answer = request(self.url, self.token, "POST", f"/s/{self.id}/{path}", body)
        assert answer.status_code >= 400, answer.text
        return answer.json()

    def rows(self, sql, **more):
        """The rows of an answer, over HTTP."""
        return self.call("POST", "sql", {"sql": sql, **more})["rows"]

    def parquet(self, table):
        """A table as a file of Parquet."""
        answer = requests.get(
            f"{self.url}/s/{self.id}/lake/tables/{table}?format=parquet",
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=60,
        )
        answer.raise_for_status()
        return io.BytesIO(answer.content)

    def work_as(self, role):
        """Goes on as another role of the hospital."""
        self.call("POST", "role", {"role": role})

    @property
    def dsn(self):
        """How a client of PostgreSQL is told where the lake is."""
        return f"host=127.0.0.1 port={self.port} dbname={self.id} user=me password={self.token} sslmode=disable"
