"""`authlib` is a backend service: it registers, signs its assertions, gets a token and reads no further than that reaches."""

import time

import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.jwk import ECKey, RSAKey
from practicum import Sandbox

ASSERTION_S = 120
SCOPE = "system/Patient.rs system/Observation.rs"


class Service:
    """A backend service, registered in a sandbox with the public half of a key."""

    def __init__(self, sandbox, algorithm):
        smart = requests.get(f"{sandbox.base}/.well-known/smart-configuration", timeout=30).json()
        self.base = sandbox.base
        self.endpoint = smart["token_endpoint"]
        self.algorithm = algorithm
        kind, size = {"ES384": (ECKey, "P-384"), "RS384": (RSAKey, 2048)}[algorithm]
        self.key = kind.generate_key(size, {"kid": "one"})
        said = {
            "client_name": "Quality report",
            "token_endpoint_auth_method": "private_key_jwt",
            "grant_types": ["client_credentials"],
            "scope": SCOPE,
            "jwks": {"keys": [self.key.as_dict(private=False)]},
        }
        headers = {"Authorization": f"Bearer {sandbox.token}"}
        answer = requests.post(smart["registration_endpoint"], json=said, headers=headers, timeout=30)
        assert answer.status_code == 201, answer.text
        self.id = answer.json()["client_id"]

    def session(self, **overrides):
        """A session whose assertions are signed with the key, and say what `overrides` say."""
        key = overrides.pop("key", self.key)
        audience = overrides.pop("audience", self.endpoint)
        soon = {"exp": int(time.time()) + ASSERTION_S}
        method = PrivateKeyJWT(audience, claims=soon, headers={"kid": "one"}, alg=self.algorithm, **overrides)
        session = OAuth2Session(self.id, key, token_endpoint_auth_method="private_key_jwt")
        session.register_client_auth_method(method)
        return session

    def token(self, scope=SCOPE, **overrides):
        """A token, or an error of authlib's."""
        return self.session(**overrides).fetch_token(self.endpoint, grant_type="client_credentials", scope=scope)


def reads(algorithm, url, token):
    """It reads what it registered for, and nothing else."""
    with Sandbox(url, token) as sandbox:
        service = Service(sandbox, algorithm)
        session = service.session()
        given = session.fetch_token(service.endpoint, grant_type="client_credentials", scope=SCOPE)
        assert given["expires_in"] == 300, given
        found = session.get(f"{service.base}/Patient?_count=3")
        assert found.status_code == 200 and len(found.json()["entry"]) == 3, found.text
        for path in ("Condition", "Patient?_has:Condition:patient:code=x", "_history"):
            assert session.get(f"{service.base}/{path}").status_code == 403, path
        refused = session.post(f"{service.base}/Patient", json={"resourceType": "Patient"})
        assert refused.status_code == 403, refused.text


def asks_for_too_much(url, token):
    """It is granted the part that it registered for; where there is none, nothing."""
    with Sandbox(url, token) as sandbox:
        service = Service(sandbox, "ES384")
        assert service.token("system/*.cruds")["scope"] == "system/Observation.rs system/Patient.rs"
        fails(service, "invalid_scope", scope="user/*.rs")


def is_not_believed(url, token):
    """Another's key, and an assertion meant for another server."""
    with Sandbox(url, token) as sandbox:
        service = Service(sandbox, "ES384")
        other = ECKey.generate_key("P-384", {"kid": "one"})
        fails(service, "invalid_client", key=other)
        fails(service, "invalid_client", audience="https://other.example/token")


def says_it_twice(url, token):
    """An assertion that was used is of no use to whoever saw it."""
    with Sandbox(url, token) as sandbox:
        service = Service(sandbox, "ES384")
        sent = []
        session = service.session()
        session.hooks["response"].append(lambda answer, **_: sent.append(answer.request.body))
        session.fetch_token(service.endpoint, grant_type="client_credentials", scope=SCOPE)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        again = requests.post(service.endpoint, data=sent[-1], headers=headers, timeout=30)
        assert (again.status_code, again.json()["error"]) == (401, "invalid_client"), again.text


def exports(url, token):
    """A bulk export with a token of its own holds the types of its scopes."""
    with Sandbox(url, token) as sandbox:
        session = Service(sandbox, "ES384").session()
        session.fetch_token(f"{sandbox.base[:-5]}/auth/token", grant_type="client_credentials", scope=SCOPE)
        prefer = {"Prefer": "respond-async"}
        refused = session.get(f"{sandbox.base}/$export?_type=Condition", headers=prefer)
        assert refused.status_code == 403, refused.text
        begun = session.get(f"{sandbox.base}/$export", headers=prefer)
        assert begun.status_code == 202, begun.text
        place = begun.headers["Content-Location"]
        while (status := session.get(place)).status_code == 202:
            pass
        kinds = {file["type"] for file in status.json()["output"]}
        assert kinds == {"Patient", "Observation"}, kinds
        owner = {"Authorization": f"Bearer {sandbox.token}"}
        assert requests.get(place, headers=owner, timeout=30).status_code == 404


def fails(service, word, **how):
    """A token is refused with this word of OAuth."""
    try:
        service.token(**how)
    except Exception as error:
        assert word in str(error), error
    else:
        raise AssertionError(f"a token was given for {how}")


PROOFS = {
    "reads with ES384": lambda url, token: reads("ES384", url, token),
    "reads with RS384": lambda url, token: reads("RS384", url, token),
    "is granted no more than it registered for": asks_for_too_much,
    "is not believed without its key": is_not_believed,
    "cannot use an assertion twice": says_it_twice,
    "exports what it may": exports,
}
