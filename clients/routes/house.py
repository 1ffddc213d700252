"""Two learners of their own, made for one run: one whose hospital is fuzzed, and one who must not notice."""

import json
import secrets
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.request import Request, urlopen

SECONDS_MAX = 60


@dataclass
class Learner:
    """Somebody with a token, a hospital, and an attempt at a lab."""

    url: str
    login: str
    password: str
    token: str
    sandbox: str
    attempt: str

    def ask(self, method, path, body=None):
        """One request to the JSON API; a refusal is an error."""
        return call(self.url, self.token, method, path, body)

    def state(self):
        """The state of the hospital as one hash, once its journal proves whole."""
        verified = self.ask("GET", f"/s/{self.sandbox}/journal/verify")
        assert verified["sound"], verified
        return self.ask("GET", f"/api/sandboxes/{self.sandbox}/digest")["digest"]


def move_in(url, instructor, name):
    """Makes a learner, who starts a hospital and a lab."""
    login, password = f"{name}-{secrets.token_hex(4)}", secrets.token_hex(16)
    call(url, instructor, "POST", "/api/people", {"login": login, "name": name, "password": password})
    token = call(url, None, "POST", "/api/sign-in", {"login": login, "password": password})["token"]
    sandbox = call(url, token, "POST", "/api/sandboxes", {})["id"]
    lab = call(url, token, "GET", "/api/labs")["labs"][0]["id"]
    attempt = call(url, token, "POST", "/api/attempts", {"lab": lab})["id"]
    return Learner(url, login, password, token, sandbox, attempt)


def call(url, token, method, path, body=None):
    """One request; a refusal is an error with the server's words."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    try:
        with urlopen(Request(url + path, data, headers, method=method), timeout=SECONDS_MAX) as answer:
            text = answer.read()
    except HTTPError as error:
        raise AssertionError(f"{method} {path}: {error.code} {error.read()}") from error
    return json.loads(text) if text else None


def is_well(url):
    """Whether the server says that it is well."""
    with urlopen(f"{url}/healthz", timeout=SECONDS_MAX) as answer:
        return answer.status == 200 and answer.read() == b"ok"
