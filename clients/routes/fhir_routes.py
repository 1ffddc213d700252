"""The FHIR routes under made-up requests. Each has its number, from which alone it is made: a failure comes back by number."""

import json
import time
from http.client import HTTPConnection, HTTPException
from random import Random
from urllib.parse import urlsplit

from requests_of_any_kind import Server

SECONDS_MAX = 20
FAILURES_MAX = 5
SAMPLED = ["Patient", "Observation", "Encounter", "Condition", "MedicationRequest", "Location", "DiagnosticReport", "Immunization"]
OPEN_TO_ALL = "metadata"


class Routes:
    """Sends requests to a learner's hospital, now and then to another's, and judges the answers."""

    def __init__(self, learner, other):
        self._host = urlsplit(learner.url).netloc
        self._token = learner.token
        self._base = f"/s/{learner.sandbox}/fhir"
        self._others_base = f"/s/{other.sandbox}/fhir"
        statement = learner.ask("GET", f"{self._base}/metadata")
        self._server = Server(statement, [self._sample(learner, kind) for kind in SAMPLED])
        self.statuses = {}

    def fuzz(self, seed, seconds):
        """Requests until the time is up; an error has each that was answered wrongly, as a line for the terminal."""
        end = time.monotonic() + seconds
        number, failures = seed, []
        while time.monotonic() < end and len(failures) < FAILURES_MAX:
            failures += self.ask(number)
            number += 1
        assert not failures, "\n".join(failures)

    def ask(self, number):
        """One request by its number, and what is wrong with its answer."""
        chance = Random(number)
        base = self._others_base if chance.randrange(16) == 0 else self._base
        request = self._server.request(chance)
        path = base + ("" if request.address.startswith("?") or not request.address else "/") + request.address
        try:
            status, kind, body = self._send(request, path)
            self.statuses[status] = self.statuses.get(status, 0) + 1
            judge(request, status, kind, body)
            if base == self._others_base and not request.address.startswith(OPEN_TO_ALL):
                assert status >= 400, f"another learner's hospital answers {status}"
        except (AssertionError, HTTPException, OSError, ValueError, KeyError) as error:
            return [f"number {number}: {error!r}\n{as_curl(request, path)}"]
        return []

    def _send(self, request, path):
        connection = HTTPConnection(self._host, timeout=SECONDS_MAX)
        headers = {"Authorization": f"Bearer {self._token}", **request.headers}
        try:
            as_bytes = {name: value.encode("latin-1") for name, value in headers.items()}
            connection.request(request.method, path, request.body, as_bytes)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Content-Type", ""), answer.read()
        finally:
            connection.close()

    def _sample(self, learner, kind):
        found = learner.ask("GET", f"{self._base}/{kind}?_count=1")
        return found["entry"][0]["resource"]


def judge(request, status, kind, body):
    """No fault of the server's own; every refusal says why; what calls itself JSON is JSON."""
    assert status < 500, f"{status} {body[:2000]!r}"
    if request.method == "HEAD":
        return
    if status >= 400:
        outcome = json.loads(body)
        assert outcome["resourceType"] == "OperationOutcome" and outcome["issue"], outcome
    elif "json" in kind and body:
        json.loads(body)


def as_curl(request, path):
    """The request as a line for the terminal; the body in Python's notation, where it has one."""
    headers = "".join(f" -H '{name}: {value}'" for name, value in request.headers.items())
    body = f"\n  body: {request.body!r}" if request.body is not None else ""
    return f"curl -X {request.method}{headers} -H 'Authorization: Bearer TOKEN' 'ADDRESS{path}'{body}"
