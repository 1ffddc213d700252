"""Services of decision support in plain Python, as a learner would write them: one that is right, and some that are not."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Who takes ibuprofen or naproxen, and from which creatinine on that is too much, in mg/dL.
NSAIDS = {"310965", "198014"}
LIMIT = 1.5


class Service(BaseHTTPRequestHandler):
    """Warns of an anti-inflammatory where the newest creatinine is high."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/cds-services":
            prefetch = {
                "patient": "Patient/{{context.patientId}}",
                "results": "Observation?patient={{context.patientId}}&category=laboratory&_sort=-date",
            }
            about = {"hook": "order-sign", "id": "kidneys", "title": "Kidneys", "description": "Mind the kidneys."}
            self.say(200, {"services": [{**about, "prefetch": prefetch}]})
        else:
            self.say(404, {})

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        try:
            body = json.loads(self.rfile.read(length))
        except ValueError:
            return self.say(400, {"detail": "no JSON"})
        if not isinstance(body, dict):
            return self.say(400, {"detail": "no object"})
        if self.path == "/cds-services/kidneys":
            return self.call(body)
        if self.path == "/cds-services/kidneys/feedback":
            return self.feedback(body)
        return self.say(404, {})

    def call(self, body):
        context = body.get("context") or {}
        if body.get("hook") != "order-sign" or not body.get("hookInstance") or not context.get("patientId"):
            return self.say(400, {"detail": "no call of order-sign"})
        self.server.calls.append({"body": body, "authorization": self.headers.get("Authorization")})
        results = (body.get("prefetch") or {}).get("results")
        if results is None:
            return self.say(412, {"detail": "results are missing"})
        found = [entry["resource"] for entry in results.get("entry", [])]
        found = [one for one in found if "2160-0" in codes(one["code"])]
        found.sort(key=lambda one: one["effectiveDateTime"], reverse=True)
        high = bool(found) and found[0]["valueQuantity"]["value"] >= LIMIT
        cards = []
        for entry in context["draftOrders"]["entry"]:
            order = entry["resource"]
            if high and NSAIDS & codes(order.get("medicationCodeableConcept", {})):
                cards.append(self.card(order))
        return self.say(200, {"cards": cards})

    def card(self, order):
        self.server.given += 1
        name = f"{order['resourceType']}/{order['id']}"
        instead = {
            "resourceType": "MedicationRequest",
            "status": "draft",
            "intent": "order",
            "subject": order["subject"],
            "medicationCodeableConcept": {"text": "acetaminophen 325 MG Oral Tablet"},
        }
        return {
            "uuid": f"card-{self.server.given}",
            "summary": "The kidneys of this patient are weak",
            "detail": "Consider **another** medicine. <script>alert(1)</script> [a link](javascript:alert(1))",
            "indicator": "warning",
            "source": {"label": "Kidneys", "url": "https://example.org/kidneys"},
            "selectionBehavior": "at-most-one",
            "suggestions": [
                {
                    "label": "Acetaminophen instead",
                    "uuid": f"instead-{self.server.given}",
                    "actions": [
                        {"type": "delete", "description": "End the draft.", "resourceId": name},
                        {"type": "create", "description": "Draft acetaminophen.", "resource": instead},
                    ],
                }
            ],
            "overrideReasons": [{"code": "watched", "system": "https://example.org/reasons", "display": "Known, and watched"}],
            "links": [{"label": "The policy", "url": "https://example.org/policy", "type": "absolute"}],
        }

    def feedback(self, body):
        items = body.get("feedback")
        if not items or any(item.get("outcome") not in ("accepted", "overridden") for item in items):
            return self.say(400, {"detail": "no feedback"})
        self.server.told.extend(items)
        return self.say(200, {})

    def say(self, status, body, kind="application/json"):
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        """What it is asked stands in the hospital's journal."""


class Endless(Service):
    """Streams a hundred megabytes, if one lets it."""

    def call(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(100 * 1024 * 1024))
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b" " * 1024 * 1024)
        except OSError:
            self.server.cut = True


class Drip(Service):
    """Says a byte now and then, and never ends."""

    def call(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.2)
        except OSError:
            self.server.cut = True
        self.close_connection = True


class Elsewhere(Service):
    """Sends whoever calls to somebody else."""

    def call(self, body):
        self.send_response(307)
        self.send_header("Location", self.server.elsewhere)
        self.send_header("Content-Length", "0")
        self.end_headers()


class Html(Service):
    """Answers with a page."""

    def call(self, body):
        self.say(200, b"<script>alert(1)</script>", "text/html")


class Lying(Service):
    """Gives one good card and one that no page may show."""

    def call(self, body):
        card = {"summary": "Fine", "indicator": "info", "source": {"label": "Lying"}}
        bad = {**card, "links": [{"label": "Read", "url": "javascript:alert(1)", "type": "absolute"}]}
        self.say(200, {"cards": [card, bad]})


class Greedy(Service):
    """Asks for everybody, and suggests to write about somebody else."""

    def do_GET(self):
        prefetch = {"all": "Patient?_count=100", "other": "Patient/{{userPractitionerId}}", "mine": "Patient/{{context.patientId}}"}
        about = {"hook": "order-sign", "id": "kidneys", "title": "Greedy", "description": "Wants too much."}
        self.say(200, {"services": [{**about, "prefetch": prefetch}]})

    def call(self, body):
        self.server.calls.append({"body": body, "authorization": self.headers.get("Authorization")})
        order = {"resourceType": "MedicationRequest", "intent": "order", "medicationCodeableConcept": {"text": "x"}}
        mine = f"Patient/{body['context']['patientId']}"
        wrong = [
            {**order, "status": "draft", "subject": {"reference": "Patient/somebody-else"}},
            {**order, "status": "active", "subject": {"reference": mine}},
            {"resourceType": "Patient", "id": body["context"]["patientId"]},
        ]
        suggestions = [
            {"label": f"wrong {at}", "actions": [{"type": "create", "description": "It.", "resource": one}]}
            for at, one in enumerate(wrong)
        ]
        card = {"uuid": "c", "summary": "Do it", "indicator": "info", "source": {"label": "Greedy"}}
        self.say(200, {"cards": [{**card, "selectionBehavior": "any", "suggestions": suggestions}]})


def codes(concept):
    """The codes of a concept."""
    return {coding.get("code") for coding in concept.get("coding", [])}


@contextmanager
def serving(kind=Service):
    """A service that answers while the block lasts: its address, and what it was told."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    server.daemon_threads = True
    server.calls, server.told, server.given, server.cut, server.elsewhere = [], [], 0, False, ""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server
    finally:
        server.shutdown()
        server.server_close()
