"""Clinical work with hard values, and the pages of a hospital in which anything may have been written."""

import json
from http.client import HTTPConnection
from random import Random
from urllib.parse import quote, urlencode, urlsplit

from values import HARD_DATES, HARD_NUMBERS, text, value

SECONDS_MAX = 20
SECTIONS = [
    "summary", "results", "orders", "medications", "administration", "notes", "journal", "fhirpath", "admit", "transfer", "discharge",
    "vitals", "order", "order-set?order_set=x", "end-order?order=x", "result?order=x", "acknowledge?observation=x", "give?order=x",
    "reconcile", "allergy", "problem", "note", "nothing",
]
PAGES = ["patients", "patients?name=%F0%9F%8F%A5", "beds", "in-basket", "build", "fhir", "journal", "journal?kind=%00", "register"]
COMMANDS = {
    "register": "family given birth_date sex phone street city postal_code",
    "admit": "patient location reason class attending",
    "transfer": "patient encounter location expected_version",
    "discharge": "patient encounter disposition expected_version",
    "record_vitals": "patient encounter systolic diastolic heart_rate respiratory_rate temperature_c oxygen_saturation weight_kg height_cm",
    "write_note": "patient encounter kind text addends",
    "draft_order": "patient encounter orderable priority reason dose unit route frequency",
    "draft_order_set": "patient encounter order_set items reason",
    "sign_orders": "patient orders override_reason",
    "discontinue_order": "order reason expected_version",
    "record_result": "order value values conclusion",
    "acknowledge_result": "observation read_back action",
    "administer_medication": "order outcome wristband product dose route due",
    "reconcile_medications": "patient encounter at decisions",
    "record_allergy": "patient substance criticality reaction",
    "revise_allergy": "allergy status criticality reason expected_version",
    "add_problem": "patient encounter problem onset",
    "revise_problem": "problem status reason expected_version",
    "change_orderable": "id title kind code display dose unit route critical_low critical_high status expected_version",
    "change_order_set": "id title about items status expected_version",
    "change_rule": "id title condition severity message status expected_version",
    "restore_definition": "definition version expected_version",
}
RIGHT = {
    "family": "Tamm", "given": "Mari", "birth_date": "1990-05-06", "sex": "female", "phone": "555-019-0738", "reason": "chest pain",
    "class": "IMP", "disposition": "home", "expected_version": "1", "systolic": "120", "diastolic": "80", "heart_rate": "70",
    "respiratory_rate": "14", "temperature_c": "37.2", "weight_kg": "70", "height_cm": "170", "kind": "progress", "text": "Better today.",
    "orderable": "med-metformin", "priority": "routine", "dose": "500", "unit": "mg", "items": "med-metformin", "value": "4.1",
    "action": "told the doctor", "read_back": "4.1", "outcome": "given", "criticality": "low", "reaction": "rash", "status": "active",
    "problem": "I10", "substance": "723", "onset": "2020", "id": "med-new", "title": "New", "about": "New", "code": "860975",
    "display": "New", "condition": "order.dose > 5", "severity": "warning", "message": "Look again.", "version": "1", "at": "admission",
}
KINDS = {
    "location": "Location", "order": "MedicationRequest", "orders": "MedicationRequest", "observation": "Observation",
    "allergy": "AllergyIntolerance", "attending": "Practitioner", "definition": "ActivityDefinition",
}
HARD_SHARE = 0.12


class Ward:
    """One learner's hospital, entered as a person with a browser and as a program with a token."""

    def __init__(self, learner):
        self._learner = learner
        self._host = urlsplit(learner.url).netloc
        stay = self._first("Encounter", "status=in-progress&class=IMP")
        self._ids = {field: self._first(kind)["id"] for field, kind in KINDS.items()}
        self._ids |= {"encounter": stay["id"], "patient": stay["subject"]["reference"].split("/")[1]}
        # Early: once sign-ins are fuzzed too, the server takes no more of them from this address for a while.
        self._cookie = {"Cookie": self._signed_in()}

    def work(self, seed, count):
        """Fills in forms, each from its number; an error has each that was answered wrongly."""
        failures = []
        for number in range(seed, seed + count):
            chance = Random(number)
            name = chance.choice(sorted(COMMANDS))
            form = json.dumps({field: self._entered(chance, field) for field in COMMANDS[name].split()})
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._learner.token}"}
            failures += self._ask("POST", f"/s/{self._learner.sandbox}/commands/{name}", form.encode("utf-8", "surrogatepass"), headers)
        assert not failures, "\n".join(failures[:5])

    def look(self):
        """Opens every page of the hospital, and of the charts that stand first and last."""
        root = f"/sandboxes/{self._learner.sandbox}"
        patients = [self._ids["patient"], self._first("Patient", "_sort=-_lastUpdated")["id"], "nobody"]
        paths = [f"{root}/{page}" for page in PAGES]
        paths += [f"{root}/patients/{quote(patient)}/{section}" for patient in patients for section in SECTIONS]
        failures = [failure for path in paths for failure in self._ask("GET", path, None, self._cookie)]
        assert not failures, "\n".join(failures[:5])

    def _entered(self, chance, field):
        """Mostly what the field asks for."""
        if chance.random() >= HARD_SHARE:
            return self._ids.get(field) or RIGHT.get(field, "")
        hard = [text(chance), chance.choice(HARD_NUMBERS + HARD_DATES), value(chance), chance.choice(sorted(RIGHT.values()))]
        return chance.choice(hard)

    def _signed_in(self):
        form = urlencode({"login": self._learner.login, "password": self._learner.password})
        status, headers, _ = self._send("POST", "/sign-in", form.encode(), {"Content-Type": "application/x-www-form-urlencoded"})
        assert status < 400, f"/sign-in answers {status}"
        return headers["Set-Cookie"].split(";")[0]

    def _ask(self, method, path, body, headers):
        status, _, answer = self._send(method, path, body, headers)
        return [f"{method} {path}: {status} {answer[:600]!r}\n  body: {body!r}"] if status >= 500 else []

    def _send(self, method, path, body, headers):
        connection = HTTPConnection(self._host, timeout=SECONDS_MAX)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def _first(self, kind, criteria="_sort=_lastUpdated"):
        found = self._learner.ask("GET", f"/s/{self._learner.sandbox}/fhir/{kind}?_count=1&{criteria}")
        return found["entry"][0]["resource"]
