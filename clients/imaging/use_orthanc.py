"""Orthanc, a whole archive of its own: it sends to ours, asks it, and is sent to by it."""

import json
import shutil
import subprocess
from contextlib import contextmanager

import requests
from archive import free_port, study, wait_for_port
from pydicom import dcmread

NAME = "Orthanc"


def program():
    """Where Debian puts it."""
    return shutil.which("Orthanc") or shutil.which("Orthanc", path="/usr/sbin:/usr/local/sbin")


def missing():
    """Why it cannot run here; nothing if it can."""
    return None if program() else "Orthanc is not installed; on Debian install orthanc"


@contextmanager
def running(archive, folder):
    """An Orthanc that knows the archive as `practicum` and is known to it as ORTHANC; gives the address of its API."""
    http, dicom = free_port(), free_port()
    settings = {
        "Name": "peer",
        "StorageDirectory": str(folder / "orthanc"),
        "IndexDirectory": str(folder / "orthanc"),
        "HttpPort": http,
        "DicomPort": dicom,
        "DicomAet": "ORTHANC",
        "RemoteAccessAllowed": False,
        "AuthenticationEnabled": False,
        "DicomModalities": {"practicum": [archive.title, "127.0.0.1", archive.port]},
        "Plugins": [],
    }
    file = folder / "orthanc.json"
    file.write_text(json.dumps(settings))
    archive.register("ORTHANC", dicom)
    with open(folder / "orthanc.log", "w", encoding="utf-8") as log:
        peer = subprocess.Popen([program(), str(file)], stdout=log, stderr=log)
        try:
            wait_for_port(http)
            wait_for_port(dicom)
            yield f"http://127.0.0.1:{http}"
        finally:
            peer.terminate()
            peer.wait()


def post(url, body, **more):
    """One request to Orthanc; a refusal is an error."""
    answer = requests.post(url, timeout=60, **({"data": body} if isinstance(body, bytes) else {"json": body}), **more)
    assert answer.status_code == 200, f"{url}: {answer.status_code} {answer.text}"
    return answer.json() if answer.text else None


def sends_to_us(archive, folder):
    """What it holds arrives here, after an echo."""
    sent = study(folder)
    with running(archive, folder) as orthanc:
        post(f"{orthanc}/modalities/practicum/echo", {})
        ids = [post(f"{orthanc}/instances", path.read_bytes())["ID"] for path in sent]
        done = post(f"{orthanc}/modalities/practicum/store", ids)
        assert done["FailedInstancesCount"] == 0 and done["InstancesCount"] == 3, done
    uids = {dcmread(path).SOPInstanceUID for path in sent}
    entries = [entry for entry in archive.journal("dicom.store") if entry["outcome"] == "ok"]
    assert {entry["detail"]["sop_instance"] for entry in entries} == uids, entries


def is_sent_to_by_us(archive, folder):
    """It asks for a film, has it moved to itself, and can read it."""
    person = archive.films()[0]["00100020"]["Value"][0]
    with running(archive, folder) as orthanc:
        query = post(f"{orthanc}/modalities/practicum/query", {"Level": "Study", "Query": {"PatientID": person, "ModalitiesInStudy": "CR"}})
        answers = requests.get(f"{orthanc}{query['Path']}/answers", timeout=60).json()
        assert answers, "nothing found"
        post(f"{orthanc}{query['Path']}/retrieve", {"TargetAet": "ORTHANC", "Synchronous": True})
        instances = requests.get(f"{orthanc}/instances", timeout=60).json()
        assert len(instances) >= 1, instances
        tags = requests.get(f"{orthanc}/instances/{instances[0]}/simplified-tags", timeout=60).json()
        assert tags["PatientID"] == person and tags["Modality"] == "CR", tags
        preview = requests.get(f"{orthanc}/instances/{instances[0]}/preview", timeout=60)
        assert preview.status_code == 200 and preview.content[1:4] == b"PNG"


PROOFS = {"sends to us": sends_to_us, "is sent to by us": is_sent_to_by_us}
