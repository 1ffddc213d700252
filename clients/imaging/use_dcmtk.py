"""dcmtk: echoscu, storescu, findscu, movescu, findscu -W."""

import re
import shutil
import subprocess

from archive import free_port, study, wait_for_port
from pydicom import dcmread

NAME = "dcmtk"
TOOLS = ["echoscu", "storescu", "findscu", "movescu", "storescp"]


def missing():
    """Why it cannot run here; nothing if it can."""
    absent = [tool for tool in TOOLS if not shutil.which(tool)]
    return f"{', '.join(absent)} not installed; on Debian install dcmtk" if absent else None


def run(tool, archive, *words, calling="CT01", called=None, fails=False):
    """Runs a tool against the archive; returns what it printed."""
    address = ["127.0.0.1", str(archive.port)]
    names = ["-aet", calling, "-aec", called or archive.title]
    done = subprocess.run([tool, "-v", *names, *address, *map(str, words)], capture_output=True, text=True, timeout=120, check=False)
    said = done.stdout + done.stderr
    assert (done.returncode != 0) == fails, f"{tool}: {done.returncode}\n{said}"
    return said


def echoes(archive, _):
    """A known device is answered."""
    assert "Success" in run("echoscu", archive)
    assert [entry["outcome"] for entry in archive.journal("dicom.echo")] == ["ok"]


def is_kept_out_with_a_reason(archive, _):
    """A stranger, and a title that names no hospital, are rejected for different reasons; the first is journalled."""
    assert "Calling AE Title Not Recognized" in run("echoscu", archive, calling="STRANGER", fails=True)
    assert "Called AE Title Not Recognized" in run("echoscu", archive, called="PACS_AAAAAAAA", fails=True)
    refused = archive.journal("dicom.refused")
    assert [entry["outcome"] for entry in refused] == ["calling-ae-title"], refused
    archive.register("STRANGER")
    run("echoscu", archive, calling="STRANGER")


def stores_and_moves_back_byte_for_byte(archive, folder):
    """What was sent comes back over a retrieval with every element as it was, those that nobody knows too."""
    sent = study(folder)
    run("storescu", archive, *sent)
    run("storescu", archive, *sent)
    outcomes = [entry["outcome"] for entry in archive.journal("dicom.store")]
    assert outcomes == ["ok"] * 3 + ["duplicate"] * 3, outcomes
    back = folder / "back"
    back.mkdir()
    port = free_port()
    archive.register("ME", port)
    receiver = subprocess.Popen(["storescp", "-aet", "ME", "-od", back, str(port)])
    try:
        wait_for_port(port)
        uid = dcmread(sent[0]).StudyInstanceUID
        said = run("movescu", archive, "-S", "-k", "QueryRetrieveLevel=STUDY", "-k", f"StudyInstanceUID={uid}", "-aem", "ME")
        assert "Success" in said, said
    finally:
        receiver.terminate()
        receiver.wait()
    returned = {dcmread(path).SOPInstanceUID: dcmread(path) for path in back.iterdir()}
    assert len(returned) == 3, returned.keys()
    for path in sent:
        one = dcmread(path)
        assert returned[one.SOPInstanceUID] == one
    assert [entry["outcome"] for entry in archive.journal("dicom.move")] == ["ok"]


def is_refused_a_move_to_nobody(archive, _):
    """A destination without an address is named in the answer."""
    said = run("movescu", archive, "-S", "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID=1.2.3", "-aem", "NOBODY", fails=True)
    assert re.search(r"a801|MoveDestinationUnknown", said, re.I), said


def finds(archive, _):
    """The hospital's own films are found by level; a query without its level is told so."""
    films = archive.films()
    assert films, "the hospital has no chest films"
    uid, person = films[0]["0020000D"]["Value"][0], films[0]["00100020"]["Value"][0]
    said = run("findscu", archive, "-S", "-k", "QueryRetrieveLevel=STUDY", "-k", f"PatientID={person}", "-k", "StudyInstanceUID", "-k", "ModalitiesInStudy")
    assert uid in said and "CR" in said, said
    said = run("findscu", archive, "-S", "-k", "QueryRetrieveLevel=SERIES", "-k", f"StudyInstanceUID={uid}", "-k", "SeriesInstanceUID", "-k", "Modality=CT")
    assert "SeriesDescription" not in said and "Pending" not in said, said
    said = run("findscu", archive, "-P", "-k", "QueryRetrieveLevel=PATIENT", "-k", "PatientName=*", "-k", f"PatientID={person}")
    assert said.count("(Pending)") >= 1, said
    said = run("findscu", archive, "-d", "-S", "-k", f"PatientID={person}")
    assert "QueryRetrieveLevel" in said and re.search(r"a900", said, re.I), said


def asks_for_the_worklist(archive, _):
    """An order that was signed is on the list of its device, and on no other."""
    number = archive.order("img-head-ct")
    words = ["-W", "-k", "PatientID", "-k", "PatientName", "-k", "AccessionNumber", "-k", "StudyInstanceUID"]
    step = "ScheduledProcedureStepSequence[0]"
    said = run("findscu", archive, *words, "-k", f"{step}.Modality=CT", "-k", f"{step}.ScheduledStationAETitle")
    assert number in said and "CT01" in said, said
    said = run("findscu", archive, *words, "-k", f"{step}.Modality=MR", calling="MR01")
    assert number not in said, said


PROOFS = {
    "echoes": echoes,
    "is kept out with a reason": is_kept_out_with_a_reason,
    "stores, and moves back byte for byte": stores_and_moves_back_byte_for_byte,
    "is refused a move to nobody": is_refused_a_move_to_nobody,
    "finds": finds,
    "asks for the worklist": asks_for_the_worklist,
}
