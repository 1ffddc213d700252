"""`fhirclient` reads, searches, creates, updates and deletes in a hospital of its own."""

from datetime import UTC, datetime

from fhirclient.client import FHIRClient
from fhirclient.models.bundle import Bundle
from fhirclient.models.capabilitystatement import CapabilityStatement
from fhirclient.models.encounter import Encounter
from fhirclient.models.fhirdate import FHIRDate
from fhirclient.models.humanname import HumanName
from fhirclient.models.observation import Observation
from fhirclient.models.patient import Patient
from fhirclient.server import FHIRNotFoundException
from practicum import Sandbox
from requests import HTTPError


def connect(sandbox):
    """A server as fhirclient sees it, with the learner's token on every request."""
    server = FHIRClient(settings={"app_id": "practicum", "api_base": sandbox.base}).server
    server.session.headers["Authorization"] = f"Bearer {sandbox.token}"
    return server


def in_sandbox(work, url, token):
    """Runs one of the proofs below in a fresh hospital."""
    with Sandbox(url, token) as sandbox:
        work(connect(sandbox))


def reads_what_the_server_can_do(server):
    """The CapabilityStatement fits the client's model, and says where the client may ask for authorisation."""
    statement = CapabilityStatement.read_from("metadata", server)
    assert statement.fhirVersion == "4.0.1", statement.fhirVersion
    kinds = {resource.type for resource in statement.rest[0].resource}
    assert {"Patient", "Observation", "Encounter"} <= kinds, kinds
    assert not server.prepare(), "the client has not asked for a token yet"
    assert server.auth.auth_type == "oauth2", server.auth.auth_type
    assert server.auth._authorize_uri.endswith("/auth/authorize"), server.auth._authorize_uri


def searches_with_includes(server):
    """A search brings the patients of its encounters, and a patient brings the encounters that name it."""
    search = Encounter.where({"status": "in-progress", "_count": "20"}).include("subject")
    stays, people = divided(next(search.perform_iter(server)))
    assert stays and people, (stays, people)
    assert {stay.subject.reference for stay in stays} == {f"Patient/{person.id}" for person in people}

    back = Patient.where({"_id": people[0].id}).include("subject", Encounter, reverse=True)
    _, again = divided(next(back.perform_iter(server)), Patient)
    assert stays_of(people[0], stays) <= {stay.id for stay in again}


def divided(bundle, wanted=Encounter):
    """Matches and included resources of a page, by the mode that the server gives them."""
    entries = bundle.entry or []
    matches = [entry.resource for entry in entries if entry.search.mode == "match"]
    included = [entry.resource for entry in entries if entry.search.mode == "include"]
    assert all(isinstance(match, wanted) for match in matches), bundle.as_json()
    return matches, included


def stays_of(person, stays):
    """The ids of those stays that are a person's."""
    return {stay.id for stay in stays if stay.subject.reference == f"Patient/{person.id}"}


def follows_pages(server):
    """The client's own iterator finds as many as the server counts, and each once."""
    criteria = {"gender": "female", "birthdate": "ge1990"}
    total = Bundle.read_from("Patient?gender=female&birthdate=ge1990&_summary=count", server).total
    found = [person.id for person in Patient.where({**criteria, "_count": "25"}).perform_resources_iter(server)]
    assert total > 25 and len(found) == len(set(found)) == total, (len(found), total)


def creates_updates_and_deletes(server):
    """A person from registration to removal, as objects of the client."""
    person = Patient({"name": [{"family": "Tamm", "given": ["Õie"]}], "gender": "female", "birthDate": "1987-02-03"})
    kept = Patient(person.create(server))
    kept.origin_server = server
    assert kept.meta.versionId == "1" and kept.name[0].given == ["Õie"], kept.as_json()

    kept.name.append(HumanName({"use": "nickname", "text": "Õ"}))
    kept.birthDate = FHIRDate("1987-02-04")
    kept.update()
    again = Patient.read(kept.id, server)
    assert again.meta.versionId == "2" and again.birthDate.isostring == "1987-02-04", again.as_json()
    assert [person.id for person in Patient.where({"family": "Tamm"}).perform_resources_iter(server)] == [kept.id]

    again.delete()
    try:
        Patient.read(kept.id, server)
    except HTTPError as error:
        assert error.response.status_code == 410, error
    else:
        raise AssertionError("a deleted person is read")


def measures(server):
    """An observation with a decimal that keeps its digits, and a date that keeps its moment."""
    person = next(Patient.where({"_count": "1"}).perform_resources_iter(server))
    now = datetime.now(UTC).replace(microsecond=0).isoformat()
    weight = Observation(
        {
            "status": "final",
            "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]},
            "subject": {"reference": f"Patient/{person.id}"},
            "effectiveDateTime": now,
            "valueQuantity": {"value": 70.25, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"},
        }
    )
    kept = Observation.read(weight.create(server)["id"], server)
    assert kept.valueQuantity.value == 70.25 and kept.effectiveDateTime.isostring == now, kept.as_json()


def is_told_what_is_missing(server):
    """An address with nothing behind it is the client's own kind of error."""
    try:
        Patient.read("nobody", server)
    except FHIRNotFoundException:
        return
    raise AssertionError("nobody was found")


PROOFS = {
    "reads what the server can do": reads_what_the_server_can_do,
    "searches with includes": searches_with_includes,
    "follows pages": follows_pages,
    "creates, updates and deletes": creates_updates_and_deletes,
    "measures": measures,
    "is told what is missing": is_told_what_is_missing,
}
