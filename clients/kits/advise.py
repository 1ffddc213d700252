"""The EHR calls services of decision support that know nothing of it."""

import time

import requests
from cds import Drip, Elsewhere, Endless, Greedy, Html, Lying, Service, serving

# How long the EHR lets a service take, and a little more for this machine, in seconds.
PATIENCE_S = 12


class Hospital:
    """A fresh hospital with a patient whose newest creatinine is high, and a draft of an anti-inflammatory."""

    def __init__(self, given):
        self.headers = {"Authorization": f"Bearer {given.token}"}
        made = requests.post(f"{given.url}/api/sandboxes", json={}, headers=self.headers, timeout=60)
        made.raise_for_status()
        self.id, self.fhir = made.json()["id"], made.json()["fhir"]
        self.root = f"{given.url}/s/{self.id}"
        self.patient = self.write({"resourceType": "Patient", "birthDate": "1950-01-01", "gender": "female"})["id"]
        self.write(
            {
                "resourceType": "Observation",
                "status": "final",
                "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]}],
                "code": {"coding": [{"system": "http://loinc.org", "code": "2160-0"}]},
                "subject": {"reference": f"Patient/{self.patient}"},
                "effectiveDateTime": "2031-03-04T05:00:00Z",
                "valueQuantity": {"value": 3.1, "unit": "mg/dL"},
            }
        )
        self.post("commands/draft_order", {"patient": self.patient, "orderable": "med-ibuprofen"})

    def write(self, resource):
        headers = {**self.headers, "Content-Type": "application/fhir+json"}
        answer = requests.post(f"{self.fhir}/{resource['resourceType']}", json=resource, headers=headers, timeout=60)
        answer.raise_for_status()
        return answer.json()

    def post(self, path, body, status=None):
        answer = requests.post(f"{self.root}/{path}", json=body, headers=self.headers, timeout=60)
        assert answer.status_code == status if status else answer.ok, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()

    def get(self, path):
        answer = requests.get(f"{self.root}/{path}", headers=self.headers, timeout=60)
        answer.raise_for_status()
        return answer.json()

    def drafts(self):
        url = f"{self.fhir}/MedicationRequest?patient={self.patient}&status=draft"
        found = requests.get(url, headers=self.headers, timeout=60).json()
        return [entry["resource"] for entry in found.get("entry", [])]

    def ask(self):
        """What the only service says at signing."""
        return self.post("cds-hooks/order-sign", {"patient": self.patient})["services"][0]


def advised(given):
    """A service is found, called with prefetch and a token, its suggestion is taken, its card is overridden, and it is told."""
    hospital = Hospital(given)
    with serving() as (url, service):
        named = hospital.post("cds-client", {"url": url}, 201)["services"]
        assert [one["name"] for one in named] == ["kidneys"], named
        told = hospital.ask()
        assert told["outcome"] == "ok" and len(told["cards"]) == 1, told
        called = service.calls[-1]
        body = called["body"]
        assert body["prefetch"]["patient"]["id"] == hospital.patient and called["authorization"].count(".") == 2, called
        read_with_token(hospital, body)
        place = f"cds-client/kidneys/{told['call']}/0"
        hospital.post(place, {"reason": "watched"})
        feedback = wait_for(lambda: service.told and service.told[-1])
        assert feedback["outcome"] == "overridden" and feedback["overrideReason"]["reason"]["code"] == "watched", feedback
        again = hospital.ask()
        assert again["cards"][0]["response"] == "overridden", "nobody is asked the same thing twice"
        hospital.post(f"cds-client/kidneys/{again['call']}/0", {"suggestion": 0}, 422)
    with serving() as (url, service):
        other = hospital.post("cds-client", {"url": f"{url}/cds-services/kidneys"}, 201)["services"][0]["name"]
        assert other == "kidneys-2", other
        told = next(one for one in hospital.post("cds-hooks/order-sign", {"patient": hospital.patient})["services"] if one["service"] == other)
        hospital.post(f"cds-client/{other}/{told['call']}/0", {"suggestion": 0})
        names = [draft["medicationCodeableConcept"]["text"] for draft in hospital.drafts()]
        assert names == ["acetaminophen 325 MG Oral Tablet"], names
        feedback = wait_for(lambda: service.told and service.told[-1])
        assert feedback["acceptedSuggestions"], feedback
    kinds = [entry["kind"] for entry in hospital.get("journal?limit=500")["entries"]]
    assert {"cds.register", "cds.call", "cds.card", "cds.feedback"} <= set(kinds), kinds


def read_with_token(hospital, body):
    """The token reads this patient, writes nothing, and sees nobody else."""
    token = body["fhirAuthorization"]["access_token"]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/fhir+json"}
    ask = lambda method, path, **more: requests.request(method, f"{body['fhirServer']}/{path}", headers=headers, timeout=60, **more)
    assert ask("GET", f"Patient/{hospital.patient}").status_code == 200
    everybody = ask("GET", "Patient").json()
    assert [entry["resource"]["id"] for entry in everybody["entry"]] == [hospital.patient], everybody
    order = {"resourceType": "MedicationRequest", "status": "draft", "intent": "order", "subject": {"reference": f"Patient/{hospital.patient}"}}
    assert ask("POST", "MedicationRequest", json=order).status_code == 403


def wait_for(look):
    """What comes in a thread of its own."""
    for _ in range(600):
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it never came")


def unheard(kind, word):
    """A service that is wrong in one way gives nothing but a reason, in bounded time, and care goes on."""

    def work(given):
        hospital = Hospital(given)
        with serving(kind) as (url, service), serving() as (elsewhere, trap):
            service.elsewhere = f"{elsewhere}/cds-services/kidneys"
            hospital.post("cds-client", {"url": url}, 201)
            began = time.monotonic()
            told = hospital.ask()
            assert time.monotonic() - began < PATIENCE_S, "it is not waited for"
            assert told["outcome"] == word and told["why"] and not told["cards"], told
            assert not trap.calls, "nobody is followed elsewhere"
            kept = hospital.get("cds-client/kidneys")["last"][0]
            assert kept["outcome"] == word and "(secret)" in kept["request"], kept
            for _ in range(2):
                hospital.ask()
            assert hospital.ask()["outcome"] == "resting", "it rests after three failures"
        hospital.post("commands/sign_orders", {"patient": hospital.patient, "override_reason": "Needed now"})

    return work


def greedy(given):
    """A service sees one patient whatever it asks for, and writes about nobody else, nothing in force, and no patient."""
    hospital = Hospital(given)
    with serving(Greedy) as (url, service):
        hospital.post("cds-client", {"url": url}, 201)
        told = hospital.ask()
        prefetch = service.calls[-1]["body"]["prefetch"]
        assert [entry["resource"]["id"] for entry in prefetch["all"]["entry"]] == [hospital.patient], prefetch["all"]
        assert not prefetch.get("other"), prefetch
        before = len(hospital.drafts())
        for at in range(3):
            hospital.post(f"cds-client/kidneys/{told['call']}/0", {"suggestion": at}, 422)
        assert len(hospital.drafts()) == before, "nothing was written"


def nowhere(given):
    """What is no service, and what must not be dialled, is not registered, and the answer says why."""
    hospital = Hospital(given)
    with serving() as (url, _):
        cases = ["http://169.254.169.254", "http://[::ffff:169.254.169.254]", "http://0.0.0.0:80", "http://2852039166", "file:///etc/passwd"]
        cases += ["ftp://127.0.0.1", f"{url}/?a=b", f"{url.replace('//', '//a:b@')}", "http://127.0.0.1:1", given.url, f"{url}/cds-services/other", ""]
        for case in cases:
            told = hospital.post("cds-client", {"url": case}, 422)
            assert told["problems"], told
    assert hospital.get("cds-client")["services"] == []


PROOFS = {
    "a service in plain Python is called, answered and told": advised,
    "a service that streams a hundred megabytes is cut": unheard(Endless, "endless"),
    "a service that drips is late": unheard(Drip, "late"),
    "a service that redirects is not followed": unheard(Elsewhere, "redirected"),
    "a service that answers with a page is refused": unheard(Html, "invalid"),
    "a service with one bad card is shown nowhere": unheard(Lying, "invalid"),
    "a greedy service gets no more than its token opens": greedy,
    "what must not be dialled is not registered": nowhere,
}
