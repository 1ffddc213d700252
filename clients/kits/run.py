"""Test kits against our hospital and servers by others: python run.py --program FILE --url URL --token TOKEN --mllp PORT --dicom PORT"""

import argparse
import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import advise
import requests
from cds import Service, serving
from peers import healthchain, helios, receiver

sys.path.insert(0, str(Path(__file__).parent.parent / "python"))
from proofs import Proofs  # noqa: E402 - beside the other clients


def main():
    """Runs every proof; the exit code says whether all held."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--program", required=True)
    words.add_argument("--url", required=True)
    words.add_argument("--token", required=True)
    words.add_argument("--mllp", required=True)
    words.add_argument("--dicom", required=True)
    given = words.parse_args()
    proofs = Proofs()
    for name, work in PROOFS.items():
        proofs.prove(name, partial(work, given))
    for name, work in advise.PROOFS.items():
        proofs.prove(name, partial(work, given))
    if shutil.which("hfs"):
        proofs.prove("the kit for US Core tells what Helios lacks", partial(against_helios, given))
    else:
        print("skipped: Helios: hfs is not installed")
    if shutil.which("healthchain"):
        proofs.prove("the EHR calls a service by HealthChain, and the kit tells what it lacks", partial(by_healthchain, given))
    else:
        print("skipped: HealthChain: its command is not installed")
    return 0 if proofs.sum_up() else 1


def hospital_us_core(given):
    """A fresh hospital with the sample record passes, twice at a time."""
    base = sandbox(given)
    load_sample(given, base, {"Authorization": f"Bearer {given.token}"})
    words = ["--preset", "sample", "--url", base, "--input", f"token={given.token}"]
    with ThreadPoolExecutor() as both:
        one, two = both.map(lambda _: kit(given, "us-core", *words), range(2))
    expect(one, 0, {"fail": [], "skip": [], "error": []})
    assert verdicts(one[1]) == verdicts(two[1]), "two runs differ"


def hospital_hl7(given):
    """So does its receiver of HL7 v2."""
    facility = sandbox(given).split("/")[-2]
    words = ["--url", f"127.0.0.1:{given.mllp}", "--input", f"facility={facility}"]
    expect(kit(given, "hl7v2-receiver", *words), 0, {"fail": [], "skip": [], "error": []})


def hospital_bulk(given):
    """So does its Bulk Data, the export of a group of a few patients."""
    base = sandbox(given)
    headers = {"Authorization": f"Bearer {given.token}", "Content-Type": "application/fhir+json"}
    load_sample(given, base, headers)
    found = requests.get(f"{base}/Patient?_count=4", headers=headers, timeout=60).json()
    members = [f"Patient/{entry['resource']['id']}" for entry in found["entry"]] + ["Patient/kit-patient"]
    group = {"resourceType": "Group", "id": "kit", "type": "person", "actual": True}
    group["member"] = [{"entity": {"reference": member}} for member in members]
    requests.put(f"{base}/Group/kit", json=group, headers=headers, timeout=60).raise_for_status()
    words = ["--url", base, "--input", f"token={given.token}", "--input", "level=kit"]
    expect(kit(given, "bulk-data", *words), 0, {"fail": [], "skip": [], "error": []})


def hospital_dicom(given):
    """So does its archive, once an examination is ordered."""
    base = sandbox(given)
    facility = base.split("/")[-2]
    headers = {"Authorization": f"Bearer {given.token}"}
    patient = requests.get(f"{base}/Patient?_count=1", headers=headers, timeout=60).json()["entry"][0]["resource"]["id"]

    def command(name, fields):
        answer = requests.post(f"{given.url}/s/{facility}/commands/{name}", json=fields, headers=headers, timeout=60)
        answer.raise_for_status()
        return answer.json()

    made = command("draft_order", {"patient": patient, "orderable": "img-chest-ct"})["resources"][0]
    command("sign_orders", {"patient": patient, "orders": [f"{made['type']}/{made['id']}"]})
    words = ["--url", f"127.0.0.1:{given.dicom}", "--input", f"called=PACS_{facility.upper()}"]
    expect(kit(given, "dicom-archive", *words), 0, {"fail": [], "skip": [], "error": []})


def hospital_cds(given):
    """So do its services of decision support."""
    base = sandbox(given).removesuffix("/fhir")
    words = ["--url", base, "--input", f"token={given.token}"]
    expect(kit(given, "cds-hooks-service", *words), 0, {"fail": [], "skip": [], "error": []})


def service_by_hand(given):
    """And so does a service in plain Python."""
    with serving(Service) as (url, _):
        expect(kit(given, "cds-hooks-service", "--url", url), 0, {"fail": [], "skip": [], "error": []})


def receiver_by_others(given):
    """PyPI's `hl7` acknowledges whatever it can decode, and knows no enhanced mode; the kit says so and nothing else."""
    with receiver() as address:
        report = kit(given, "hl7v2-receiver", "--url", address)
    lacking = ["modes/receipt", "modes/both", "modes/none", "notation/utf-8", "notation/latin-1", "content/no-identifier"]
    lacking += ["content/no-pid", "content/unknown-type", "content/unknown-version"]
    expect(report, 1, {"fail": [f"hl7v2-receiver/{name}" for name in lacking], "skip": ["hl7v2-receiver/content/err"]})


def by_healthchain(given):
    """Its card stands in a chart. The kit finds that it names no card, and answers calls for another hook or of no moment."""
    hospital = advise.Hospital(given)
    with healthchain() as url:
        hospital.post("cds-client", {"url": url}, 201)
        told = hospital.post("cds-hooks/patient-view", {"patient": hospital.patient})["services"][0]
        assert told["cards"][0]["card"]["summary"] == f"The chart of {hospital.patient} is open", told
        report = kit(given, "cds-hooks-service", "--url", url)
    lacking = ["calls/uuid", "bad/hook", "bad/instance"]
    skipped = ["feedback/taken", "feedback/bad"]
    named = lambda names: [f"cds-hooks-service/{name}" for name in names]
    expect(report, 1, {"fail": named(lacking), "skip": named(skipped), "error": []})


def against_helios(given):
    """It claims no profile, and without its file of search parameters finds by the patient alone; all else is well."""
    with helios() as url:
        load_sample(given, url, {})
        code, report = kit(given, "us-core", "--preset", "sample", "--url", url)
    assert code in (0, 1), f"it was judged, with {code}"
    of = {name: outcome for name, outcome in verdicts(report).items() if outcome != "omit"}
    assert of["us-core/us-core-patient/read"] == "pass", of
    failed = {name for name, outcome in of.items() if outcome == "fail"}
    assert all("/search-" in name for name in failed - {"us-core/server/claims"}), failed


PROOFS = {
    "the hospital passes the kit for US Core": hospital_us_core,
    "the hospital passes the kit for HL7 v2": hospital_hl7,
    "the hospital passes the kit for Bulk Data": hospital_bulk,
    "the hospital passes the kit for DICOM": hospital_dicom,
    "the hospital passes the kit for CDS Hooks": hospital_cds,
    "a service in plain Python passes the kit for CDS Hooks": service_by_hand,
    "the kit for HL7 v2 tells what PyPI's hl7 lacks": receiver_by_others,
}


def sandbox(given):
    """The FHIR base of a fresh hospital."""
    headers = {"Authorization": f"Bearer {given.token}"}
    answer = requests.post(f"{given.url}/api/sandboxes", json={}, headers=headers, timeout=60)
    answer.raise_for_status()
    return answer.json()["fhir"]


def load_sample(given, base, headers):
    """Fills a server with what the kit looks for."""
    sample = subprocess.run([given.program, "testkit", "sample", "us-core"], check=True, capture_output=True).stdout
    headers = {"Content-Type": "application/fhir+json", **headers}
    requests.post(f"{base}/", data=sample, headers=headers, timeout=60).raise_for_status()


def kit(given, name, *words):
    """Runs a kit; its exit code, and its report."""
    called = subprocess.run([given.program, "testkit", "run", name, "--json", "--patience", "3", *words], capture_output=True, text=True)
    return called.returncode, json.loads(called.stdout)


def verdicts(report):
    """The outcome of every test, by its id."""
    found = {}

    def look(node):
        if node["is_group"]:
            for child in node["children"]:
                look(child)
        else:
            found[node["id"]] = node["outcome"]

    for group in report["run"]["groups"]:
        look(group)
    return found


def expect(called, code, wanted):
    """Holds a report to an exit code, and to exactly these tests of some outcomes."""
    returned, report = called
    of = verdicts(report)
    for outcome, names in wanted.items():
        found = [name for name, other in of.items() if other == outcome]
        assert found == names, f"{outcome}: {found}, not {names}"
    assert returned == code, f"it ended with {returned}, not {code}"


if __name__ == "__main__":
    sys.exit(main())
