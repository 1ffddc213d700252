"""`smart-fetch` exports in bulk; what it brings is what searches find."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from practicum import Sandbox, call

SECONDS_MAX = 180
OF_HOSPITAL = ["Condition", "DiagnosticReport", "Encounter", "Immunization", "Patient", "Procedure"]
OF_PATIENTS = ["AllergyIntolerance", "Condition", "Encounter", "MedicationRequest", "Observation"]


def of_the_hospital(url, token):
    """Some types of a whole hospital."""
    with Sandbox(url, token) as sandbox, TemporaryDirectory() as folder:
        fetch(sandbox, folder, "--type", ",".join(OF_HOSPITAL))
        for kind in OF_HOSPITAL:
            same(kind, brought(folder, kind), sandbox.ids(kind))


def of_a_group(url, token):
    """What belongs to the members of a group, and nothing of anybody else."""
    with Sandbox(url, token) as sandbox, TemporaryDirectory() as folder:
        members = sandbox.ids("Patient")[::200]
        group = gather(url, sandbox, members)
        fetch(sandbox, folder, "--group", group, "--type", ",".join(["Patient", *OF_PATIENTS]))
        same("Patient", brought(folder, "Patient"), members)
        for kind in OF_PATIENTS:
            same(kind, brought(folder, kind), sandbox.ids(kind, patient=",".join(members)))


def by_a_filter(url, token):
    """Those of a type that a search finds."""
    with Sandbox(url, token) as sandbox, TemporaryDirectory() as folder:
        fetch(sandbox, folder, "--type", "Encounter", "--type-filter", "Encounter?status=in-progress,planned")
        same("Encounter", brought(folder, "Encounter"), sandbox.ids("Encounter", status="in-progress,planned"))


def of_a_change(url, token):
    """Since a moment: what was written after it, and what was deleted."""
    with Sandbox(url, token) as sandbox, TemporaryDirectory() as before, TemporaryDirectory() as after:
        fetch(sandbox, before, "--type", "Procedure")
        fhir = f"/s/{sandbox.id}/fhir"
        gone, changed, *_ = brought(before, "Procedure")
        call(url, token, "DELETE", f"{fhir}/Procedure/{gone}")
        procedure = call(url, token, "GET", f"{fhir}/Procedure/{changed}")
        call(url, token, "PUT", f"{fhir}/Procedure/{changed}", {**procedure, "status": "not-done"})
        choices = ["--type", "Procedure", "--since", moment_of(before), "--since-mode", "updated"]
        fetch(sandbox, after, *choices)
        same("Procedure", brought(after, "Procedure"), [changed])
        deleted = [json.loads(line) for file in Path(after, "deleted").iterdir() for line in lines_of(file)]
        asked = [entry["request"]["url"] for bundle in deleted for entry in bundle["entry"]]
        assert asked == [f"Procedure/{gone}"], asked


def moment_of(folder):
    """The moment that an export shows, as its manifest had it."""
    told = [json.loads(line) for line in lines_of(Path(folder, "log.ndjson"))]
    return next(line["eventDetail"]["transactionTime"] for line in told if line["eventId"] == "status_complete")


def gather(url, sandbox, members):
    """Makes a group of patients, and gives its id."""
    member = [{"entity": {"reference": f"Patient/{patient}"}} for patient in members]
    group = {"resourceType": "Group", "type": "person", "actual": True, "member": member}
    return call(url, sandbox.token, "POST", f"/s/{sandbox.id}/fhir/Group", group)["id"]


def fetch(sandbox, folder, *choices):
    """Runs the program as its users do, with the token in a file of its own."""
    with TemporaryDirectory() as private:
        token = Path(private, "token")
        token.write_text(sandbox.token, encoding="utf-8")
        program = Path(sys.executable).with_name("smart-fetch")
        words = [program, "bulk", "--fhir-url", sandbox.base, "--bearer-token", token, "--no-compression", *choices, folder]
        done = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS_MAX, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr and "WARNING" not in done.stderr, done.stderr


def brought(folder, kind):
    """The ids of a type in the files of an export."""
    files = Path(folder).glob(f"{kind}.*.ndjson")
    return sorted(json.loads(line)["id"] for file in files for line in lines_of(file))


def lines_of(file):
    """The lines of a file."""
    return file.read_text(encoding="utf-8").splitlines()


def same(kind, brought_ids, found_ids):
    """The export has each thing that the search has, once, and no other."""
    assert brought_ids == found_ids, f"{kind}: {len(brought_ids)} brought, {len(found_ids)} found"


PROOFS = {
    "types of the hospital": of_the_hospital,
    "a group": of_a_group,
    "a filter": by_a_filter,
    "a change": of_a_change,
}
