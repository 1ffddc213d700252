"""A learner's side of Practicum's API: attempts at labs, and hospitals without one. What is FHIR goes through clients."""

import re
import time

import requests
from fhirpy import SyncFHIRClient

MRN = "https://practicum.example/mrn"
CHECKS_GREEN_WITHIN_S = 30


class Attempt:
    """One try at a lab, with a hospital of its own."""

    def __init__(self, url, token, lab):
        self._url = url
        self._token = token
        begun = self._call("POST", "/api/attempts", {"lab": lab})
        self.id = begun["id"]
        self.now = begun["virtual_now"]
        self.brief = plain(begun["brief"])
        self._fhir_base = begun["fhir"]
        self._sandbox = begun["fhir"].rstrip("/").split("/")[-2]
        self.fhir = self._client({})

    def told(self, pattern):
        """What the brief says where a pattern's groups stand."""
        found = re.search(pattern, self.brief)
        if not found:
            raise AssertionError(f"the brief does not say {pattern}: {self.brief}")
        return found.groups() if len(found.groups()) > 1 else found.group(1)

    def update(self, resource):
        """Puts a changed resource back, guarded by the version it was read at."""
        guarded = self._client({"If-Match": f'W/"{resource["meta"]["versionId"]}"'})
        path = f"{resource['resourceType']}/{resource['id']}"
        return guarded.execute(path, method="put", data=resource)

    def answer(self, check, value):
        """Answers a question of the lab."""
        self._call("POST", f"/api/attempts/{self.id}/answers", {"check": check, "value": value})

    def work_as(self, role):
        """Goes on as another role of the hospital."""
        self._call("POST", f"/s/{self._sandbox}/role", {"role": role})

    def command(self, name, fields, status=200):
        """Does in the hospital what a form would do, and expects this status."""
        answer = request(self._url, self._token, "POST", f"/s/{self._sandbox}/commands/{name}", fields)
        if answer.status_code != status:
            raise AssertionError(f"{name} {fields}: {answer.status_code}, not {status}: {answer.text}")

    def wait_until_finished(self):
        """The checks turn green by themselves; nobody asks for them. An error names those that did not."""
        deadline = time.monotonic() + CHECKS_GREEN_WITHIN_S
        while time.monotonic() < deadline:
            attempt = self._call("GET", f"/api/attempts/{self.id}")
            if attempt["state"] == "finished":
                return
            time.sleep(0.2)
        raise AssertionError(f"not finished after {CHECKS_GREEN_WITHIN_S} s: {attempt['steps']}")

    def _client(self, headers):
        return SyncFHIRClient(self._fhir_base, authorization=f"Bearer {self._token}", extra_headers=headers)

    def _call(self, method, path, body=None):
        return call(self._url, self._token, method, path, body)


class Sandbox:
    """A hospital of one's own for the length of a `with`, untouched at its start."""

    def __init__(self, url, token):
        self._url = url
        self.token = token

    def __enter__(self):
        begun = call(self._url, self.token, "POST", "/api/sandboxes", {})
        self.id = begun["id"]
        self.base = begun["fhir"]
        return self

    def __exit__(self, *_):
        call(self._url, self.token, "DELETE", f"/api/sandboxes/{self.id}")

    def ids(self, kind, **criteria):
        """The ids of everything that a search finds, page after page."""
        client = SyncFHIRClient(self.base, authorization=f"Bearer {self.token}")
        search = client.resources(kind).search(**criteria, _elements="id").limit(1000)
        return sorted(found.id for found in search.fetch_all())

    def digest(self):
        """The state of the hospital as one hash."""
        return call(self._url, self.token, "GET", f"/api/sandboxes/{self.id}/digest")["digest"]


def patient_of(client, number):
    """The chart with this record number."""
    return client.resources("Patient").search(identifier=f"{MRN}|{number}").get()


def request(url, token, method, path, body=None):
    """One request to the JSON API, whatever comes of it."""
    return requests.request(method, url + path, json=body, headers={"Authorization": f"Bearer {token}"}, timeout=60)


def call(url, token, method, path, body=None):
    """One request to the JSON API; a refusal is an error."""
    answer = request(url, token, method, path, body)
    if answer.status_code >= 400:
        raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text}")
    return answer.json() if answer.content else None


def plain(markdown):
    """The brief as one line of plain text."""
    return " ".join(re.sub(r"\\([^\w\s])", r"\1", markdown).replace("**", "").split())
