"""pynetdicom: echo, store, find, move and worklist in one association each."""

from archive import free_port, study
from pydicom import dcmread
from pydicom.dataset import Dataset
from pynetdicom import AE, evt
from pynetdicom.sop_class import (
    CTImageStorage,
    ModalityWorklistInformationFind,
    StudyRootQueryRetrieveInformationModelFind,
    StudyRootQueryRetrieveInformationModelMove,
    Verification,
)

NAME = "pynetdicom"


def missing():
    """It is among the requirements."""
    return None


class Association:
    """An association for the length of a `with`."""

    def __init__(self, archive, *classes, calling="CT01"):
        entity = AE(ae_title=calling)
        for one in classes:
            entity.add_requested_context(one)
        self.made = entity.associate("127.0.0.1", archive.port, ae_title=archive.title)

    def __enter__(self):
        assert self.made.is_established, "no association"
        return self.made

    def __exit__(self, *_):
        self.made.release()


def echoes_and_stores(archive, folder):
    """Every object is answered with success, and one that was changed under its UID is not kept."""
    with Association(archive, Verification, CTImageStorage) as association:
        assert association.send_c_echo().Status == 0
        for path in study(folder, 10):
            assert association.send_c_store(dcmread(path)).Status == 0
        changed = dcmread(path)
        changed.PatientID = "X2"
        assert association.send_c_store(changed).Status == 0xC001
    assert archive.journal("dicom.store")[-1]["outcome"] == "conflict"


def finds_every_level(archive, folder):
    """The counts of a study are those of what was sent, and each level lists its own."""
    first = dcmread(study(folder, 4)[0])
    with Association(archive, CTImageStorage) as association:
        for path in folder.glob("*.dcm"):
            association.send_c_store(dcmread(path))
    with Association(archive, StudyRootQueryRetrieveInformationModelFind) as association:
        for level, expected in (("STUDY", 1), ("SERIES", 1), ("IMAGE", 4)):
            keys = Dataset()
            keys.QueryRetrieveLevel = level
            keys.StudyInstanceUID = first.StudyInstanceUID
            keys.SeriesInstanceUID = first.SeriesInstanceUID if level == "IMAGE" else ""
            keys.SOPInstanceUID = ""
            keys.PatientName = "elsewhere*"
            keys.NumberOfStudyRelatedInstances = ""
            answers = list(association.send_c_find(keys, StudyRootQueryRetrieveInformationModelFind))
            assert [status.Status for status, _ in answers] == [0xFF00] * expected + [0], (level, answers)
            if level == "STUDY":
                assert answers[0][1].NumberOfStudyRelatedInstances == 4, answers[0][1]


def is_delivered_to(archive, _):
    """A film of the hospital's past is drawn and delivered, with a pixel for each place."""
    film = archive.films()[0]
    taken = []
    receiver = AE(ae_title="ME")
    receiver.add_supported_context("1.2.840.10008.5.1.4.1.1.1")
    port = free_port()
    keep = [(evt.EVT_C_STORE, lambda event: taken.append((event.dataset, event.request.MoveOriginatorApplicationEntityTitle)) or 0)]
    server = receiver.start_server(("127.0.0.1", port), block=False, evt_handlers=keep)
    archive.register("ME", port)
    try:
        keys = Dataset()
        keys.QueryRetrieveLevel = "STUDY"
        keys.StudyInstanceUID = film["0020000D"]["Value"][0]
        with Association(archive, StudyRootQueryRetrieveInformationModelMove, calling="ME") as association:
            answers = list(association.send_c_move(keys, "ME", StudyRootQueryRetrieveInformationModelMove))
        assert answers[-1][0].Status == 0 and answers[-1][0].NumberOfCompletedSuboperations == 1, answers
    finally:
        server.shutdown()
    dataset, originator = taken[0]
    assert originator == "ME", originator
    assert dataset.PatientComments.startswith("SYNTHETIC"), dataset.PatientComments
    assert len(dataset.PixelData) == dataset.Rows * dataset.Columns * 2


def reads_the_worklist(archive, _):
    """An order is on the list with its patient and a study to make."""
    number = archive.order("img-chest-ct")
    keys = Dataset()
    keys.PatientID = number
    keys.PatientName = keys.StudyInstanceUID = keys.AccessionNumber = ""
    step = Dataset()
    step.Modality = "CT"
    step.ScheduledProcedureStepStartDate = ""
    keys.ScheduledProcedureStepSequence = [step]
    with Association(archive, ModalityWorklistInformationFind) as association:
        answers = list(association.send_c_find(keys, ModalityWorklistInformationFind))
    assert [status.Status for status, _ in answers] == [0xFF00, 0], answers
    item = answers[0][1]
    assert item.StudyInstanceUID and item.AccessionNumber and item.PatientName, item
    assert item.ScheduledProcedureStepSequence[0].ScheduledProcedureStepStartDate, item


PROOFS = {
    "echoes and stores": echoes_and_stores,
    "finds every level": finds_every_level,
    "is delivered to": is_delivered_to,
    "reads the worklist": reads_the_worklist,
}
