"""The JSON API under requests that schemathesis makes from its OpenAPI document."""

import json
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

CHECKS = ["not_a_server_error", "content_type_conformance", "response_schema_conformance", "ignored_auth"]
SECONDS_MORE = 60
COMMANDS = ["register", "admit", "transfer", "discharge", "record_vitals", "write_note", "draft_order", "sign_orders", "record_result", "add_problem"]


def fuzz(learner, other, seed, seconds):
    """Runs schemathesis for so long; an error has its report, with a line for the terminal for each failure."""
    with TemporaryDirectory() as folder:
        document = Path(folder, "openapi.json")
        document.write_text(json.dumps(document_with_places(learner, other)), encoding="utf-8")
        words = [
            Path(sys.executable).with_name("st"), "--no-color", "run", document, "--url", learner.url,
            "--header", f"Authorization: Bearer {learner.token}", "--seed", seed, "--max-time", seconds,
            "--request-timeout", 20, "--phases", "coverage,fuzzing", "--checks", ",".join(CHECKS),
            "--generation-database", "none", "--continue-on-failure", "--warnings", "off",
        ]
        done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=seconds + SECONDS_MORE, check=False, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return re.search(r"(\d+) generated, \d+ passed", done.stdout).group(1)


def document_with_places(learner, other):
    """The document, in which ids are those of two learners' things or of nothing, so that requests get past the door."""
    document = learner.ask("GET", "/api/openapi.json")
    places = {
        "/api/attempts/": [learner.attempt, other.attempt],
        "/api/sandboxes/": [learner.sandbox, other.sandbox],
        "/s/": [learner.sandbox, other.sandbox],
        "/api/labs/": [lab["id"] for lab in learner.ask("GET", "/api/labs")["labs"]],
    }
    for path, methods in document["paths"].items():
        known = next((known for begin, known in places.items() if path.startswith(begin)), [])
        for method, operation in methods.items():
            for parameter in operation["parameters"]:
                # What is deleted would be missing to every request after it.
                parameter["schema"] |= named(parameter["name"], path, [] if method == "delete" else known)
    return document


def named(name, path, known):
    """Which values a part of an address may have, where that is known."""
    if name in ("id", "sandbox", "label"):
        return {"enum": [*known, "nobody"]}
    return {"enum": [*COMMANDS, "nothing"]} if "/commands/" in path else {}
