"""dicomweb-client: searches, retrieves, stores."""

from archive import study
from dicomweb_client.api import DICOMwebClient
from pydicom import dcmread

NAME = "dicomweb-client"


def missing():
    """It is among the requirements."""
    return None


def connect(archive):
    """The client with the learner's token on every request."""
    return DICOMwebClient(url=archive.web, headers=archive.headers)


def searches(archive, folder):
    """By attribute, wildcard and range; limited, and with the fields it asks for."""
    client = connect(archive)
    sent = dcmread(study(folder)[0])
    client.store_instances([dcmread(path) for path in folder.glob("*.dcm")])
    uid = sent.StudyInstanceUID
    found = client.search_for_studies(search_filters={"PatientName": "ELSEWHERE*", "StudyDate": "20310201-20310401"})
    assert [one["0020000D"]["Value"] for one in found] == [[uid]], found
    assert found[0]["00201208"]["Value"] == [3], found
    assert len(client.search_for_studies(limit=1)) == 1
    assert len(client.search_for_series(uid)) == 1
    assert len(client.search_for_instances(uid)) == 3
    assert len(client.search_for_instances(search_filters={"00080060": "CT", "PatientID": "X1"})) == 3
    assert client.search_for_studies(search_filters={"PatientID": "nobody"}) == []


def retrieves_what_it_stored(archive, folder):
    """Files come back element for element, attributes as JSON, frames as bytes and as pictures."""
    client = connect(archive)
    sent = {one.SOPInstanceUID: one for one in map(dcmread, study(folder))}
    client.store_instances(list(sent.values()))
    first = next(iter(sent.values()))
    uid, series = first.StudyInstanceUID, first.SeriesInstanceUID
    returned = {one.SOPInstanceUID: one for one in client.retrieve_study(uid)}
    assert returned == sent
    assert len(client.retrieve_series(uid, series)) == 3
    assert client.retrieve_instance(uid, series, first.SOPInstanceUID) == first
    metadata = client.retrieve_study_metadata(uid)
    assert {one["00080018"]["Value"][0] for one in metadata} == set(sent)
    frames = client.retrieve_instance_frames(uid, series, first.SOPInstanceUID, [1])
    assert frames == [first.PixelData], [len(frame) for frame in frames]
    picture = client.retrieve_instance_rendered(uid, series, first.SOPInstanceUID, media_types=("image/png",))
    assert picture[1:4] == b"PNG", picture[:8]


def retrieves_a_film_of_the_past(archive, _):
    """A study that nobody sent is drawn, twice the same."""
    client = connect(archive)
    uid = archive.films()[0]["0020000D"]["Value"][0]
    once, again = client.retrieve_study(uid), client.retrieve_study(uid)
    assert once == again and len(once) == 1, once
    assert once[0].Modality == "CR" and once[0].PatientComments.startswith("SYNTHETIC")
    assert archive.journal("dicom.read"), "a retrieval leaves a trace"


PROOFS = {
    "searches": searches,
    "retrieves what it stored": retrieves_what_it_stored,
    "retrieves a film of the past": retrieves_a_film_of_the_past,
}
