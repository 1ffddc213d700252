"""A hospital of one's own with its archive, and a study to send to it."""

import socket
import time

import numpy as np
import requests
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid


class Archive:
    """A hospital for the length of a `with`."""

    def __init__(self, url, token, port):
        self.url, self.token, self.port = url, token, port

    def __enter__(self):
        self.id = self.call("POST", "/api/sandboxes", {})["id"]
        self.title = self.call("GET", f"/s/{self.id}/application-entities")["called"]
        self.web = f"{self.url}/s/{self.id}/dicomweb"
        return self

    def __exit__(self, *_):
        self.call("DELETE", f"/api/sandboxes/{self.id}")

    def register(self, title, port=None):
        """Lets a node call, and objects be delivered to its port."""
        body = {"title": title} if port is None else {"title": title, "port": port}
        self.call("POST", f"/s/{self.id}/application-entities", body)

    def journal(self, kind):
        """The entries of a kind, oldest first."""
        return self.call("GET", f"/s/{self.id}/journal?kind={kind}")["entries"]

    def films(self):
        """The chest films that the hospital has of its past, by DICOMweb."""
        found = requests.get(f"{self.web}/studies", params={"ModalitiesInStudy": "CR", "limit": 5}, headers=self.headers, timeout=60)
        found.raise_for_status()
        return found.json()

    def order(self, orderable):
        """Orders an examination for somebody and signs it; returns the patient's number."""
        patient = self.call("GET", f"/s/{self.id}/fhir/Patient?_count=1")["entry"][0]["resource"]
        drafted = self.call("POST", f"/s/{self.id}/commands/draft_order", {"patient": patient["id"], "orderable": orderable})
        made = drafted["resources"][0]
        self.call("POST", f"/s/{self.id}/commands/sign_orders", {"patient": patient["id"], "orders": [f"{made['type']}/{made['id']}"]})
        return next(one["value"] for one in patient["identifier"] if one["type"]["coding"][0]["code"] == "MR")

    @property
    def headers(self):
        """What every request bears."""
        return {"Authorization": f"Bearer {self.token}"}

    def call(self, method, path, body=None):
        """One request; a refusal is an error."""
        answer = requests.request(method, self.url + path, json=body, headers=self.headers, timeout=60)
        if answer.status_code >= 400:
            raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer.json() if answer.content else None


def study(folder, slices=3, patient_id="X1"):
    """Writes a small CT study as files, with a private element that nobody here knows; returns their paths."""
    uid, series = generate_uid(), generate_uid()
    paths = []
    for number in range(1, slices + 1):
        meta = FileMetaDataset()
        meta.MediaStorageSOPClassUID = CTImageStorage
        meta.MediaStorageSOPInstanceUID = generate_uid()
        meta.TransferSyntaxUID = ExplicitVRLittleEndian
        made = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
        made.SOPClassUID, made.SOPInstanceUID = CTImageStorage, meta.MediaStorageSOPInstanceUID
        made.StudyInstanceUID, made.SeriesInstanceUID = uid, series
        made.PatientID, made.PatientName, made.Modality = patient_id, "Elsewhere^Pat", "CT"
        made.StudyDate, made.StudyTime, made.AccessionNumber = "20310301", "101500", "E1"
        made.InstanceNumber = number
        made.SamplesPerPixel, made.PhotometricInterpretation = 1, "MONOCHROME2"
        made.Rows = made.Columns = 16
        made.BitsAllocated, made.BitsStored, made.HighBit, made.PixelRepresentation = 16, 12, 11, 0
        made.add_new(0x00090010, "LO", "SOMEONE ELSE")
        made.add_new(0x00091001, "UN", bytes(range(16)))
        made.PixelData = np.full((16, 16), number * 100, dtype=np.uint16).tobytes()
        path = folder / f"slice-{number}.dcm"
        made.save_as(path, enforce_file_format=True)
        paths.append(path)
    return paths


def free_port():
    """A port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, seconds=30):
    """Waits until somebody listens."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nobody listens on {port} after {seconds} s")
