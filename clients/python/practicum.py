"""A learner's side of Practicum's API: an attempt at a lab, its checks and answers. Nothing here is FHIR."""

import time

import requests
from fhirpy import SyncFHIRClient

CHECKS_GREEN_WITHIN_S = 30


class Attempt:
    """One try at a lab, with a hospital of its own."""

    def __init__(self, url, token, lab):
        self._url = url
        self._token = token
        begun = self._call("POST", "/api/attempts", {"lab": lab})
        self.id = begun["id"]
        self.params = begun["params"]
        self.brief = begun["brief"]
        self.fhir_base = f"{url}/s/{begun['sandbox']}/fhir"

    def fhir(self, **headers):
        """A fhirpy client of the attempt's hospital, with more headers where a request needs them."""
        return SyncFHIRClient(self.fhir_base, authorization=f"Bearer {self._token}", extra_headers=headers)

    def update(self, resource):
        """Puts a changed resource back, guarded by the version it was read at."""
        guarded = self.fhir(**{"If-Match": f'W/"{resource["meta"]["versionId"]}"'})
        path = f"{resource['resourceType']}/{resource['id']}"
        return guarded.execute(path, method="put", data=resource)

    def answer(self, check, value):
        """Answers a question of the lab."""
        self._call("POST", f"/api/attempts/{self.id}/answers", {"check": check, "value": value})

    def wait_until_finished(self):
        """The checks turn green by themselves; nobody asks for them. An error names those that did not."""
        deadline = time.monotonic() + CHECKS_GREEN_WITHIN_S
        while time.monotonic() < deadline:
            attempt = self._call("GET", f"/api/attempts/{self.id}")
            if attempt["state"] == "finished":
                return
            time.sleep(0.2)
        red = [check for check in attempt["checks"] if not check["green"]]
        raise AssertionError(f"not finished after {CHECKS_GREEN_WITHIN_S} s: {red}")

    def _call(self, method, path, body=None):
        headers = {"Authorization": f"Bearer {self._token}"}
        answer = requests.request(method, self._url + path, json=body, headers=headers, timeout=60)
        if answer.status_code >= 400:
            raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer.json() if answer.content else None
